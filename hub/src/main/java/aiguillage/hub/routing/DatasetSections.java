package aiguillage.hub.routing;

import aiguillage.dataset.mark.Markable;
import aiguillage.dataset.publish.Guards;
import aiguillage.dataset.publish.Publication;
import aiguillage.dataset.publish.Then;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Dialect;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import aiguillage.dataset.source.Actions;
import aiguillage.dataset.source.Format;
import aiguillage.protocol.DatasetName;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Turns a dataset's section into what the hub works with.
final class DatasetSections {

    private DatasetSections() {}

    /// @throws IllegalArgumentException when its parts do not fit together; the message says how
    static Dataset dataset(DatasetName name, DatasetSection section) {
        var schema = new Schema(
                section.columns().stream().map(DatasetSections::column).toList(),
                section.effectiveFrom(),
                section.effectiveTo(),
                section.zone().id());
        for (String column : section.rows().keySet()) {
            if (schema.columns().stream().noneMatch(one -> one.name().equals(column))
                    || column.equals(schema.from())
                    || column.equals(schema.to())) {
                throw new IllegalArgumentException(
                        "`rows` names the column " + column + ", which is none of the dataset's keys and values");
            }
        }
        Guards guards = guards(section.guards());
        Map<String, Format> formats = formats(section);
        for (Format format : formats.values()) {
            var _ = new Publication(schema, format, guards); // refuses what does not fit the schema
        }
        DatasetSection.MarksSection marks = section.marks();
        return new Dataset(
                name,
                schema,
                new TreeSet<>(section.from()),
                new TreeSet<>(section.to()),
                new TreeMap<>(section.rows()),
                section.region(),
                formats,
                guards,
                section.staleAfter(),
                marks == null ? null : markable(schema, marks),
                new TreeSet<>(section.lookups().roles()),
                section.lookups().eachDay(),
                section.wholeListsEachDay());
    }

    private static Column column(DatasetSection.ColumnSection column) {
        Type type = switch (column.type()) {
            case TEXT -> new Type.Text(column.length());
            case DECIMAL -> new Type.Decimal(column.scale());
            case DATE -> new Type.Date();
            case CODE -> new Type.Code(column.codes());
        };
        return new Column(
                column.name(),
                type,
                column.key(),
                column.required(),
                column.sensitive(),
                column.language(),
                column.currency());
    }

    private static Map<String, Format> formats(DatasetSection section) {
        Map<String, Format> formats = new HashMap<>();
        DatasetSection.CsvSection csv = section.csv();
        if (csv != null) {
            var dialect = new Dialect(
                    csv.separator().character(), csv.quoted(), charset(csv.charset()), csv.decimalComma(), csv.dates());
            formats.put(
                    csv.separator() == DatasetSection.Separator.TAB ? Dataset.TSV : Dataset.CSV,
                    new Format.Cells(
                            dialect,
                            csv.header(),
                            csv.names(),
                            csv.otherColumns(),
                            csv.lastLineEnds(),
                            actions(csv.actions())));
        }
        DatasetSection.JsonSection json = section.json();
        if (json != null) {
            formats.put(Dataset.JSON_LINES, new Format.Json(json.names(), actions(json.actions())));
        }
        DatasetSection.StarSection star = section.star();
        if (star != null) {
            formats.put(Dataset.XML, new Format.Star(star.names(), star.dates(), actions(star.actions())));
        }
        return formats;
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException(
                    "the encoding " + name + " is not known: write UTF-8, ISO-8859-1 or" + " windows-1252", e);
        }
    }

    private static @Nullable Actions actions(DatasetSection.@Nullable ActionsSection actions) {
        return actions == null ? null : new Actions(actions.column(), actions.put(), actions.remove());
    }

    private static Guards guards(DatasetSection.GuardsSection guards) {
        Then then = guards.beyond() == DatasetSection.Beyond.HOLD ? Then.HOLD : Then.REFUSE;
        Map<String, BigDecimal> least = new HashMap<>();
        guards.least().forEach((column, amount) -> least.put(column, amount.value()));
        Map<String, Guards.Limit> changed = new HashMap<>();
        guards.changedMax().forEach((column, percent) -> changed.put(column, new Guards.Limit(percent.value(), then)));
        return new Guards(least, limit(guards.rowsMin(), then), limit(guards.removedMax(), then), changed);
    }

    private static Guards.@Nullable Limit limit(DatasetSection.@Nullable Amount amount, Then then) {
        return amount == null ? null : new Guards.Limit(amount.value(), then);
    }

    private static Markable markable(Schema schema, DatasetSection.MarksSection marks) {
        List<Markable.Text> texts = marks.texts().stream()
                .map(name -> new Markable.Text(name, language(schema, name)))
                .toList();
        return new Markable(schema, texts, marks.prices());
    }

    private static String language(Schema schema, String name) {
        return schema.columns().stream()
                .filter(column -> column.name().equals(name))
                .map(Column::language)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "`marks` names the column " + name + ": it needs a `language`, whose spellings are known"));
    }
}
