package aiguillage.hub;

import aiguillage.hub.dataset.Folder;
import aiguillage.hub.dataset.Layers;
import aiguillage.hub.dataset.Versions;
import aiguillage.hub.document.Documents;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.payload.Payloads;
import aiguillage.hub.store.RocksStore;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.pki.DurableFile;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Writes a consistent copy of a running hub: the store as of one moment, then the layers of datasets and the payload
/// files it names, and the schemas its tables were applied with. Keys are not in it: they are kept apart
/// (docs/operations.md).
///
/// The checkpoint is written last, when all else is durable: a folder without one is a backup that was broken off,
/// and is never restored.
final class Backup {

    private final DataFolder data;
    private final RocksStore store;
    private final Payloads payloads;
    private final Layers layers;

    Backup(DataFolder data, RocksStore store, Payloads payloads, Layers layers) {
        this.data = data;
        this.store = store;
        this.payloads = payloads;
        this.layers = layers;
    }

    /// Writes the backup.
    ///
    /// @param folder does not exist yet
    /// @return the checkpoint of what it holds; keep it elsewhere, to prove a restore
    /// @throws UncheckedIOException when it cannot be written; nothing of it stays, and the hub goes on
    String write(Path folder) {
        if (folder.toAbsolutePath()
                .normalize()
                .startsWith(data.folder().toAbsolutePath().normalize())) {
            throw new IllegalArgumentException("A backup goes to another place than the hub's own data folder");
        }
        try {
            Path above = Files.createDirectories(folder.toAbsolutePath().getParent());
            Files.createDirectory(folder);
            try {
                String checkpoint = fill(new DataFolder(folder));
                DurableCopy.sync(above);
                return checkpoint;
            } catch (IOException | RuntimeException | Error e) {
                takeBack(folder, e);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The backup to " + folder + " failed, and nothing of it is kept: " + e, e);
        }
    }

    private String fill(DataFolder copy) throws IOException {
        Path entries = layers.whileNoneGoes(() -> copyEntriesAndLayers(copy));
        Files.createDirectories(copy.payloads());
        if (Files.exists(data.schemas())) {
            DurableCopy.tree(data.schemas(), copy.schemas());
        }
        try (RocksStore copied = RocksStore.openToRead(entries)) {
            copyPayloads(copied, copy.payloads());
            DurableCopy.sync(copy.payloads());
            DurableCopy.sync(copy.folder());
            String checkpoint = new Ledger(copied, data.readLedgerKey(), data.hub()).checkpoint();
            DurableFile.write(copy.checkpoint(), checkpoint.getBytes(StandardCharsets.UTF_8));
            return checkpoint;
        }
    }

    private Path copyEntriesAndLayers(DataFolder copy) throws IOException {
        store.copyTo(copy.store());
        try (RocksStore copied = RocksStore.openToRead(copy.store())) {
            copyDatasets(new Versions(copied), new Folder(data.datasets()), new Folder(copy.datasets()));
        }
        return copy.store();
    }

    private void copyPayloads(Store copied, Path to) throws IOException {
        var documents = new Documents(store);
        try (Store.Scan files = copied.scan(Table.FILES, new byte[] {0}, new byte[] {(byte) 0xff})) {
            while (files.next()) {
                String name = new String(files.key(), StandardCharsets.UTF_8);
                try {
                    copy(payloads.path(name), to.resolve(name));
                } catch (NoSuchFileException e) {
                    if (documents.knowsFile(name)) {
                        throw e;
                    } // else its keeping ended while the backup was written
                }
            }
        }
    }

    private static void copyDatasets(Versions versions, Folder from, Folder to) throws IOException {
        if (versions.datasets().isEmpty()) {
            return;
        }
        Files.createDirectories(to.layers());
        for (Digest layer : versions.layers().keySet()) {
            copy(from.layer(layer), to.layer(layer));
        }
        DurableCopy.sync(to.layers());
        for (DatasetName dataset : versions.datasets()) {
            if (Files.exists(from.decoys(dataset))) {
                Files.createDirectories(to.decoys(dataset).getParent());
                DurableCopy.tree(from.decoys(dataset), to.decoys(dataset));
            }
        }
    }

    /// A payload file never changes, so a second name for it is a copy; across file systems its bytes are copied.
    private static void copy(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            DurableCopy.file(from, to, bytes -> {});
        }
    }

    private static void takeBack(Path folder, Throwable why) {
        try {
            Folder.remove(folder);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }
}
