package aiguillage.hub.entry;

import aiguillage.protocol.PartyId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The readers of an entry as they stand in its bytes. A price list has thousands, each of them reads its entry to
/// be offered it and again to acknowledge it, and looks for nobody but itself: making all readers for each reader
/// would cost the square of their number. Immutable.
final class EncodedReaders extends AbstractList<Reader> {

    private final byte[] bytes;
    private final int from;
    private final int count;

    private EncodedReaders(byte[] bytes, int from, int count) {
        this.bytes = bytes;
        this.from = from;
        this.count = count;
    }

    /// Passes over the readers, and keeps where they stand.
    static EncodedReaders read(ByteReader in) {
        int count = in.size();
        int from = in.position();
        if (count < 0) {
            throw new IllegalStateException("a document cannot have " + count + " readers");
        }
        for (int n = count; n > 0; n--) {
            in.skip(in.size());
            in.skip(1);
        }
        return new EncodedReaders(in.bytes(), from, count);
    }

    /// How a party reads the document, or null when it does not; makes nothing on its way there.
    @Nullable
    Reader find(PartyId party) {
        byte[] name = party.value().getBytes(StandardCharsets.UTF_8);
        ByteBuffer lengths = ByteBuffer.wrap(bytes);
        int at = from;
        for (int n = count; n > 0; n--) {
            int text = at + Integer.BYTES;
            int end = text + lengths.getInt(at);
            if (Arrays.equals(bytes, text, end, name, 0, name.length)) {
                return new Reader(party, bytes[end] == 1);
            }
            at = end + 1;
        }
        return null;
    }

    @Override
    public Iterator<Reader> iterator() {
        var in = new ByteReader(bytes, from);
        return new Iterator<>() {
            private int left = count;

            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public Reader next() {
                if (left-- <= 0) {
                    throw new NoSuchElementException("all " + count + " readers were given");
                }
                return new Reader(new PartyId(in.text()), in.one() == 1);
            }
        };
    }

    @Override
    public Reader get(int index) {
        Objects.checkIndex(index, count);
        Iterator<Reader> each = iterator();
        for (int n = index; n > 0; n--) {
            each.next();
        }
        return each.next();
    }

    @Override
    public int size() {
        return count;
    }
}
