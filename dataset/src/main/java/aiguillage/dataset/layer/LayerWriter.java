package aiguillage.dataset.layer;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a layer, change by change in the order of keys. Memory holds one page and the first key of each. Not
/// for several threads.
public final class LayerWriter implements Closeable {

    private final OutputStream out;
    private final @Nullable Seal seal;
    private final List<Layer.Place> places = new ArrayList<>();
    private ByteBuffer page = ByteBuffer.allocate(2 * Page.RAW_BYTES);
    private @Nullable Key first;
    private @Nullable Key last;
    private long at;
    private long changes;

    /// @param out closed with the writer
    /// @param seal under which it is to travel, or null when anyone may read it
    public LayerWriter(OutputStream out, @Nullable Seal seal) throws IOException {
        this.out = new BufferedOutputStream(out, 64 << 10);
        this.seal = seal;
        put(Layer.magic(seal != null));
    }

    /// @throws IllegalArgumentException when the key is not behind the one before
    public void add(Key key, Rows rows) throws IOException {
        if (last != null && last.compareTo(key) >= 0) {
            throw new IllegalArgumentException("the key " + key + " does not come behind " + last);
        }
        last = key;
        if (first == null) {
            first = key;
        }
        room(2 * Integer.BYTES + key.bytes().length + rows.bytes().length);
        page.putInt(key.bytes().length).put(key.bytes());
        page.putInt(rows.bytes().length).put(rows.bytes());
        changes++;
        if (page.position() >= Page.RAW_BYTES) {
            endPage();
        }
    }

    /// Writes what comes behind the last change; without it there is no layer.
    ///
    /// @param replaces whether keys that it does not name are gone
    /// @param total what all rows are with it, or null when that is said elsewhere
    /// @return its length in bytes
    public long finish(boolean replaces, Layer.@Nullable Total total) throws IOException {
        endPage();
        ByteBuffer index = ByteBuffer.allocate(Layer.indexBytes(places));
        index.put((byte) ((replaces ? Layer.REPLACES : 0) | (total == null ? 0 : Layer.TOTAL)))
                .putLong(changes);
        if (total != null) {
            index.put(total.root().bytes()).putLong(total.rows());
        }
        for (Layer.Place place : places) {
            index.putInt(place.length())
                    .putInt(place.first().bytes().length)
                    .put(place.first().bytes());
        }
        byte[] stored = stored(Page.deflate(index.array(), index.position()), Layer.INDEX);
        put(stored);
        put(ByteBuffer.allocate(Integer.BYTES).putInt(0, stored.length).array());
        out.flush();
        return at;
    }

    private void room(int bytes) {
        if (page.remaining() < bytes) {
            page = ByteBuffer.allocate(page.position() + bytes).put(page.flip());
        }
    }

    private void endPage() throws IOException {
        if (first != null) {
            byte[] stored = stored(Page.deflate(page.array(), page.position()), places.size());
            places.add(new Layer.Place(at, stored.length, first));
            put(stored);
            page.clear();
            first = null;
        }
    }

    private byte[] stored(byte[] deflated, long number) {
        return seal == null ? deflated : seal.close(number, deflated);
    }

    private void put(byte[] bytes) throws IOException {
        out.write(bytes);
        at += bytes.length;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
