package aiguillage.hub;

import aiguillage.hub.document.Documents;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.payload.Payloads;
import aiguillage.hub.store.RocksStore;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.pki.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Writes a consistent copy of a running hub: the store as of one moment, then the payload files it names. Keys are
/// not in it: they are kept apart (docs/operations.md).
final class Backup {

    private final DataFolder data;
    private final RocksStore store;
    private final Payloads payloads;

    Backup(DataFolder data, RocksStore store, Payloads payloads) {
        this.data = data;
        this.store = store;
        this.payloads = payloads;
    }

    /// Writes the backup.
    ///
    /// @param folder does not exist yet
    /// @return the checkpoint of what it holds; keep it elsewhere, to prove a restore
    String write(Path folder) {
        try {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            Files.createDirectory(folder);
            DataFolder copy = new DataFolder(folder);
            store.copyTo(copy.store());
            Files.createDirectories(copy.payloads());
            try (RocksStore copied = RocksStore.open(copy.store())) {
                copyPayloads(copied, copy.payloads());
                String checkpoint = new Ledger(copied, data.readLedgerKey(), data.hub()).checkpoint();
                DurableFile.write(copy.checkpoint(), checkpoint.getBytes(StandardCharsets.UTF_8));
                return checkpoint;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The backup to " + folder + " failed: " + e, e);
        }
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

    /// A payload file never changes, so a second name for it is a copy; across file systems its bytes are copied.
    private static void copy(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(from, to);
        }
    }
}
