package aiguillage.dataset.layer;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import aiguillage.protocol.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// A version of a dataset as the changes it makes to the one before, in a file: sorted pages, and an index
/// behind them. It can be asked as it lies, without being unpacked; so a version holds at once, however much it
/// changes.
///
/// **The file.** 8 bytes of magic; the pages; the index (1 byte: 1 when keys that are not named are gone, 2 more when
/// it has a total; 8 bytes: how many changes; the total, if any: 32 bytes of root, 8 bytes of keys; for each page its
/// length, the length of its first key, and that key), stored like a page; 4 bytes: the index's length. A sealed layer
/// has each page and the index sealed ([Seal]).
///
/// Memory holds the index and the pages used last. The file is opened for each page that is not among them: so
/// a layer holds no file open, and a reader that is interrupted, which closes the file it reads, disturbs no
/// other.
///
/// Safe from any thread.
public final class Layer implements Closeable {

    /// The number under which the index is sealed.
    static final long INDEX = Long.MAX_VALUE;

    static final int REPLACES = 1;
    static final int TOTAL = 2;

    private static final byte[] OPEN = "AGLAYER1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEALED = "AGSEALED".getBytes(StandardCharsets.US_ASCII);
    private static final int INDEX_BYTES_MAX = 64 << 20;
    private static final int STORED_BYTES_MAX = 2 * Page.RAW_BYTES_MAX;
    private static final int INDEX_STORED_BYTES_MAX = INDEX_BYTES_MAX + INDEX_BYTES_MAX / 100;

    /// No page but the last has less: deflate makes of 1,032 bytes one at best (zlib's technical details), and a page
    /// that is not the last was full. So what an index needs in memory is bounded by the bytes that came.
    static final int PAGE_BYTES_MIN = Page.HEAD_BYTES + Page.RAW_BYTES / 1_032;

    /// 16 GB of rows. Each takes some 100 bytes of memory.
    private static final int PAGES_MAX = 1 << 20;

    private static final int PAGES_KEPT = 32;
    private static final int KEPT_BYTES_MAX = 4 * Page.RAW_BYTES;

    private final Path file;
    private final @Nullable Seal seal;
    private final List<Place> places;
    private final boolean replaces;
    private final @Nullable Total total;
    private final long changes;

    /// Each page that is kept, at the rest of its number: no lock between readers.
    private final AtomicReferenceArray<@Nullable Kept> kept = new AtomicReferenceArray<>(PAGES_KEPT);

    private volatile boolean closed;

    private Layer(
            Path file, @Nullable Seal seal, List<Place> places, boolean replaces, @Nullable Total total, long changes) {
        this.file = file;
        this.seal = seal;
        this.places = places;
        this.replaces = replaces;
        this.total = total;
        this.changes = changes;
    }

    /// What all rows of the version are, with this layer. Before its time a sealed layer alone has it, and nobody can
    /// try a guess of the rows against it.
    ///
    /// @param root the digest of the set hash of all rows
    /// @param rows how many keys they have
    public record Total(Digest root, long rows) {

        static final int BYTES = Digest.BYTES + Long.BYTES;
    }

    /// Where a page lies.
    record Place(long at, int length, Key first) {}

    private record Kept(int number, Page page) {}

    static byte[] magic(boolean sealed) {
        return sealed ? SEALED : OPEN;
    }

    static int indexBytes(List<Place> places) {
        long bytes = 1 + Long.BYTES + Total.BYTES;
        for (Place place : places) {
            bytes += 2L * Integer.BYTES + place.first().bytes().length;
        }
        if (bytes > INDEX_BYTES_MAX || places.size() > PAGES_MAX) {
            throw new IllegalStateException("a layer's index has at most " + INDEX_BYTES_MAX + " bytes and " + PAGES_MAX
                    + " pages, this has " + bytes + " and " + places.size() + ": it names too many keys");
        }
        return (int) bytes;
    }

    /// Whether the layer in this file is sealed.
    public static boolean isSealed(Path path) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(path)) {
            return isSealed(file);
        }
    }

    private static boolean isSealed(SeekableByteChannel file) throws IOException {
        byte[] magic = read(file, 0, OPEN.length);
        if (!Arrays.equals(magic, OPEN) && !Arrays.equals(magic, SEALED)) {
            throw new DamagedLayer("it does not begin like a layer");
        }
        return Arrays.equals(magic, SEALED);
    }

    /// Opens the layer in this file.
    ///
    /// @param seal needed when it is sealed, else not looked at
    /// @throws DamagedLayer when it is cut, changed, or does not open with this key
    public static Layer open(Path path, @Nullable Seal seal) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(path)) {
            boolean sealed = isSealed(file);
            if (sealed && seal == null) {
                throw new DamagedLayer("it is sealed, and there is no key for it yet");
            }
            long size = file.size();
            int length = ByteBuffer.wrap(read(file, size - Integer.BYTES, Integer.BYTES))
                    .getInt();
            long at = size - Integer.BYTES - length;
            if (length < 0 || length > INDEX_STORED_BYTES_MAX || at < OPEN.length) {
                throw new DamagedLayer("its index has " + length + " bytes, and the whole " + size
                        + "; an index has at most " + INDEX_STORED_BYTES_MAX);
            }
            byte[] stored = read(file, at, length);
            byte[] index = Page.inflate(sealed && seal != null ? seal.open(INDEX, stored) : stored, INDEX_BYTES_MAX);
            return of(path, sealed ? seal : null, ByteBuffer.wrap(index), at);
        }
    }

    private static Layer of(Path file, @Nullable Seal seal, ByteBuffer index, long end) throws DamagedLayer {
        List<Place> places = new ArrayList<>();
        try {
            int flags = index.get();
            long changes = index.getLong();
            Total total = (flags & TOTAL) == 0 ? null : total(index);
            long at = OPEN.length;
            while (index.hasRemaining()) {
                int length = index.getInt();
                var first = new byte[Math.clamp(index.getInt(), 0, Key.BYTES_MAX)];
                index.get(first);
                int least = index.hasRemaining() ? PAGE_BYTES_MIN : Page.HEAD_BYTES;
                if (length < least || length > STORED_BYTES_MAX || at + length > end || places.size() == PAGES_MAX) {
                    throw new DamagedLayer("a page of " + length + " bytes at " + at + " of " + end);
                }
                var place = new Place(at, length, Key.ofBytes(first));
                if (!places.isEmpty() && places.getLast().first().compareTo(place.first()) >= 0) {
                    throw new DamagedLayer("its pages are not in order");
                }
                places.add(place);
                at += length;
            }
            if (at != end) {
                throw new DamagedLayer("its pages end at " + at + ", and its index begins at " + end);
            }
            return new Layer(file, seal, List.copyOf(places), (flags & REPLACES) != 0, total, changes);
        } catch (BufferUnderflowException e) {
            throw new DamagedLayer("its index ends in the middle", e);
        }
    }

    private static Total total(ByteBuffer index) {
        var root = new byte[Digest.BYTES];
        index.get(root);
        return new Total(new Digest(root), index.getLong());
    }

    /// Reads all of it.
    ///
    /// @throws DamagedLayer when it is not what its index says
    public void check() throws IOException {
        long found = 0;
        for (int i = 0; i < places.size(); i++) {
            found += page(i).size();
        }
        if (found != changes) {
            throw new DamagedLayer("it has " + found + " changes, and says that they are " + changes);
        }
    }

    /// Whether keys that it does not name are gone.
    public boolean replaces() {
        return replaces;
    }

    /// What all rows are with it, when it says so.
    public @Nullable Total total() {
        return total;
    }

    /// How many keys it names.
    public long changes() {
        return changes;
    }

    /// What holds for this key, or null when the layer says nothing of it.
    public @Nullable Rows find(Key key) throws IOException {
        int at = place(key);
        Rows found = at < 0 ? null : page(at).find(key);
        return found == null && replaces ? Rows.NONE : found;
    }

    /// The number of the page in which the key would be; -1 when it lies before all of them.
    private int place(Key key) {
        int low = 0;
        int high = places.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (places.get(middle).first().compareTo(key) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return low - 1;
    }

    /// Its changes in the order of keys, from this one on. Reading fails with an [UncheckedIOException].
    public Iterator<Change> from(Key key) {
        return new Changes(key);
    }

    /// All its changes in the order of keys. Reading fails with an [UncheckedIOException].
    public Iterator<Change> all() {
        return new Changes(Key.ofBytes(new byte[0]));
    }

    private final class Changes implements Iterator<Change> {

        private int nextPage;
        private @Nullable Page page;
        private int next;

        Changes(Key from) {
            nextPage = Math.max(0, place(from));
            turn();
            next = page == null ? 0 : page.from(from);
        }

        private void turn() {
            try {
                page = nextPage < places.size() ? page(nextPage++) : null;
                next = 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean hasNext() {
            if (page != null && next == page.size()) {
                turn();
            }
            return page != null;
        }

        @Override
        public Change next() {
            if (!hasNext() || page == null) {
                throw new NoSuchElementException();
            }
            return page.change(next++);
        }
    }

    private Page page(int number) throws IOException {
        Kept known = kept.get(number % PAGES_KEPT);
        if (known != null && known.number() == number) {
            return known.page();
        }
        if (closed) {
            throw new ClosedChannelException();
        }
        Place place = places.get(number);
        byte[] stored;
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            stored = read(channel, place.at(), place.length());
        }
        Page page = Page.decode(seal == null ? stored : seal.open(number, stored));
        boolean last = number + 1 == places.size();
        if (!page.key(0).equals(place.first())
                || (!last
                        && page.key(page.size() - 1)
                                        .compareTo(places.get(number + 1).first())
                                >= 0)) {
            throw new DamagedLayer("page " + number + " does not hold the keys that the index says");
        }
        if (page.bytes() <= KEPT_BYTES_MAX) {
            kept.set(number % PAGES_KEPT, new Kept(number, page));
        }
        return page;
    }

    private static byte[] read(SeekableByteChannel file, long at, int length) throws IOException {
        if (at < 0 || at + length > file.size()) {
            throw new DamagedLayer("it ends after " + file.size() + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        file.position(at);
        while (bytes.hasRemaining()) {
            if (file.read(bytes) < 0) {
                throw new DamagedLayer("it ends after " + file.size() + " bytes");
            }
        }
        return bytes.array();
    }

    /// From now on no more is read: who still uses it finds out.
    @Override
    public void close() {
        closed = true;
        for (int i = 0; i < PAGES_KEPT; i++) {
            kept.set(i, null);
        }
    }
}
