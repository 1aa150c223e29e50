package aiguillage.dataset.publish;

import aiguillage.dataset.layer.LayerWriter;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;

/// Takes what changes, in the order of keys: counts it, writes it into a layer, and has the helper keep the
/// hash, which costs as much as all else. Not for several threads.
final class NewVersion implements Closeable {

    /// The helper gets changes together until they have so many bytes, about.
    private static final int BYTES_AT_ONCE = 128 << 10;

    /// So many of the keys that are gone are named.
    private static final int NAMED_MAX = 5;

    /// How often that may wait for the helper.
    private static final int WAITING_MAX = 4;

    private final LayerWriter layer;
    private final Helper helper;

    /// The helper's, until it has done all its work.
    private final SetHash hash;

    private final SetHash.Expander expander = new SetHash.Expander();
    private final Deque<Future<Void>> hashing = new ArrayDeque<>();
    private List<Changed> changes = new ArrayList<>();
    private int bytes;
    private long added;
    private long changed;
    private long removed;
    private long absent;
    private final List<Key> firstRemoved = new ArrayList<>();

    private record Changed(Key key, Rows before, Rows after) {}

    /// @param hash of the rows in force; changed
    NewVersion(Path layer, SetHash hash, Helper helper) throws IOException {
        this.layer = new LayerWriter(Files.newOutputStream(layer), null);
        this.hash = hash;
        this.helper = helper;
    }

    /// Counts a change.
    ///
    /// @param before not equal to `after`
    void count(Key key, Rows before, Rows after) {
        if (after.isEmpty() && firstRemoved.size() < NAMED_MAX) {
            firstRemoved.add(key);
        }
        added += before.isEmpty() ? 1 : 0;
        removed += after.isEmpty() ? 1 : 0;
        changed += before.isEmpty() || after.isEmpty() ? 0 : 1;
    }

    /// Counts a key that was to be removed, and was not there.
    void countAbsent() {
        absent++;
    }

    /// The first keys that are gone.
    List<Key> firstRemoved() {
        return List.copyOf(firstRemoved);
    }

    /// Writes a change.
    void write(Key key, Rows before, Rows after) throws IOException {
        layer.add(key, after);
        changes.add(new Changed(key, before, after));
        bytes += key.bytes().length + before.bytes().length + after.bytes().length;
        if (bytes > BYTES_AT_ONCE) {
            hash();
        }
    }

    private void hash() throws IOException {
        if (hashing.size() == WAITING_MAX) {
            Helper.await(hashing.remove());
        }
        List<Changed> some = changes;
        hashing.add(helper.start(() -> {
            for (Changed one : some) {
                one.before().eachDigest(one.key(), digest -> expander.subtract(hash, digest));
                one.after().eachDigest(one.key(), digest -> expander.add(hash, digest));
            }
            return null;
        }));
        changes = new ArrayList<>();
        bytes = 0;
    }

    /// Ends the layer. The first version's replaces whatever its reader may have.
    ///
    /// @param keysBefore how many were in force
    /// @return the hash of the rows of the new version
    SetHash finish(long keysBefore) throws IOException {
        hash();
        layer.finish(keysBefore == 0, null);
        for (Future<Void> work : hashing) {
            Helper.await(work);
        }
        return hash;
    }

    /// @param lines how many were published
    /// @param keysBefore how many were in force
    Summary summary(long lines, long keysBefore) {
        return new Summary(lines, added, changed, removed, keysBefore - changed - removed, absent);
    }

    @Override
    public void close() throws IOException {
        layer.close();
    }
}
