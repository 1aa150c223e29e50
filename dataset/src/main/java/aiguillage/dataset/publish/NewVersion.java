package aiguillage.dataset.publish;

import aiguillage.dataset.layer.LayerWriter;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Takes what changes, in the order of keys: counts it, writes it into a layer and keeps the hash. Not for several
/// threads.
final class NewVersion implements Closeable {

    private final LayerWriter layer;
    private final SetHash hash;
    private final SetHash.Expander expander = new SetHash.Expander();
    private long added;
    private long changed;
    private long removed;

    /// @param hash of the rows in force; changed
    NewVersion(Path layer, SetHash hash) throws IOException {
        this.layer = new LayerWriter(Files.newOutputStream(layer), null);
        this.hash = hash;
    }

    /// Counts a change, whether or not it is written: a refusal tells all that is wrong, and so how many keys would
    /// be gone.
    ///
    /// @param before not equal to `after`
    void count(Rows before, Rows after) {
        added += before.isEmpty() ? 1 : 0;
        removed += after.isEmpty() ? 1 : 0;
        changed += before.isEmpty() || after.isEmpty() ? 0 : 1;
    }

    /// Writes a change.
    void write(Key key, Rows before, Rows after) throws IOException {
        before.eachDigest(key, digest -> expander.subtract(hash, digest));
        after.eachDigest(key, digest -> expander.add(hash, digest));
        layer.add(key, after);
    }

    /// Ends the layer. The first version's replaces whatever its reader may have.
    ///
    /// @param keysBefore how many were in force
    /// @return the hash of the rows of the new version
    SetHash finish(long keysBefore) throws IOException {
        layer.finish(keysBefore == 0);
        return hash;
    }

    /// @param lines how many were published
    /// @param keysBefore how many were in force
    Summary summary(long lines, long keysBefore) {
        return new Summary(lines, added, changed, removed, keysBefore - changed - removed);
    }

    @Override
    public void close() throws IOException {
        layer.close();
    }
}
