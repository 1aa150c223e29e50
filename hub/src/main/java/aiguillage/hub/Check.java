package aiguillage.hub;

import aiguillage.hub.check.Replay;
import aiguillage.hub.check.Report;
import aiguillage.hub.dataset.DatasetsKey;
import aiguillage.hub.dataset.Folder;
import aiguillage.hub.dataset.Versions;
import aiguillage.hub.document.Documents;
import aiguillage.hub.door.operator.OperatorToken;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.ledger.Audit;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.payload.Payloads;
import aiguillage.hub.store.CorruptRecord;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.RocksStore;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.StoreFailed;
import aiguillage.hub.store.Table;
import aiguillage.hub.store.TornLog;
import aiguillage.pki.Credential;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Checkpoint;
import aiguillage.protocol.proof.LedgerKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks a whole data folder, or a backup, while no hub runs on it: that every entry is the one whose hash the
/// ledger holds, that the ledger's root is the signed head (the folder's own, a backup's, and one known outside),
/// that every payload and every layer of a dataset has the digest its entry names, and that every view is the one which
/// follows from the
/// entries.
///
/// Writes nothing into the folder. Needs room for the views, a fraction of the store, in a scratch folder; memory
/// is bounded.
public final class Check {

    /// More are counted, but not told one by one.
    public static final int FINDINGS_MAX = 100;

    private final DataFolder data;
    private final @Nullable Path key;
    private final Progress progress;
    private final List<String> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long more;
    private long entries;
    private long rows;
    private long payloads;
    private long files;
    private String head = "";

    /// @param key the hub's `ledger.key`, where the folder has none, as a backup; null takes the folder's own
    public Check(Path folder, @Nullable Path key, Progress progress) {
        this.data = new DataFolder(folder);
        this.key = key;
        this.progress = progress;
    }

    /// Checks it all.
    ///
    /// @param checkpoint the newest checkpoint known elsewhere, or null
    /// @param scratchParent an existing folder with room
    /// @throws NoSuchFileException when there is no such folder
    /// @throws FileSystemException when a hub runs on it, or no check can begin for a reason outside of the folder
    public Report run(@Nullable String checkpoint, Path scratchParent) throws IOException {
        if (!Files.isDirectory(data.folder())) {
            throw new NoSuchFileException(data.folder().toString());
        }
        Path scratch = Files.createTempDirectory(scratchParent, "aiguillage-check-");
        try (FileChannel _ = lock()) {
            LedgerKey ledgerKey = smallFiles();
            if (ledgerKey != null && hasStore()) {
                store(ledgerKey, checkpoint, scratch);
            }
        } finally {
            Folder.remove(scratch);
        }
        if (more > 0) {
            findings.add("and " + more + " more");
        }
        return new Report(entries, rows, payloads, files, head, findings, notes);
    }

    private void found(String what) {
        if (findings.size() < FINDINGS_MAX) {
            findings.add(what);
        } else {
            more++;
        }
    }

    /// Keeps hubs away while this runs.
    private @Nullable FileChannel lock() throws IOException {
        Path file = data.store().resolve("LOCK");
        if (!Files.exists(file)) {
            return null; // a backup has none; nobody starts a hub on one
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            notes.add("This process holds the store's lock already.");
            return channel;
        }
        channel.close();
        throw new FileSystemException(
                data.folder().toString(),
                null,
                "a hub runs on this data folder. Stop it, or check a backup of it (aiguillage hub backup)");
    }

    private boolean hasStore() {
        if (Files.exists(data.store().resolve("CURRENT"))) {
            return true;
        }
        found(data.store().resolve("CURRENT") + " is missing: the store cannot be read");
        return false;
    }

    @FunctionalInterface
    private interface Reading {
        void read() throws IOException;
    }

    /// Whatever a reader meets in bytes that are not those that were written is a finding.
    private void reading(Path file, Reading reading) {
        try {
            reading.read();
        } catch (IOException | RuntimeException e) {
            found(file + " is damaged: " + e.getMessage());
        }
    }

    private @Nullable LedgerKey smallFiles() {
        boolean isBackup = Files.exists(data.checkpoint());
        Path file = key == null ? data.ledgerKey() : key;
        LedgerKey[] read = {null};
        if (Files.exists(file)) {
            reading(file, () -> read[0] = new KeyIn(file).read());
        } else {
            found(file + " is missing: without the ledger's key no head can be checked"
                    + (isBackup ? "; name it with --ledger-key" : ". Put your copy of it back"));
        }
        LedgerKey found = read[0];
        if (!isBackup && found != null) {
            publicKey(found);
        }
        if (Files.exists(data.datasetsKey())) {
            reading(data.datasetsKey(), () -> DatasetsKey.read(data.datasetsKey()));
        }
        if (Files.exists(data.operatorToken())) {
            reading(data.operatorToken(), () -> OperatorToken.open(data.operatorToken(), new SecureRandom()));
        }
        if (Files.exists(data.credential())) {
            reading(data.credential(), () -> Credential.read(data.credential(), data.credential()));
        }
        return found;
    }

    private record KeyIn(Path file) {
        LedgerKey read() throws IOException {
            return LedgerKey.ofText(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
    }

    private void publicKey(LedgerKey ledgerKey) {
        Path file = data.ledgerPublicKey();
        if (!Files.exists(file)) {
            notes.add(file + " is not there; the hub makes it again at its start.");
            return;
        }
        reading(file, () -> {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            if (!text.equals(ledgerKey.verifier().toString())) {
                throw new IOException("it is not the public half of ledger.key; the hub makes it again at its start");
            }
        });
    }

    private void store(LedgerKey ledgerKey, @Nullable String checkpoint, Path scratchFolder) throws IOException {
        try (RocksStore scratch = RocksStore.scratch(scratchFolder.resolve("views"));
                RocksStore store = RocksStore.openToRead(data.store())) {
            try {
                progress.at("checking the store's files", 0, 1);
                store.requireChecksums();
            } catch (StoreFailed e) {
                found(String.valueOf(e.getMessage()));
            }
            storeFiles(store.liveFiles());
            var ledger = new Ledger(store, ledgerKey, hub(ledgerKey));
            contents(store, scratch, ledger, checkpoint);
        } catch (StoreFailed | CorruptRecord | AssertionError e) {
            found(String.valueOf(e.getMessage()));
        }
    }

    /// What the store passes over when it opens: harmless after a kill or power loss, and a trace of damage otherwise.
    private void storeFiles(Set<String> live) throws IOException {
        try (DirectoryStream<Path> there = Files.newDirectoryStream(data.store())) {
            for (Path file : there) {
                String name = Objects.requireNonNull(file.getFileName()).toString();
                boolean isLog = name.endsWith(".log") || name.startsWith("MANIFEST-");
                if (isLog && TornLog.isTorn(file)) {
                    notes.add(
                            file + " ends in the middle of a record, as power loss leaves it, or a cut. What the ledger"
                                    + " signed is looked for all the same.");
                } else if (name.endsWith(".sst") && !live.contains(name)) {
                    notes.add(
                            file + " belongs to nothing in the store's MANIFEST, as a kill may leave it, or a MANIFEST"
                                    + " that was cut. What the ledger signed is looked for all the same.");
                }
            }
        }
    }

    private void contents(RocksStore store, RocksStore scratch, Ledger ledger, @Nullable String checkpoint)
            throws IOException {
        var replay = new Replay(store, scratch, hub(ledger.verifier()));
        long size = ledger.size();
        try {
            entries = new Audit(store, ledger).run((position, entry) -> {
                progress.at("checking entries", position.value(), size);
                if (!replay.apply(position, entry)) {
                    found("entry " + position + " is none that a hub records at this place");
                }
            });
            replay.end();
        } catch (Audit.Broken e) {
            found(String.valueOf(e.getMessage()));
            return;
        }
        head = HexFormat.of().formatHex(ledger.root(entries));
        heads(ledger, checkpoint);
        for (Table table : Replay.VIEWS) {
            each(() -> rows += replay.compare(
                    table, this::found, row -> progress.at("comparing the rows of table " + table, row, row)));
        }
        each(() -> inlinePayloads(store, replay));
        each(() -> payloadFiles(store, replay));
        each(() -> layers(new Versions(store), new Folder(data.datasets())));
    }

    private void layers(Versions versions, Folder folder) throws IOException {
        for (Map.Entry<Digest, Position> layer : versions.layers().entrySet()) {
            progress.at(
                    "checking layers of datasets, of entry", layer.getValue().value(), entries);
            Path file = folder.layer(layer.getKey());
            if (!Files.exists(file)) {
                found(file + " is missing: entry " + layer.getValue() + " names it");
            } else if (!Folder.digest(file).equals(layer.getKey())) {
                found(file + " is damaged: it is not what entry " + layer.getValue() + " names");
            } else {
                files++;
            }
        }
        boolean isBackup = Files.exists(data.checkpoint());
        if (!isBackup && !versions.datasets().isEmpty() && !Files.exists(data.datasetsKey())) {
            found(data.datasetsKey()
                    + " is missing: marks and seals of datasets were made from it. Put your copy back");
        }
    }

    /// What cannot be read at all is a finding, and the next part is looked at all the same.
    private void each(Reading part) throws IOException {
        try {
            part.read();
        } catch (StoreFailed | CorruptRecord | AssertionError e) {
            found(String.valueOf(e.getMessage()));
        }
    }

    private void heads(Ledger ledger, @Nullable String checkpoint) {
        head(ledger, data.head(), "the head beside the store");
        head(ledger, data.checkpoint(), "the backup's checkpoint");
        if (!Files.exists(data.head()) && !Files.exists(data.checkpoint()) && entries > 0) {
            found(data.head() + " is missing: it cannot be told whether the newest entries are there");
        }
        if (checkpoint == null) {
            notes.add("No checkpoint from outside was given: what the whole folder lost alike cannot be told.");
            return;
        }
        try {
            signed(ledger, Checkpoint.verified(checkpoint, ledger.verifier()), "the checkpoint from outside");
        } catch (IllegalArgumentException e) {
            found("the checkpoint from outside was not signed by this ledger: " + e.getMessage());
        }
    }

    private void head(Ledger ledger, Path file, String which) {
        if (Files.exists(file)) {
            reading(file, () -> signed(ledger, Head.read(file, ledger), which + " (" + file + ")"));
        }
    }

    private void signed(Ledger ledger, Checkpoint known, String which) {
        if (known.size() > entries) {
            found(which + " signs " + known.size() + " entries, but the store ends at entry " + entries
                    + ": the newest are lost");
        } else if (!MessageDigest.isEqual(known.root(), ledger.root(known.size()))) {
            found(which + " signs another history than the store's first " + known.size() + " entries");
        }
    }

    private void inlinePayloads(Store store, Replay replay) {
        var documents = new Documents(store);
        try (Store.Scan kept = store.scan(Table.PAYLOADS, Key.of(1), Key.of(Long.MAX_VALUE))) {
            while (true) {
                try {
                    if (!kept.next()) {
                        break;
                    }
                } catch (CorruptRecord _) {
                    continue; // told when the rows of this table were compared
                }
                var position = new Position(Key.lastNumber(kept.key()));
                progress.at("checking the payloads beside entries", position.value(), entries);
                if (!replay.keepsInline(position)) {
                    continue; // told as a row too much
                }
                try {
                    byte[] bytes = kept.value();
                    PayloadProof.require(
                            "payload",
                            position,
                            documents.document(position).entry().payload(),
                            bytes.length,
                            Digest.of(bytes));
                    payloads++;
                } catch (CorruptRecord | PayloadProof.Wrong e) {
                    found(String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private void payloadFiles(Store store, Replay replay) throws IOException {
        var documents = new Documents(store);
        try (Store.Scan kept = replay.files()) {
            while (kept.next()) {
                String name = new String(kept.key(), StandardCharsets.UTF_8);
                var position = new Position(Key.lastNumber(kept.value()));
                progress.at("checking payload files, of entry", position.value(), entries);
                try {
                    Entry.DocumentAccepted document =
                            documents.document(position).entry();
                    PayloadProof.require(data.payloads().resolve(name), position, document.payload());
                    payloads++;
                    files++;
                } catch (PayloadProof.Wrong | CorruptRecord e) {
                    found(String.valueOf(e.getMessage()));
                }
            }
        }
        orphans(documents);
    }

    private void orphans(Documents documents) throws IOException {
        if (!Files.isDirectory(data.payloads())) {
            return;
        }
        long unknown = 0;
        try (DirectoryStream<Path> there = Files.newDirectoryStream(data.payloads())) {
            for (Path file : there) {
                unknown += Payloads.isOrphan(file, documents::knowsFile) ? 1 : 0;
            }
        }
        if (unknown > 0) {
            notes.add(unknown + " payload files belong to no entry: uploads that broke off; the hub removes them.");
        }
    }

    private static PartyId hub(LedgerKey key) {
        return hub(key.verifier());
    }

    private static PartyId hub(LedgerKey.Public key) {
        return new PartyId(key.name().substring(0, key.name().indexOf('/')));
    }
}
