package aiguillage.hub.routing;

import aiguillage.config.Durations;
import aiguillage.dataset.publish.Guards;
import aiguillage.dataset.publish.Then;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Dialect;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import aiguillage.dataset.source.Actions;
import aiguillage.dataset.source.Format;
import aiguillage.hub.directory.Directory;
import aiguillage.hub.routing.TableDiff.Change;
import aiguillage.hub.routing.TableDiff.DatasetChange;
import aiguillage.hub.routing.TableDiff.DatasetRightChange;
import aiguillage.hub.routing.TableDiff.DatasetUse;
import aiguillage.hub.routing.TableDiff.Difference;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.PartyId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Compares the datasets of two tables, key by key as the flows file has them, and who publishes and reads
/// them.
final class DatasetChanges {

    private static final String NONE = "none";

    private DatasetChanges() {}

    static List<DatasetChange> between(Table old, Table next) {
        List<DatasetChange> changes = new ArrayList<>();
        for (DatasetName name : names(old, next)) {
            Dataset before = old.dataset(name).orElse(null);
            Dataset after = next.dataset(name).orElse(null);
            if (before == null) {
                changes.add(new DatasetChange(Change.ADDED, name, null));
            } else if (after == null) {
                changes.add(new DatasetChange(Change.REMOVED, name, null));
            } else {
                differences(changes, name, shown(before), shown(after));
            }
        }
        return List.copyOf(changes);
    }

    /// Who may publish, has a replica, or may look up, and could not before; or the other way round. Of lookups
    /// only where it is not the replica that comes or goes.
    static List<DatasetRightChange> rights(Table old, Table next) {
        List<DatasetRightChange> changes = new ArrayList<>();
        for (DatasetName name : names(old, next)) {
            for (DatasetUse use : DatasetUse.values()) {
                SortedSet<PartyId> gained = minus(holders(next, name, use), holders(old, name, use));
                SortedSet<PartyId> lost = minus(holders(old, name, use), holders(next, name, use));
                if (use == DatasetUse.LOOK_UP) {
                    gained = minus(gained, holders(next, name, DatasetUse.READ));
                    lost = minus(lost, holders(old, name, DatasetUse.READ));
                }
                add(changes, Change.ADDED, use, name, gained);
                add(changes, Change.REMOVED, use, name, lost);
            }
        }
        return List.copyOf(changes);
    }

    private static SortedSet<DatasetName> names(Table old, Table next) {
        var names = new TreeSet<DatasetName>();
        old.datasets().forEach(dataset -> names.add(dataset.name()));
        next.datasets().forEach(dataset -> names.add(dataset.name()));
        return names;
    }

    private static void add(
            List<DatasetRightChange> changes,
            Change change,
            DatasetUse use,
            DatasetName name,
            SortedSet<PartyId> parties) {
        if (!parties.isEmpty()) {
            changes.add(new DatasetRightChange(change, use, name, parties));
        }
    }

    private static SortedSet<PartyId> holders(Table table, DatasetName name, DatasetUse use) {
        Directory directory = table.directory();
        return table.dataset(name)
                .map(dataset -> switch (use) {
                    case PUBLISH -> dataset.publishers(directory);
                    case READ -> dataset.readers(directory);
                    case LOOK_UP -> dataset.askers(directory);
                })
                .orElseGet(TreeSet::new);
    }

    private static SortedSet<PartyId> minus(SortedSet<PartyId> some, SortedSet<PartyId> others) {
        var rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    /// Of what is there on one side alone, a column or how a format is written, the list it stands in tells.
    private static void differences(
            List<DatasetChange> changes, DatasetName name, Map<String, String> before, Map<String, String> after) {
        after.forEach((key, now) -> {
            String was = before.get(key);
            if (was != null && !now.equals(was)) {
                changes.add(new DatasetChange(Change.CHANGED, name, new Difference(key, now, String.valueOf(was))));
            }
        });
    }

    /// Every key of a dataset as it would be told to a person.
    private static Map<String, String> shown(Dataset dataset) {
        Schema schema = dataset.schema();
        var shown = new LinkedHashMap<String, String>();
        shown.put("from", dataset.from().toString());
        shown.put("to", dataset.to().toString());
        shown.put(
                "columns", schema.columns().stream().map(Column::name).toList().toString());
        schema.columns().forEach(column -> shown.put("columns." + column.name(), column(column)));
        shown.put("effective-from", orNone(schema.from()));
        shown.put("effective-to", orNone(schema.to()));
        shown.put("zone", schema.zone().getId());
        shown.put("rows", dataset.rows().toString());
        shown.put("region", orNone(dataset.region()));
        List.of("csv", "json", "star").forEach(format -> shown.put(format, NONE));
        dataset.formats().values().forEach(format -> format(shown, format));
        guards(shown, dataset.guards());
        shown.put("stale-after", Durations.shown(dataset.staleAfter()));
        shown.put("marks", orNone(dataset.marks()));
        shown.put("lookups.roles", dataset.lookups().toString());
        shown.put("lookups.each-day", Integer.toString(dataset.lookupsEachDay()));
        shown.put("whole-lists-each-day", Integer.toString(dataset.wholeListsEachDay()));
        return shown;
    }

    private static String column(Column column) {
        return column.type().name()
                + switch (column.type()) {
                    case Type.Text(int charsMax) -> ", length " + charsMax;
                    case Type.Decimal(int scale) -> ", scale " + scale;
                    case Type.Date() -> "";
                    case Type.Code(List<String> codes) -> ", codes " + codes;
                }
                + (column.key() ? ", key" : "")
                + (column.required() ? ", required" : "")
                + (column.sensitive() ? ", sensitive" : "")
                + (column.language() == null ? "" : ", language " + column.language())
                + (column.currency() == null ? "" : ", currency " + column.currency());
    }

    private static void format(Map<String, String> shown, Format format) {
        String key = switch (format) {
            case Format.Cells _ -> "csv";
            case Format.Json _ -> "json";
            case Format.Star _ -> "star";
        };
        shown.put(key, "taken");
        if (format instanceof Format.Cells cells) {
            Dialect dialect = cells.dialect();
            shown.put("csv.separator", separator(dialect.separator()));
            shown.put("csv.quoted", Boolean.toString(dialect.quoted()));
            shown.put("csv.charset", dialect.charset().name());
            shown.put("csv.decimal-comma", Boolean.toString(dialect.decimalComma()));
            shown.put("csv.header", Boolean.toString(cells.header()));
            shown.put("csv.other-columns", Boolean.toString(cells.others()));
            shown.put("csv.last-line-ends", Boolean.toString(cells.ended()));
        }
        shown.put(key + ".dates", format.dialect().datePattern());
        shown.put(key + ".names", new TreeMap<>(format.names()).toString());
        Actions actions = format.actions();
        shown.put(
                key + ".actions",
                actions == null ? NONE : actions.name() + " with " + actions.put() + " and " + actions.remove());
    }

    private static String separator(char character) {
        return Arrays.stream(DatasetSection.Separator.values())
                .filter(separator -> separator.character() == character)
                .findFirst()
                .map(separator -> separator.name().toLowerCase(Locale.ROOT))
                .orElseThrow();
    }

    private static void guards(Map<String, String> shown, Guards guards) {
        shown.put("guards.least", new TreeMap<>(guards.minimum()).toString());
        shown.put("guards.rows-min", limit(guards.rowsMin(), ""));
        shown.put("guards.removed-max", limit(guards.removedMax(), " %"));
        var changed = new TreeMap<String, String>();
        guards.changedMax().forEach((column, limit) -> changed.put(column, limit(limit, " %")));
        shown.put("guards.changed-max", changed.toString());
    }

    private static String limit(Guards.@Nullable Limit limit, String unit) {
        return limit == null
                ? NONE
                : limit.value().toPlainString() + unit + (limit.then() == Then.HOLD ? ", else held" : ", else refused");
    }

    private static String orNone(@Nullable Object value) {
        return value == null ? NONE : value.toString();
    }
}
