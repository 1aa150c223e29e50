package aiguillage.dataset.layer;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Changes in the order of their keys, as they lie in a layer: each key and its rows behind their lengths (4
/// bytes each), all of them deflated (RFC 1951) behind the CRC-32C of what follows and the length they had (4
/// bytes each).
///
/// A page is looked through once when it is read; then keys are searched where they lie, and only what is found
/// is copied.
final class Page {

    /// A page is ended by the change that makes it as large as this.
    static final int RAW_BYTES = 16 << 10;

    /// The most that a page has: a full page and one change.
    static final int RAW_BYTES_MAX = RAW_BYTES + Rows.BYTES_MAX + Key.BYTES_MAX + 2 * Integer.BYTES;

    static final int HEAD_BYTES = 2 * Integer.BYTES;

    private final ByteBuffer raw;

    /// Where each change begins.
    private final int[] places;

    private Page(ByteBuffer raw, int[] places) {
        this.raw = raw;
        this.places = places;
    }

    int size() {
        return places.length;
    }

    int bytes() {
        return raw.capacity();
    }

    Key key(int number) {
        return Key.ofBytes(field(places[number]));
    }

    Change change(int number) {
        return new Change(key(number), rows(number));
    }

    private Rows rows(int number) {
        int at = places[number];
        return Rows.ofBytes(field(at + Integer.BYTES + raw.getInt(at)));
    }

    private byte[] field(int at) {
        int from = raw.arrayOffset() + at + Integer.BYTES;
        return Arrays.copyOfRange(raw.array(), from, from + raw.getInt(at));
    }

    /// What holds for a key, or null when the page says nothing of it.
    @Nullable
    Rows find(Key key) {
        int at = search(key);
        return at < 0 ? null : rows(at);
    }

    /// The number of the first change whose key is not before this one.
    int from(Key key) {
        int at = search(key);
        return at < 0 ? -at - 1 : at;
    }

    private int search(Key key) {
        int low = 0;
        int high = places.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(raw, places[middle], key.bytes());
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private static int compare(ByteBuffer raw, int at, byte[] key) {
        int from = raw.arrayOffset() + at + Integer.BYTES;
        return Arrays.compareUnsigned(raw.array(), from, from + raw.getInt(at), key, 0, key.length);
    }

    /// @throws DamagedLayer when these are no changes, or not in order
    static Page decode(byte[] deflated) throws DamagedLayer {
        ByteBuffer raw = ByteBuffer.wrap(inflate(deflated, RAW_BYTES_MAX));
        int[] places = new int[64];
        int count = 0;
        int at = 0;
        try {
            while (at < raw.capacity()) {
                if (count == places.length) {
                    places = Arrays.copyOf(places, 2 * count);
                }
                places[count] = at;
                int rows = end(raw, at);
                int end = end(raw, rows);
                Key.check(raw.array(), at + Integer.BYTES, rows);
                Rows.check(raw.array(), rows + Integer.BYTES, end);
                if (count > 0 && compareKeys(raw, places[count - 1], at) >= 0) {
                    throw new DamagedLayer("its keys are not in order");
                }
                count++;
                at = end;
            }
        } catch (IllegalArgumentException e) {
            throw new DamagedLayer("a change that is none: " + e.getMessage(), e);
        }
        if (count == 0) {
            throw new DamagedLayer("a page without changes");
        }
        return new Page(raw, Arrays.copyOf(places, count));
    }

    private static int compareKeys(ByteBuffer raw, int left, int right) {
        byte[] bytes = raw.array();
        int from = raw.arrayOffset() + left + Integer.BYTES;
        int other = raw.arrayOffset() + right + Integer.BYTES;
        return Arrays.compareUnsigned(bytes, from, from + raw.getInt(left), bytes, other, other + raw.getInt(right));
    }

    /// Where the field that begins here ends.
    private static int end(ByteBuffer raw, int at) throws DamagedLayer {
        int left = raw.capacity() - at - Integer.BYTES;
        int length = left < 0 ? -1 : raw.getInt(at);
        if (length < 0 || length > left) {
            throw new DamagedLayer("a page ends in the middle of a change");
        }
        return at + Integer.BYTES + length;
    }

    static byte[] deflate(byte[] raw, int length) {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(raw, 0, length);
            deflater.finish();
            ByteBuffer out = ByteBuffer.allocate(HEAD_BYTES + length + length / 1_000 + 64);
            out.position(Integer.BYTES).putInt(length);
            while (!deflater.finished()) {
                if (deflater.deflate(out) == 0) {
                    throw new AssertionError("deflating " + length + " bytes takes more than that");
                }
            }
            byte[] deflated = Arrays.copyOf(out.array(), out.position());
            ByteBuffer.wrap(deflated).putInt(0, crc(deflated));
            return deflated;
        } finally {
            deflater.end();
        }
    }

    private static int crc(byte[] deflated) {
        var crc = new CRC32C();
        crc.update(deflated, Integer.BYTES, deflated.length - Integer.BYTES);
        return (int) crc.getValue();
    }

    /// @param bytesMax more is not taken, whatever it says of itself
    static byte[] inflate(byte[] deflated, int bytesMax) throws DamagedLayer {
        if (deflated.length < HEAD_BYTES) {
            throw new DamagedLayer("a page of " + deflated.length + " bytes");
        }
        if (ByteBuffer.wrap(deflated).getInt() != crc(deflated)) {
            throw new DamagedLayer("a page was changed: its checksum is another");
        }
        int length = ByteBuffer.wrap(deflated).getInt(Integer.BYTES);
        if (length < 0 || length > bytesMax) {
            throw new DamagedLayer("a page of " + length + " bytes, at most " + bytesMax + " are allowed");
        }
        var inflater = new Inflater(true);
        try {
            inflater.setInput(deflated, HEAD_BYTES, deflated.length - HEAD_BYTES);
            var raw = new byte[length];
            int done = 0;
            while (done < length) {
                int more = inflater.inflate(raw, done, length - done);
                if (more == 0) {
                    throw new DamagedLayer("a page of " + length + " bytes ends after " + done);
                }
                done += more;
            }
            return raw;
        } catch (DataFormatException e) {
            throw new DamagedLayer("a page that cannot be inflated", e);
        } finally {
            inflater.end();
        }
    }
}
