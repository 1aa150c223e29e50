package aiguillage.hub;

import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.store.RocksStore;
import aiguillage.pki.DurableFile;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.Checkpoint;
import aiguillage.protocol.proof.Hash;
import aiguillage.protocol.proof.LedgerKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes a data folder from a backup, and proves that its ledger is the one the world knows.
///
/// A backup is older than what the world knows when entries were made after it. Their receipts are out there, but
/// their documents are gone; the next entries would take their positions. So such a restore is refused unless the
/// loss is accepted, and then the ledger goes on under a new name and key: an old receipt and a new one never speak
/// of the same position of the same ledger.
public final class Restore {

    private final Path backup;
    private final DataFolder data;
    private final Path key;
    private final SecureRandom random = new SecureRandom();

    /// @param backup as written by a running hub
    /// @param to does not exist, or is empty
    /// @param key the hub's `ledger.key`, which no backup holds
    public Restore(Path backup, Path to, Path key) {
        this.backup = backup;
        this.data = new DataFolder(to);
        this.key = key;
    }

    /// What was restored.
    ///
    /// @param entries the backup's
    /// @param missing entries that the world knows and the backup does not
    /// @param ledger the name under which the ledger goes on
    public record Restored(long entries, long missing, String ledger) {}

    /// Restores; on any refusal the folder is left as it was.
    ///
    /// @param outside the newest checkpoint known elsewhere; null proves only that the backup is whole
    /// @param acceptLoss whether to go on although entries are missing
    /// @throws LossNotAccepted when the backup lacks entries which the world knows
    /// @throws IllegalArgumentException when the backup is not what its checkpoint, or the one outside, says
    public Restored restore(@Nullable String outside, boolean acceptLoss) throws IOException {
        refuseUnlessEmpty();
        LedgerKey old = LedgerKey.ofText(Files.readString(key));
        String name = old.verifier().name();
        PartyId hub = new PartyId(name.substring(0, name.indexOf('/')));
        Files.createDirectories(data.folder());
        try {
            copy(new DataFolder(backup).store(), data.store());
            copy(new DataFolder(backup).payloads(), data.payloads());
            long entries;
            long missing;
            try (RocksStore store = RocksStore.open(data.store())) {
                var ledger = new Ledger(store, old, hub);
                entries = ledger.size();
                String own = Files.readString(new DataFolder(backup).checkpoint());
                if (missing(ledger, Checkpoint.verified(own, old.verifier()), "in the backup") != 0) {
                    throw new IllegalArgumentException("the backup holds " + entries
                            + " entries, fewer than its checkpoint says: it is not whole");
                }
                missing =
                        outside == null ? 0 : missing(ledger, Checkpoint.verified(outside, old.verifier()), "outside");
            }
            if (missing > 0 && !acceptLoss) {
                throw new LossNotAccepted(entries, missing);
            }
            LedgerKey next = missing > 0 ? LedgerKey.generate(successor(name), random) : old;
            DurableFile.writeSecret(data.ledgerKey(), (next.secretText() + "\n").getBytes(StandardCharsets.US_ASCII));
            return new Restored(entries, missing, next.verifier().name());
        } catch (IOException | RuntimeException e) {
            remove(data.folder());
            throw e;
        }
    }

    /// `hub.example/ledger` → `hub.example/ledger-2` → `hub.example/ledger-3`.
    private static String successor(String name) {
        int dash = name.lastIndexOf('-');
        boolean counted = dash > name.indexOf('/') && name.substring(dash + 1).matches("[0-9]{1,6}");
        return counted ? name.substring(0, dash + 1) + (Integer.parseInt(name.substring(dash + 1)) + 1) : name + "-2";
    }

    /// How many entries a checkpoint has beyond the ledger; refuses when the two are not of one history.
    private static long missing(Ledger ledger, Checkpoint known, String where) {
        if (known.size() > ledger.size()) {
            return known.size() - ledger.size();
        }
        boolean same = MessageDigest.isEqual(ledger.root(known.size()), known.root())
                && Hash.consistent(
                        known.size(),
                        known.root(),
                        ledger.size(),
                        ledger.root(ledger.size()),
                        ledger.consistency(known.size(), ledger.size()));
        if (!same) {
            throw new IllegalArgumentException("the checkpoint " + where + " is of another history than the backup: the"
                    + " first " + known.size() + " entries differ");
        }
        return 0;
    }

    private void refuseUnlessEmpty() throws IOException {
        if (Files.exists(data.folder())) {
            try (Stream<Path> there = Files.list(data.folder())) {
                if (there.findAny().isPresent()) {
                    throw new FileAlreadyExistsException(
                            data.folder().toString(), null, "the folder is not empty, and nothing is overwritten");
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /// The backup lacks entries which the world knows.
    public static final class LossNotAccepted extends RuntimeException {

        private static final long serialVersionUID = 1;

        LossNotAccepted(long entries, long missing) {
            super("The backup ends at entry " + entries + ", but the checkpoint outside knows " + missing
                    + " more. Their documents are not in it. Look for a newer backup; to go on without them, use"
                    + " --accept-loss: the ledger then gets a new name and key.");
        }
    }
}
