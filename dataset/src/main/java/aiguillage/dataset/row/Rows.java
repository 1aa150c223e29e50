package aiguillage.dataset.row;

import aiguillage.protocol.Digest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All rows of one key, as bytes: in order of time, no two of them at the same instant. Equal rows are equal
/// bytes.
///
/// Each row is one byte that says whether a beginning and an end follow, those (8 bytes each, ms since 1970),
/// the length of its cells, and the cells: each a length (0 for an empty one, else one more than its bytes) and
/// UTF-8. Lengths are LEB128.
public final class Rows {

    /// No rows: the key is not there.
    public static final Rows NONE = new Rows(new byte[0]);

    /// The most rows of one key.
    public static final int MAX = 1_000;

    /// The most bytes of all rows of one key.
    public static final int BYTES_MAX = 1 << 20;

    private static final int NUMBER_BYTES_MAX = 5;
    private static final int HEAD_BYTES_MAX = 1 + 2 * Long.BYTES + NUMBER_BYTES_MAX;
    private static final int HAS_FROM = 1;
    private static final int HAS_TO = 2;
    private static final long SECONDS_MAX = Long.MAX_VALUE / 1_000 - 1;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final Comparator<Row> BY_TIME =
            Comparator.comparing(Row::from, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final byte[] bytes;

    private Rows(byte[] bytes) {
        this.bytes = bytes;
    }

    /// @throws IllegalArgumentException when two hold at the same instant, or there are too many
    public static Rows of(List<Row> rows) {
        if (rows.size() > MAX) {
            throw new IllegalArgumentException("a key has at most " + MAX + " rows, this has " + rows.size());
        }
        List<Row> sorted = rows;
        if (rows.size() > 1) { // by far the most keys have one
            sorted = new ArrayList<>(rows);
            sorted.sort(BY_TIME);
        }
        for (int i = 1; i < sorted.size(); i++) {
            Instant end = sorted.get(i - 1).to();
            Instant begin = sorted.get(i).from();
            if (end == null || begin == null || begin.isBefore(end)) {
                throw new IllegalArgumentException("two rows hold at " + (begin == null ? "the same time" : begin));
            }
        }
        var out = new Writer();
        for (Row row : sorted) {
            out.row(row);
            if (out.length > BYTES_MAX) {
                throw new IllegalArgumentException("the rows of a key have at most " + BYTES_MAX + " bytes");
            }
        }
        return ofBytes(out.done());
    }

    /// One row.
    ///
    /// @param cells and before them room for what comes before cells
    static Rows of(@Nullable Instant from, @Nullable Instant to, Writer cells) {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new IllegalArgumentException("a row ends (" + to + ") behind its beginning (" + from + ")");
        }
        int end = cells.length;
        int count = end - HEAD_BYTES_MAX;
        int begin = HEAD_BYTES_MAX
                - Writer.numberBytes(count)
                - (from == null ? 0 : Long.BYTES)
                - (to == null ? 0 : Long.BYTES)
                - 1;
        if (end - begin > BYTES_MAX) {
            throw new IllegalArgumentException("the rows of a key have at most " + BYTES_MAX + " bytes");
        }
        cells.length = begin;
        cells.edges(from, to);
        cells.number(count);
        return ofBytes(Arrays.copyOfRange(cells.out, begin, end));
    }

    /// @param bytes as [#bytes()] gives them; not copied
    public static Rows ofBytes(byte[] bytes) {
        return bytes.length == 0 ? NONE : new Rows(bytes);
    }

    /// Rows that came from somewhere else.
    ///
    /// @throws IllegalArgumentException when these are not the bytes of any rows
    public static Rows checked(byte[] bytes) {
        check(bytes, 0, bytes.length);
        return ofBytes(bytes);
    }

    /// Looks at the bytes of rows that came from somewhere else, where they lie: one pass, nothing is decoded.
    ///
    /// @throws IllegalArgumentException when these are not the bytes of any rows
    public static void check(byte[] bytes, int from, int to) {
        new RowsCheck(bytes, from, to).run();
    }

    /// Not copied: not to be changed.
    public byte[] bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public List<Row> list() {
        List<Row> rows = new ArrayList<>();
        var in = new Reader(bytes);
        while (in.hasMore()) {
            rows.add(in.row());
        }
        return rows;
    }

    /// The row that holds at this instant, or null.
    public @Nullable Row at(Instant instant) {
        long millis = millis(instant);
        var in = new Reader(bytes);
        while (in.hasMore()) {
            Row row = in.rowAt(millis);
            if (row != null) {
                return row;
            }
        }
        return null;
    }

    /// The first instant behind this one at which [#at] answers otherwise, or null when it never does.
    public @Nullable Instant nextChange(Instant instant) {
        long millis = millis(instant);
        var in = new Reader(bytes);
        while (in.hasMore()) {
            int flags = in.flags();
            long from = (flags & HAS_FROM) == 0 ? Long.MIN_VALUE : in.time();
            boolean ends = (flags & HAS_TO) != 0;
            long to = ends ? in.time() : Long.MIN_VALUE;
            if (from > millis || to > millis) { // in order of time: the first edge behind it is the next one
                return Instant.ofEpochMilli(from > millis ? from : to);
            }
            in.passCells();
        }
        return null;
    }

    /// Rows begin and end at whole milliseconds, so that rounding down changes no comparison with them.
    private static long millis(Instant instant) {
        long second = instant.getEpochSecond();
        return Math.abs(second) < SECONDS_MAX ? instant.toEpochMilli() : second < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /// Gives the SHA-256 of each row with its key: what a [SetHash] adds up.
    public void eachDigest(Key key, Consumer<byte[]> taker) {
        var in = new Reader(bytes);
        MessageDigest sha = Digest.sha256();
        byte[] keyLength =
                ByteBuffer.allocate(Integer.BYTES).putInt(0, key.bytes().length).array();
        while (in.hasMore()) {
            int begin = in.at();
            in.skip();
            sha.update(keyLength);
            sha.update(key.bytes());
            sha.update(bytes, begin, in.at() - begin);
            taker.accept(sha.digest());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rows rows && Arrays.equals(bytes, rows.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return list().toString();
    }

    static final class Writer {

        private byte[] out = new byte[96];
        private int length;

        /// Leaves room for what comes before the cells of a row, and nothing else.
        void beginCells() {
            length = HEAD_BYTES_MAX;
        }

        void row(Row row) {
            edges(row.from(), row.to());
            int head = length;
            room(NUMBER_BYTES_MAX);
            length += NUMBER_BYTES_MAX; // their length comes before the cells, and is known behind them
            for (String cell : row.cells()) {
                cell(cell);
            }
            int cells = head + NUMBER_BYTES_MAX;
            int count = length - cells;
            length = head;
            number(count);
            System.arraycopy(out, cells, out, length, count);
            length += count;
        }

        private void edges(@Nullable Instant from, @Nullable Instant to) {
            room(1 + 2 * Long.BYTES);
            out[length++] = (byte) ((from == null ? 0 : HAS_FROM) | (to == null ? 0 : HAS_TO));
            time(from);
            time(to);
        }

        private void time(@Nullable Instant time) {
            if (time != null) {
                LONG.set(out, length, time.toEpochMilli());
                length += Long.BYTES;
            }
        }

        private void cell(@Nullable String cell) {
            if (cell == null) {
                emptyCell();
            } else {
                byte[] text = cell.getBytes(StandardCharsets.UTF_8);
                cell(text, 0, text.length);
            }
        }

        void cell(byte[] text, int from, int count) {
            number(count + 1);
            append(text, from, count);
        }

        void emptyCell() {
            number(0);
        }

        private void number(int value) {
            room(NUMBER_BYTES_MAX);
            int rest = value;
            while (rest > 0x7f) {
                out[length++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            out[length++] = (byte) rest;
        }

        private static int numberBytes(int value) {
            int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(value));
            return (bits + 6) / 7;
        }

        private void append(byte[] bytes, int from, int count) {
            room(count);
            System.arraycopy(bytes, from, out, length, count);
            length += count;
        }

        private void room(int more) {
            if (length + more > out.length) {
                out = Arrays.copyOf(out, Math.max(2 * out.length, length + more));
            }
        }

        byte[] done() {
            return Arrays.copyOf(out, length);
        }
    }

    /// Reads bytes that are known to be rows.
    private static final class Reader {

        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean hasMore() {
            return at < bytes.length;
        }

        int at() {
            return at;
        }

        Row row() {
            int flags = flags();
            Instant from = (flags & HAS_FROM) == 0 ? null : Instant.ofEpochMilli(time());
            Instant to = (flags & HAS_TO) == 0 ? null : Instant.ofEpochMilli(time());
            int length = number();
            return new Row(from, to, cells(at + length));
        }

        /// The next row when it holds at this instant; else null, and it is passed over.
        @Nullable
        Row rowAt(long instant) {
            int begin = at;
            int flags = flags();
            boolean holds = (flags & HAS_FROM) == 0 || time() <= instant;
            holds &= (flags & HAS_TO) == 0 || instant < time();
            if (holds) {
                at = begin;
                return row();
            }
            passCells();
            return null;
        }

        void skip() {
            int flags = flags();
            at += Long.BYTES * Integer.bitCount(flags);
            passCells();
        }

        int flags() {
            return bytes[at++];
        }

        void passCells() {
            int length = number();
            at += length;
        }

        private List<@Nullable String> cells(int end) {
            List<@Nullable String> cells = new ArrayList<>();
            while (at < end) {
                int length = number() - 1;
                if (length < 0) {
                    cells.add(null);
                } else {
                    cells.add(new String(bytes, at, length, StandardCharsets.UTF_8));
                    at += length;
                }
            }
            return cells;
        }

        long time() {
            long time = (long) LONG.get(bytes, at);
            at += Long.BYTES;
            return time;
        }

        private int number() {
            int value = 0;
            int shift = 0;
            byte next = bytes[at++];
            while (next < 0) {
                value |= (next & 0x7f) << shift;
                shift += 7;
                next = bytes[at++];
            }
            return value | (next << shift);
        }
    }
}
