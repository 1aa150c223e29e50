package aiguillage.hub;

import aiguillage.hub.check.Replay;
import aiguillage.hub.dataset.Folder;
import aiguillage.hub.dataset.Versions;
import aiguillage.hub.document.Documents;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.document.Viewer;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.flows.CurrentTable;
import aiguillage.hub.flows.Formats;
import aiguillage.hub.ledger.Audit;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.operators.Operators;
import aiguillage.hub.schema.KeptSchemas;
import aiguillage.hub.schema.SchemaRefused;
import aiguillage.hub.store.CorruptRecord;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.RocksStore;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.StoreFailed;
import aiguillage.hub.store.Table;
import aiguillage.hub.trust.Suspended;
import aiguillage.pki.DurableFile;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Checkpoint;
import aiguillage.protocol.proof.Hash;
import aiguillage.protocol.proof.LedgerKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes a data folder from a backup, and proves that it holds what the world has receipts for.
///
/// **What is proven:** every entry is hashed anew, and the ledger's leaves, nodes and head are made again from these
/// hashes; the head is the one the backup's checkpoint signs, and begins with the one known outside. Every payload,
/// beside its entry or in a file, and every layer of a dataset has the digest its entry names. All else in the store,
/// who may look after the hub too, is made again from the entries and compared ([Replay]).
///
/// **What a broken-off restore leaves:** everything is made in the folder `restoring` inside of the new data
/// folder, synced, and moved to its place when it is proven. While `restoring` exists no hub starts there
/// ([DataFolder]). On a refusal all of it is removed again; nothing that was there before is touched.
///
/// A backup is older than what the world knows when entries were made after it. Their receipts are out there, but
/// their documents are gone; the next entries would take their positions. So such a restore is refused unless the
/// loss is accepted, and then the ledger goes on under a new name and key: an old receipt and a new one never speak
/// of the same position of the same ledger. So it does when no checkpoint from outside is given.
public final class Restore {

    private final DataFolder backup;
    private final DataFolder data;
    private final Path key;
    private final InstantSource clock;
    private final Progress progress;
    private final SecureRandom random = new SecureRandom();

    /// @param backup as written by a running hub
    /// @param to does not exist, or is empty
    /// @param key the hub's `ledger.key`, which no backup holds
    public Restore(Path backup, Path to, Path key, InstantSource clock, Progress progress) {
        this.backup = new DataFolder(backup);
        this.data = new DataFolder(to);
        this.key = key;
        this.clock = clock;
        this.progress = progress;
    }

    /// What was restored.
    ///
    /// @param entries the backup's
    /// @param payloads how many were found right, of which `files` in files of their own
    /// @param gone payload files which the backup lacks because their keeping ended while it was written
    /// @param missing entries that the world knows and the backup does not
    /// @param ledger the name under which the ledger goes on
    /// @param operators who can sign in, or is invited to: as it was when the backup was written
    /// @param suspended who is suspended, as it was then
    public record Restored(
            long entries,
            long payloads,
            long files,
            long gone,
            long missing,
            String ledger,
            List<Operators.Known> operators,
            List<PartyId> suspended) {

        public Restored {
            operators = List.copyOf(operators);
            suspended = List.copyOf(suspended);
        }
    }

    /// The backup is not what was backed up, or not of the ledger it should be. The message names what is wrong.
    public static final class NotProven extends RuntimeException {

        @java.io.Serial
        private static final long serialVersionUID = 1;

        NotProven(String what, @Nullable Throwable cause) {
            super(what + ". Nothing was restored.", cause);
        }
    }

    /// The backup lacks entries which the world knows.
    public static final class LossNotAccepted extends RuntimeException {

        @java.io.Serial
        private static final long serialVersionUID = 1;

        LossNotAccepted(long entries, long missing) {
            super("The backup ends at entry " + entries + ", but the checkpoint outside knows " + missing
                    + " more. Their documents are not in it. Look for a newer backup; to go on without them, use"
                    + " --accept-loss: the ledger then gets a new name and key.");
        }
    }

    /// Restores; on any refusal the folder is left as it was.
    ///
    /// @param outside the newest checkpoint known elsewhere; null proves only that the backup is whole, and then
    ///     the ledger goes on under a new name: whether the world knows later entries, nobody can tell
    /// @param acceptLoss whether to go on although entries are missing
    /// @throws LossNotAccepted when the backup lacks entries which the world knows
    /// @throws NotProven when the backup is damaged, or not of the history the checkpoints say
    /// @throws FileAlreadyExistsException when the data folder is not empty
    public Restored restore(@Nullable String outside, boolean acceptLoss) throws IOException {
        requireEmpty();
        requireBackup();
        LedgerKey old = LedgerKey.ofText(Files.readString(key));
        Checkpoint own = signed(Files.readString(backup.checkpoint()), old, "the backup's own checkpoint");
        Checkpoint known = outside == null ? null : signed(outside, old, "the checkpoint from outside");
        long missing = known == null ? 0 : Math.max(0, known.size() - own.size());
        if (missing > 0 && !acceptLoss) {
            throw new LossNotAccepted(own.size(), missing);
        }
        boolean isNew = !Files.exists(data.folder());
        var moved = new ArrayList<Path>();
        try {
            Files.createDirectories(data.folder());
            Files.createDirectory(data.restoring());
            DurableCopy.sync(data.folder());
            var made = new DataFolder(data.restoring());
            Counted counted = prove(made, old, own, known);
            LedgerKey next = known == null || missing > 0
                    ? LedgerKey.generate(successor(old.verifier().name()), random)
                    : old;
            Path datasetsKey = key.resolveSibling(data.datasetsKey().getFileName());
            if (Files.exists(datasetsKey)) {
                DurableFile.writeSecret(
                        made.datasetsKey(), DurableFile.readSecret(datasetsKey).getBytes(StandardCharsets.US_ASCII));
            }
            DurableFile.writeSecret(made.ledgerKey(), (next.secretText() + "\n").getBytes(StandardCharsets.US_ASCII));
            String head = new Checkpoint(next.verifier().name(), own.size(), own.root()).signedBy(next);
            DurableFile.write(made.head(), head.getBytes(StandardCharsets.UTF_8));
            var parts = new ArrayList<>(List.of(made.payloads(), made.store(), made.head(), made.ledgerKey()));
            for (Path part : List.of(made.schemas(), made.datasets(), made.datasetsKey())) {
                if (Files.exists(part)) {
                    parts.add(part);
                }
            }
            for (Path part : parts) {
                Path place = data.folder().resolve(part.getFileName());
                Files.move(part, place);
                moved.add(place);
            }
            DurableCopy.sync(data.folder());
            Folder.remove(data.restoring());
            DurableCopy.sync(data.folder());
            syncAbove(data.folder());
            return new Restored(
                    own.size(),
                    counted.payloads,
                    counted.files,
                    counted.gone,
                    missing,
                    next.verifier().name(),
                    counted.operators,
                    counted.suspended);
        } catch (IOException | RuntimeException | Error e) {
            takeBack(moved, isNew, e);
            throw e;
        }
    }

    /// Copies the layers that versions name, and proves each.
    private void datasets(Versions versions, Folder made) throws IOException {
        if (versions.datasets().isEmpty()) {
            return;
        }
        var from = new Folder(backup.datasets());
        Files.createDirectories(made.layers());
        for (Map.Entry<Digest, Position> layer : versions.layers().entrySet()) {
            Path copy = made.layer(layer.getKey());
            try {
                DurableCopy.file(from.layer(layer.getKey()), copy, bytes -> {});
            } catch (NoSuchFileException e) {
                throw new NotProven("The layer which entry " + layer.getValue() + " names is missing", e);
            }
            if (!Folder.digest(copy).equals(layer.getKey())) {
                throw new NotProven("The layer which entry " + layer.getValue() + " names is damaged", null);
            }
        }
        DurableCopy.sync(made.layers());
        for (DatasetName dataset : versions.datasets()) {
            if (Files.exists(from.decoys(dataset))) {
                Files.createDirectories(made.decoys(dataset).getParent());
                DurableCopy.tree(from.decoys(dataset), made.decoys(dataset));
            }
        }
    }

    private static final class Counted {
        private long payloads;
        private long files;
        private long gone;
        private List<Operators.Known> operators = List.of();
        private List<PartyId> suspended = List.of();
    }

    private Counted prove(DataFolder made, LedgerKey key, Checkpoint own, @Nullable Checkpoint known)
            throws IOException {
        long storeBytes = DurableCopy.bytes(backup.store());
        DurableCopy.folder(
                backup.store(), made.store(), bytes -> progress.at("copying the store's bytes", bytes, storeBytes));
        Files.createDirectory(made.payloads());
        var counted = new Counted();
        try (RocksStore store = RocksStore.open(made.store());
                RocksStore scratch = RocksStore.scratch(made.folder().resolve("views"))) {
            var ledger = new Ledger(store, key, hub(key));
            var documents = new Documents(store);
            var replay = new Replay(store, scratch, hub(key));
            long entries = new Audit(store, ledger).run((position, entry) -> {
                progress.at("checking entries", position.value(), own.size());
                if (!replay.apply(position, entry)) {
                    throw damaged("entry " + position + " is none that a hub records at this place", null);
                }
                if (entry instanceof Entry.DocumentAccepted document) {
                    payload(made, store, documents, new Recorded<>(position, document), counted);
                }
            });
            replay.end();
            requireSize(entries, own);
            requireSame(ledger, own, "the backup's own checkpoint");
            if (known != null && known.size() <= own.size()) {
                requireSame(ledger, known, "the checkpoint from outside");
            }
            requireViews(replay);
            datasets(new Versions(store), new Folder(made.datasets()));
            schemas(made, store);
            counted.operators = Operators.in(store, clock.instant());
            counted.suspended = new Suspended(store).parties();
        } catch (Audit.Broken | StoreFailed | AssertionError e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        }
        DurableCopy.syncAll(made.store());
        DurableCopy.sync(made.payloads());
        return counted;
    }

    /// Copies the schemas; those of the table in force must be there and right. A hub that kept none has none.
    private void schemas(DataFolder made, Store store) throws IOException {
        if (!Files.exists(backup.schemas())) {
            return;
        }
        DurableCopy.tree(backup.schemas(), made.schemas());
        var kept = new KeptSchemas(made.schemas());
        CurrentTable.applied(store)
                .ifPresent(table -> table.entry().schemas().forEach((name, digest) -> {
                    try {
                        if (name.startsWith(Formats.PREFIX)) {
                            Formats.require(name.substring(Formats.PREFIX.length()), digest, kept);
                        } else if (kept.find(name, digest).isEmpty()) {
                            throw damaged("the schema " + name + " of the table in force is missing", null);
                        }
                    } catch (SchemaRefused e) {
                        throw damaged("a schema of the table in force: " + e.getMessage(), e);
                    }
                }));
    }

    private void requireSize(long entries, Checkpoint own) {
        if (entries != own.size()) {
            throw damaged("it holds " + entries + " entries, its checkpoint says " + own.size(), null);
        }
    }

    /// The ledger, whose nodes were made again from its entries, begins with the one a checkpoint signs.
    private static void requireSame(Ledger ledger, Checkpoint known, String which) {
        long size = ledger.size();
        boolean same = MessageDigest.isEqual(ledger.root(known.size()), known.root())
                && Hash.consistent(
                        known.size(), known.root(), size, ledger.root(size), ledger.consistency(known.size(), size));
        if (!same) {
            throw new NotProven(
                    "Of the first " + known.size() + " entries, " + which
                            + " signs another history than the backup holds: it is not a backup of this ledger",
                    null);
        }
    }

    private void payload(
            DataFolder made,
            Store store,
            Documents documents,
            Recorded<Entry.DocumentAccepted> document,
            Counted counted)
            throws IOException {
        Payload payload = document.entry().payload();
        String file = payload.file();
        if (file == null) {
            byte[] bytes = inline(store, document.position());
            if (bytes != null) {
                requireSame(document.position(), payload, bytes);
                counted.payloads++;
            } else if (!isRemoved(documents, document)) {
                throw damaged("the payload of entry " + document.position() + " is missing", null);
            }
        } else if (!isRemoved(documents, document)) {
            file(made, document, payload, file, counted);
        }
    }

    private byte @Nullable [] inline(Store store, Position position) {
        try {
            return store.get(Table.PAYLOADS, Key.of(position.value()));
        } catch (CorruptRecord e) {
            throw damaged("the payload of entry " + position + " is damaged: its checksum does not fit", e);
        } catch (StoreFailed e) {
            throw damaged("the payload of entry " + position + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isRemoved(Documents documents, Recorded<Entry.DocumentAccepted> document) {
        return documents.history(document, new Viewer.Operator()).stream()
                .anyMatch(event -> event.entry() instanceof Entry.PayloadRemoved removed
                        && removed.document().equals(document.position()));
    }

    private void file(
            DataFolder made, Recorded<Entry.DocumentAccepted> document, Payload payload, String file, Counted counted)
            throws IOException {
        Position position = document.position();
        Path from = backup.payloads().resolve(file);
        if (!Files.exists(from)) {
            Instant keptUntil = document.entry().keptUntil();
            if (keptUntil.isAfter(clock.instant())) {
                throw damaged("the payload file " + file + " of entry " + position + " is missing", null);
            }
            counted.gone++; // the hub removed it while the backup was written; the restored one records that
            return;
        }
        DurableCopy.file(
                from,
                made.payloads().resolve(file),
                bytes -> progress.at("copying entry " + position + ", bytes of its payload", bytes, payload.bytes()));
        try {
            PayloadProof.require(made.payloads().resolve(file), position, payload);
        } catch (PayloadProof.Wrong e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        }
        counted.payloads++;
        counted.files++;
    }

    private void requireSame(Position position, Payload payload, byte[] bytes) {
        try {
            PayloadProof.require("payload", position, payload, bytes.length, Digest.of(bytes));
        } catch (PayloadProof.Wrong e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        }
    }

    /// No signature holds the views, and a checksum anybody can make: each row is the one that the entries make.
    private void requireViews(Replay replay) {
        for (Table table : Replay.VIEWS) {
            replay.compare(
                    table,
                    wrong -> {
                        throw damaged(wrong, null);
                    },
                    row -> progress.at("comparing the rows of table " + table, row, row));
        }
    }

    private NotProven damaged(String what, @Nullable Throwable cause) {
        return new NotProven(
                "The backup in " + backup.folder() + " is damaged: " + what + ". Take an earlier backup", cause);
    }

    private static Checkpoint signed(String note, LedgerKey key, String which) {
        try {
            return Checkpoint.verified(note, key.verifier());
        } catch (IllegalArgumentException e) {
            throw new NotProven(
                    "The ledger key " + key.verifier() + " and " + which + " do not fit: " + e.getMessage(), e);
        }
    }

    /// `hub.example/ledger` → `hub.example/ledger-2` → `hub.example/ledger-3`.
    private static String successor(String name) {
        int dash = name.lastIndexOf('-');
        boolean counted = dash > name.indexOf('/') && name.substring(dash + 1).matches("[0-9]{1,6}");
        return counted ? name.substring(0, dash + 1) + (Integer.parseInt(name.substring(dash + 1)) + 1) : name + "-2";
    }

    private static PartyId hub(LedgerKey key) {
        String name = key.verifier().name();
        return new PartyId(name.substring(0, name.indexOf('/')));
    }

    private void requireEmpty() throws IOException {
        if (Files.exists(data.restoring())) {
            throw new FileAlreadyExistsException(
                    data.restoring().toString(),
                    null,
                    "a restore into " + data.folder()
                            + " was broken off or is under way. If none runs, remove what is in"
                            + " that folder and restore again");
        }
        if (Files.exists(data.folder())) {
            try (Stream<Path> there = Files.list(data.folder())) {
                if (there.findAny().isPresent()) {
                    throw new FileAlreadyExistsException(
                            data.folder().toString(), null, "the folder is not empty, and nothing is overwritten");
                }
            }
        }
    }

    /// A backup's checkpoint is written last: without it the backup was broken off.
    private void requireBackup() {
        for (Path part : List.of(backup.store(), backup.payloads(), backup.checkpoint())) {
            if (!Files.exists(part)) {
                throw new NotProven(
                        backup.folder() + " is no whole backup: it has no " + part.getFileName()
                                + ". Take one that `aiguillage hub backup` finished",
                        null);
            }
        }
    }

    private static void syncAbove(Path folder) throws IOException {
        Path above = folder.toAbsolutePath().getParent();
        if (above != null) {
            DurableCopy.sync(above);
        }
    }

    /// Removes what this restore made, and nothing else.
    private void takeBack(List<Path> moved, boolean isNew, Throwable why) {
        try {
            for (Path part : moved) {
                Folder.remove(part);
            }
            Folder.remove(data.restoring());
            if (isNew) {
                Files.deleteIfExists(data.folder());
            }
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }
}
