package aiguillage.dataset.publish;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Dialect;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gathers what the columns of a file look like, or those of the rows in force as this file would write them. A
/// sample of the lines is enough. Not for several threads.
final class Profiles {

    /// With fewer lines, chance makes columns look like each other.
    static final int LINES_MIN = 50;

    private static final int CELLS_MAX = 2 * Schema.COLUMNS_MAX;

    /// All lines up to here are looked at, and then one in so many.
    private static final int ALL_UP_TO = 1_000;

    private static final int ONE_IN = 50;

    private final Schema schema;
    private final Dialect dialect;
    private final DateTimeFormatter dates;
    private final Set<String> dateForms = new HashSet<>();
    private final List<Set<String>> codes;
    private final List<Sum> sums = new ArrayList<>();
    private long lines;

    /// How many were passed over since one was looked at.
    private long passed;

    Profiles(Schema schema, Dialect dialect) {
        this.schema = schema;
        this.dialect = dialect;
        this.dates = DateTimeFormatter.ofPattern(dialect.datePattern(), Locale.ROOT);
        dateForms.add(form(written("2026-12-31")));
        dateForms.add(form(written("2026-01-01")));
        dateForms.removeIf(form -> form.chars().allMatch(c -> c == '9')); // such a date is a number like others
        this.codes = Profile.codes(schema).stream()
                .map(Type.Code::codes)
                .map(Set::copyOf)
                .toList();
    }

    /// Counts of one column.
    private final class Sum {
        private final long[] counts = new long[Profile.CODES + codes.size()];
        private long cells;
    }

    /// Whether the line with this number, from 1, is one of those that are looked at.
    static boolean isLookedAt(long number) {
        return number <= ALL_UP_TO || number % ONE_IN == 0;
    }

    /// A line of the file whose cells nobody needs to know.
    void pass() {
        lines++;
        passed++;
    }

    /// A line of the file, whether it is sound or not.
    void add(List<String> cells) {
        lines++;
        passed++;
        if (lines <= ALL_UP_TO || passed >= ONE_IN) {
            passed = 0;
            for (int i = 0; i < Math.min(cells.size(), CELLS_MAX); i++) {
                if (i == sums.size()) {
                    sums.add(new Sum());
                }
                count(cells.get(i), sums.get(i));
            }
        }
    }

    /// Some of the rows in force.
    void addAll(Iterator<Change> rows) {
        while (rows.hasNext()) {
            add(rows.next());
        }
    }

    /// Rows in force.
    void add(Change change) {
        if (lines < ALL_UP_TO || passed + 1 >= ONE_IN) {
            add(cells(change));
        } else {
            pass();
        }
    }

    private List<String> cells(Change change) {
        Iterator<String> key = change.key().cells().iterator();
        Row row = change.rows().list().getFirst();
        Iterator<@Nullable String> values = row.cells().iterator();
        List<String> cells = new ArrayList<>();
        for (Column column : schema.columns()) {
            boolean from = column.name().equals(schema.from());
            boolean to = column.name().equals(schema.to());
            String cell = column.key() ? key.next() : from ? day(row.from(), 0) : to ? day(row.to(), 1) : values.next();
            cells.add(cell == null ? "" : asWritten(column, cell));
        }
        return cells;
    }

    private @Nullable String day(@Nullable Instant instant, int daysBefore) {
        return instant == null
                ? null
                : LocalDate.ofInstant(instant, schema.zone())
                        .minusDays(daysBefore)
                        .toString();
    }

    private String asWritten(Column column, String canonical) {
        return switch (column.type()) {
            case Type.Date _ -> written(canonical);
            case Type.Decimal _ -> dialect.decimalComma() ? canonical.replace('.', ',') : canonical;
            case Type.Code _, Type.Text _ -> canonical;
        };
    }

    private String written(String day) {
        return ZonedDateTime.of(LocalDate.parse(day).atStartOfDay(), ZoneOffset.UTC)
                .format(dates);
    }

    private static String form(String text) {
        char[] form = text.toCharArray();
        for (int i = 0; i < form.length; i++) {
            char c = form[i];
            form[i] = Character.isDigit(c) ? '9' : Character.isLetter(c) ? 'a' : c;
        }
        return new String(form);
    }

    private void count(String cell, Sum sum) {
        sum.cells++;
        if (cell.isEmpty()) {
            sum.counts[Profile.EMPTY]++;
            return;
        }
        int digits = 0;
        int letters = 0;
        boolean numeric = true;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            digits += digit ? 1 : 0;
            letters += Character.isLetter(c) ? 1 : 0;
            numeric &= digit || ".,+- \u00a0\u202f".indexOf(c) >= 0;
        }
        boolean date = dateForms.contains(form(cell));
        sum.counts[Profile.DATES] += date ? 1 : 0;
        sum.counts[Profile.NUMBERS] += !date && numeric && digits > 0 ? 1 : 0;
        sum.counts[Profile.LETTERS] += letters > 0 ? 1 : 0;
        sum.counts[Profile.LENGTH] += digits + letters;
        for (int i = 0; i < codes.size(); i++) {
            sum.counts[Profile.CODES + i] += codes.get(i).contains(cell) ? 1 : 0;
        }
    }

    /// How many cells a line has at most.
    int columns() {
        return sums.size();
    }

    /// What the column at this place looks like, or null when too few lines were seen.
    @Nullable
    Profile at(int place) {
        if (place < 0 || place >= sums.size() || sums.get(place).cells < LINES_MIN) {
            return null;
        }
        Sum sum = sums.get(place);
        var traits = new double[sum.counts.length];
        long filled = sum.cells - sum.counts[Profile.EMPTY];
        for (int i = 0; i < traits.length; i++) {
            long of = i == Profile.EMPTY ? sum.cells : filled;
            traits[i] = of == 0 ? Double.NaN : (double) sum.counts[i] / of;
        }
        return new Profile(traits);
    }
}
