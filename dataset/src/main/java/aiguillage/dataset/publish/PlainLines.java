package aiguillage.dataset.publish;

import aiguillage.dataset.publish.Checker.Part;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.OneRow;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Dialect;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.source.Glance;
import aiguillage.dataset.source.Layout;
import aiguillage.dataset.source.Plain;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes rows of lines without decoding them, where nothing is to be said: the cells are as many as there
/// should be, none stands in quotes, and each is canonical as it stands. What it takes, [Checker] would take,
/// and makes the same row of it; all else is left to that. Not for several threads.
final class PlainLines implements Glance {

    private static final int LINE_BYTES_MAX = 16 << 10;
    private static final int FIRST_LETTERS = 0xc2;
    private static final int LAST_OF_TWO_BYTES = 0xdf;

    private final char separator;
    private final boolean quoted;

    /// Whether letters beyond ASCII are read here: in UTF-8, and when none of them separates cells.
    private final boolean letters;

    private final List<Place> places = new ArrayList<>();

    /// Where the cells of a line end.
    private final int[] ends;

    private final byte[] key = new byte[Key.BYTES_MAX];
    private final OneRow row = new OneRow();
    private int keyBytes;
    private @Nullable Instant from;
    private @Nullable Instant to;
    private long lines;

    /// @param layout of a full list, without a fault
    PlainLines(Schema schema, Dialect dialect, Layout layout, Map<String, BigDecimal> minimum) {
        this.separator = dialect.separator();
        this.quoted = dialect.quoted();
        this.letters = dialect.charset().equals(StandardCharsets.UTF_8) && separator < 0x80;
        this.ends = new int[layout.cells()];
        for (int i = 0; i < schema.columns().size(); i++) {
            Column column = schema.columns().get(i);
            BigDecimal least = minimum.get(column.name());
            var cell = new PlainCell(column, dialect, least != null, Checker.least(column, least));
            places.add(new Place(schema, column, layout.places().get(i), cell));
        }
    }

    /// A column, and where it stands.
    private static final class Place {

        private final Schema schema;
        private final Part part;
        private final boolean needed;
        private final int number;
        private final PlainCell cell;
        private byte[] day = new byte[0];
        private @Nullable Instant edge;

        Place(Schema schema, Column column, int number, PlainCell cell) {
            this.schema = schema;
            this.part = Checker.part(schema, column);
            this.needed = column.key() || column.required();
            this.number = number;
            this.cell = cell;
        }

        /// When the day that was taken begins, or ends.
        @SuppressWarnings("ReferenceEquality") // a cell gives the same array for the same day
        @Nullable
        Instant edge() {
            if (cell.text() != day) {
                day = cell.text();
                LocalDate date = LocalDate.parse(new String(day, StandardCharsets.US_ASCII));
                edge = part == Part.FROM ? schema.begin(date) : schema.end(date);
            }
            return edge;
        }
    }

    @Override
    public @Nullable Plain see(long number, byte[] bytes, int begin, int end, boolean ascii) {
        lines++;
        boolean isLookedAt = Profiles.isLookedAt(lines); // then its cells are needed
        if (isLookedAt || end - begin > LINE_BYTES_MAX || (!ascii && !letters) || !cut(bytes, begin, end)) {
            return null;
        }
        keyBytes = 0;
        from = null;
        to = null;
        row.begin();
        for (Place place : places) {
            int at = place.number == 0 ? begin : ends[place.number - 1] + 1;
            if (!take(place, bytes, at, ends[place.number])) {
                return null;
            }
        }
        if (from != null && to != null && !from.isBefore(to)) {
            return null;
        }
        Rows rows = row.rows(from, to);
        return new Plain(number, Key.ofBytes(Arrays.copyOf(key, keyBytes)), rows);
    }

    /// Finds the cells; false when there is anything but ASCII that can be printed and letters of two bytes, or
    /// when the cells are not as many as they should be.
    private boolean cut(byte[] bytes, int begin, int end) {
        int count = 0;
        int at = begin;
        while (at < end) {
            byte b = bytes[at];
            if (b == separator) {
                if (count == ends.length) {
                    return false;
                }
                ends[count++] = at;
            } else if (b < 0) {
                if (!isLetter(bytes, at, end)) {
                    return false;
                }
                at++;
            } else if (b < ' ' || b == 0x7f || (quoted && b == '"')) {
                return false;
            }
            at++;
        }
        if (count + 1 != ends.length) {
            return false;
        }
        ends[count] = end;
        return true;
    }

    /// Whether a character from U+00A0 to U+07FF begins here, none of which is white space that is stripped.
    private static boolean isLetter(byte[] bytes, int at, int end) {
        if (at + 1 == end) {
            return false;
        }
        int first = bytes[at] & 0xff;
        int second = bytes[at + 1] & 0xff;
        boolean goesOn = (second & 0xc0) == 0x80;
        boolean isControl = first == FIRST_LETTERS && second < 0xa0;
        return goesOn && !isControl && first >= FIRST_LETTERS && first <= LAST_OF_TWO_BYTES;
    }

    private boolean take(Place place, byte[] bytes, int begin, int end) {
        if (begin == end) {
            if (place.part == Part.VALUE) {
                row.emptyCell();
            }
            return !place.needed;
        }
        if (bytes[begin] == ' ' || bytes[end - 1] == ' ' || !place.cell.take(bytes, begin, end)) {
            return false;
        }
        PlainCell cell = place.cell;
        switch (place.part) {
            case KEY -> {
                return addToKey(cell.text(), cell.begin(), cell.end());
            }
            case FROM -> from = place.edge();
            case TO -> to = place.edge();
            case VALUE -> row.cell(cell.text(), cell.begin(), cell.end());
        }
        return true;
    }

    private boolean addToKey(byte[] text, int begin, int end) {
        int between = keyBytes == 0 ? 0 : 1;
        int length = end - begin;
        if (keyBytes + between + length > Key.BYTES_MAX) {
            return false;
        }
        if (between > 0) {
            key[keyBytes++] = Key.BETWEEN;
        }
        System.arraycopy(text, begin, key, keyBytes, length);
        keyBytes += length;
        return true;
    }
}
