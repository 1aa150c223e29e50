package aiguillage.console.parties;

import aiguillage.console.web.Words;
import aiguillage.hub.directory.Country;
import aiguillage.hub.directory.Party;
import aiguillage.hub.directory.Region;
import aiguillage.hub.directory.Role;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Table;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Lines as a spreadsheet gives them, one a party, checked against a table. For one thread.
///
/// Columns are separated by `;` or a tab: party, brands, roles, country, region; a first line that names them may
/// have them in another order. Several brands or roles are separated by commas or blanks.
final class PastedLines {

    static final int LINES_MAX = 10_000;

    private final Table table;
    private final Words words;
    private final Map<PartyId, Integer> first = new HashMap<>();

    enum Column {
        PARTY,
        BRANDS,
        ROLES,
        COUNTRY,
        REGION;

        private static @Nullable Column named(String cell) {
            return switch (cell.strip().toLowerCase(Locale.ROOT)) {
                case "party", "id", "partie" -> PARTY;
                case "brands", "brand", "marques", "marque" -> BRANDS;
                case "roles", "role", "rôles", "rôle" -> ROLES;
                case "country", "pays" -> COUNTRY;
                case "region", "région" -> REGION;
                default -> null;
            };
        }
    }

    /// What a line comes to.
    enum Kind {
        FAULTY,
        CHANGED,
        NEW,
        SAME
    }

    /// One line.
    ///
    /// @param number counted from 1, the line of names too
    /// @param why what is wrong or different, and what to do; empty for the others
    /// @param wanted null when it is faulty
    record Line(
            int number,
            String party,
            Kind kind,
            String why,
            @Nullable Wanted wanted) {}

    PastedLines(Table table, Words words) {
        this.table = table;
        this.words = words;
    }

    /// Each line that says something, in order.
    ///
    /// @throws Refused when there are too many
    List<Line> check(String pasted) {
        List<String> lines = pasted.lines().limit(LINES_MAX + 1L).toList();
        if (lines.size() > LINES_MAX) {
            throw words.refused(Problem.BAD_REQUEST, "parties.bulk.too-many", LINES_MAX);
        }
        var found = new ArrayList<Line>();
        List<Column> columns = List.of(Column.values());
        for (int i = 0; i < lines.size(); i++) {
            List<String> cells = Arrays.stream(lines.get(i).split("[;\t]", -1))
                    .map(PastedLines::unquoted)
                    .toList();
            if (lines.get(i).isBlank()) {
                continue;
            }
            List<Column> named = found.isEmpty() ? names(cells) : List.of();
            if (!named.isEmpty()) {
                columns = named;
            } else {
                found.add(line(i + 1, columns, cells));
            }
        }
        return found;
    }

    private static String unquoted(String cell) {
        String text = cell.strip();
        boolean isQuoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return isQuoted ? text.substring(1, text.length() - 1).strip() : text;
    }

    /// The columns that a first line names; none when it names none.
    private static List<Column> names(List<String> cells) {
        List<Column> named =
                cells.stream().map(Column::named).filter(Objects::nonNull).toList();
        return named.size() == cells.size() && Set.copyOf(named).size() == named.size() && named.contains(Column.PARTY)
                ? named
                : List.of();
    }

    private Line line(int number, List<Column> columns, List<String> cells) {
        var values = new EnumMap<Column, String>(Column.class);
        for (int i = 0; i < Math.min(columns.size(), cells.size()); i++) {
            values.put(columns.get(i), cells.get(i));
        }
        String name = values.getOrDefault(Column.PARTY, "");
        if (cells.size() > columns.size()) {
            return faulty(number, name, words.of("parties.bulk.columns", cells.size(), columns.size()));
        }
        Wanted wanted;
        try {
            wanted = wanted(values);
        } catch (IllegalArgumentException e) {
            return faulty(number, name, String.valueOf(e.getMessage()));
        }
        Integer before = first.putIfAbsent(wanted.id(), number);
        if (before != null) {
            return faulty(number, name, words.of("parties.bulk.twice", before));
        }
        return compared(number, wanted);
    }

    private static Line faulty(int number, String party, String why) {
        return new Line(number, party, Kind.FAULTY, why, null);
    }

    private Line compared(int number, Wanted wanted) {
        Party known = table.party(wanted.id()).orElse(null);
        String name = wanted.id().value();
        if (known == null) {
            return new Line(number, name, Kind.NEW, "", wanted);
        }
        return wanted.isAs(known)
                ? new Line(number, name, Kind.SAME, "", wanted)
                : new Line(number, name, Kind.CHANGED, words.of("parties.bulk.changed", said(known)), wanted);
    }

    private static String said(Party known) {
        return joined(known.brands()) + "; " + joined(known.roles()) + "; "
                + (known.country() == null ? "" : known.country()) + "; " + known.region();
    }

    private static String joined(Collection<?> names) {
        return String.join(", ", names.stream().map(Object::toString).sorted().toList());
    }

    /// @throws IllegalArgumentException with what is wrong and what to do
    private Wanted wanted(Map<Column, String> values) {
        PartyId id = one(values, Column.PARTY, PartyId::new, "parties.bulk.party");
        SortedSet<Brand> named = many(values, Column.BRANDS, Brand::new, Comparator.comparing(Brand::value));
        for (Brand brand : named) {
            if (!table.brands().contains(brand)) {
                throw new IllegalArgumentException(words.of("parties.bulk.no-brand", brand.value()));
            }
        }
        SortedSet<Role> roles = many(values, Column.ROLES, Role::new, Comparator.naturalOrder());
        Country country = values.getOrDefault(Column.COUNTRY, "").isEmpty()
                ? null
                : one(values, Column.COUNTRY, Country::new, "parties.bulk.country");
        Region region = one(values, Column.REGION, Region::new, "parties.bulk.region");
        return new Wanted(id, named, roles, country, region);
    }

    private <T> T one(Map<Column, String> values, Column column, Function<String, T> read, String fault) {
        String value = values.getOrDefault(column, "");
        try {
            return read.apply(column == Column.PARTY ? value : value.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(words.of(fault, value), e);
        }
    }

    private <T> SortedSet<T> many(
            Map<Column, String> values, Column column, Function<String, T> read, Comparator<T> order) {
        String value = values.getOrDefault(column, "");
        var all = new TreeSet<T>(order);
        try {
            Stream.of(value.split("[,\\s]+"))
                    .filter(name -> !name.isEmpty())
                    .forEach(name -> all.add(read.apply(name.toLowerCase(Locale.ROOT))));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    words.of(column == Column.BRANDS ? "parties.bulk.brands" : "parties.bulk.roles", value), e);
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException(
                    words.of(column == Column.BRANDS ? "parties.bulk.brands" : "parties.bulk.roles", value));
        }
        return all;
    }
}
