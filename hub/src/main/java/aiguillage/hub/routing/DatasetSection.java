package aiguillage.hub.routing;

import aiguillage.config.Quoted;
import aiguillage.config.Setting;
import aiguillage.hub.directory.Region;
import aiguillage.hub.directory.Role;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A dataset in the flows file: what its rows are, who publishes them, who sees which.
record DatasetSection(
        @Setting(
                text = "The roles that may publish, for the dataset's brand.",
                example = "manufacturer",
                oneOrMany = true)
        List<Role> from,

        @Setting(text = "The roles whose parties have a replica, for its brand.", example = "dealer", oneOrMany = true)
        List<Role> to,

        @Setting(
                text = "The columns, in the order of the file that publishes them.",
                example = "[{ name: part, type: text, key: true }, { name: price, type: decimal }]")
        List<ColumnSection> columns,

        @Setting(text = "The column with the first day on which a row holds.", example = "valid-from") @Nullable
        String effectiveFrom,

        @Setting(text = "The column with the last day on which a row holds.", example = "valid-to") @Nullable
        String effectiveTo,

        @Setting(text = "Where those days begin and end.", fallback = "UTC", example = "Europe/Paris")
        Zone zone,

        @Setting(
                text = "Which rows a party sees: by column the attribute of the party whose values its cell must be"
                        + " among; an empty cell is for all.",
                unit = "column: country, region or one of the party's `attributes`",
                fallback = "{}",
                example = "{ market: country, contract: contract }")
        Map<String, String> rows,

        @Setting(text = "Replicas are never held outside this region.", example = "eu") @Nullable
        Region region,

        @Setting(text = "Files of lines (CSV, TSV), when they are taken.", example = "{ separator: semicolon }")
        @Nullable
        CsvSection csv,

        @Setting(text = "JSON Lines, when they are taken.", example = "{ names: { part: partNumber } }") @Nullable
        JsonSection json,

        @Setting(
                text = "STAR's ShowPartsPriceList, when it is taken.",
                example = "{ names: { part: PartsProductItem/PartItemID } }")
        @Nullable
        StarSection star,

        @Setting(text = "What a publication must keep to, besides its columns.", fallback = "{}")
        GuardsSection guards,

        @Setting(
                text = "How long a gateway may not have heard its hub before its answers say that they are stale.",
                fallback = "1h",
                min = "1s",
                max = "400d")
        Duration staleAfter,

        @Setting(
                text = "Marks that trace a leaked copy to its reader.",
                example = "{ texts: [description], prices: [price] }")
        @Nullable
        MarksSection marks,

        @Setting(
                text = "Single rows looked up at the hub, also by parties without a replica.",
                fallback = "{}",
                example = "{ roles: [repairer], each-day: 200 }")
        LookupsSection lookups,

        @Setting(
                text =
                        "How often a reader may take all rows in a day: a replica does so once, and when it is repaired.",
                fallback = "20",
                min = "1",
                max = "1000")
        int wholeListsEachDay) {

    /// A column's type.
    enum ColumnType {
        TEXT,
        DECIMAL,
        DATE,
        CODE
    }

    /// A column.
    record ColumnSection(
            @Setting(text = "Its name.", example = "part") String name,

            @Setting(text = "What its cells are.", fallback = "text")
            ColumnType type,

            @Setting(text = "Whether it is part of the row's key.", fallback = "false")
            boolean key,

            @Setting(text = "Whether a cell must not be empty.", fallback = "false")
            boolean required,

            @Setting(text = "Whether its cells must never stand in a log or report.", fallback = "false")
            boolean sensitive,

            @Setting(text = "The language of its texts.", example = "fr") @Nullable
            String language,

            @Setting(text = "The currency of its amounts.", example = "EUR") @Nullable
            String currency,

            @Setting(text = "Of a text, the most characters.", fallback = "200")
            int length,

            @Setting(text = "Of a decimal, the digits behind the point.", fallback = "2")
            int scale,

            @Setting(text = "Of a code, the codes there are.", fallback = "[]", example = "[new, exchange]")
            List<String> codes) {}

    /// What separates the cells of a line.
    enum Separator {
        COMMA(','),
        SEMICOLON(';'),
        TAB('\t'),
        PIPE('|');

        private final char character;

        Separator(char character) {
            this.character = character;
        }

        char character() {
            return character;
        }
    }

    /// Lines of cells.
    record CsvSection(
            @Setting(text = "What separates cells.", fallback = "comma")
            Separator separator,

            @Setting(text = "Whether cells may stand in double quotes.", fallback = "true")
            boolean quoted,

            @Setting(text = "The encoding.", fallback = "UTF-8", example = "windows-1252")
            String charset,

            @Setting(text = "Whether decimals have a comma, as in 1.234,50.", fallback = "false")
            boolean decimalComma,

            @Setting(text = "How dates are written.", fallback = "uuuu-MM-dd", example = "dd.MM.uuuu")
            String dates,

            @Setting(
                    text = "Whether the first line names the columns; else they stand in the order declared.",
                    fallback = "true")
            boolean header,

            @Setting(
                    text = "What a column is called in that line, where that is not its name.",
                    fallback = "{}",
                    example = "{ part: Artikelnummer }")
            Map<String, String> names,

            @Setting(text = "Whether other columns may stand there too.", fallback = "false")
            boolean otherColumns,

            @Setting(
                    text = "Whether the last line must have an end, so that a file cut off is noticed.",
                    fallback = "true")
            boolean lastLineEnds,

            @Setting(text = "How a delta says what becomes of a row.", example = "{ column: action }") @Nullable
            ActionsSection actions) {}

    /// JSON Lines.
    record JsonSection(
            @Setting(
                    text = "What a column's member is called, where that is not its name.",
                    fallback = "{}",
                    example = "{ part: partNumber }")
            Map<String, String> names,

            @Setting(text = "How a delta says what becomes of a row.", example = "{ column: action }") @Nullable
            ActionsSection actions) {}

    /// ShowPartsPriceList.
    record StarSection(
            @Setting(
                    text = "For each column the path from the line to its element or attribute.",
                    example = "{ part: PartsProductItem/PartItemID }")
            Map<String, String> names,

            @Setting(text = "How dates are written.", fallback = "uuuu-MM-dd")
            String dates,

            @Setting(text = "How a delta says what becomes of a row.", example = "{ column: ActionCode }") @Nullable
            ActionsSection actions) {}

    /// What becomes of a delta's rows.
    record ActionsSection(
            @Setting(text = "The column, member or path with the action.", example = "action")
            String column,

            @Setting(text = "What stands there for a row that holds from now on.", fallback = "put")
            String put,

            @Setting(text = "What stands there for a row that does so no more.", fallback = "remove")
            String remove) {}

    /// What becomes of a publication beyond a guard.
    enum Beyond {
        HOLD,
        REFUSE
    }

    /// Guard rails.
    record GuardsSection(
            @Setting(
                    text = "The least that a decimal column may have; a line with less is in error.",
                    fallback = "{}",
                    example = "{ price: 0.01 }")
            Map<String, Amount> least,

            @Setting(text = "The fewest keys that a version may have.", example = "400000") @Nullable
            Amount rowsMin,

            @Setting(text = "The most keys, in percent, that may be gone at once.", example = "5") @Nullable
            Amount removedMax,

            @Setting(
                    text = "By how many percent a decimal may differ from what held before, at most.",
                    fallback = "{}",
                    example = "{ price: 30 }")
            Map<String, Amount> changedMax,

            @Setting(
                    text = "What becomes of a publication beyond these: held until a second person releases it, or"
                            + " refused.",
                    fallback = "hold")
            Beyond beyond) {}

    /// Marks.
    record MarksSection(
            @Setting(
                    text = "Text columns whose spelling nothing depends on.",
                    fallback = "[]",
                    example = "[description]")
            List<String> texts,

            @Setting(text = "All columns with an amount, which decoys need.", fallback = "[]", example = "[price]")
            List<String> prices) {}

    /// Lookups at the hub.
    record LookupsSection(
            @Setting(
                    text = "The roles that may look rows up, beside those that have a replica.",
                    fallback = "[]",
                    oneOrMany = true,
                    example = "[repairer]")
            List<Role> roles,

            @Setting(
                    text = "How many keys one party may look up in a day.",
                    fallback = "2000",
                    min = "0",
                    max = "1000000")
            int eachDay) {}

    /// A number, written with a point.
    record Amount(BigDecimal value) {

        private static final Pattern FORM = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,6})?");

        static Amount of(String text) {
            if (!FORM.matcher(text).matches()) {
                throw new IllegalArgumentException(Quoted.of(text) + " is not an amount: write a number, as in 0.5");
            }
            return new Amount(new BigDecimal(text));
        }
    }

    /// A time zone, by its name in the tz database.
    record Zone(ZoneId id) {
        static Zone of(String name) {
            try {
                return new Zone(ZoneId.of(name));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        Quoted.of(name) + " is not a time zone: write its name, as in Europe/Paris", e);
            }
        }
    }

    DatasetSection {
        TableFile.atLeastOne("from", from);
        TableFile.atLeastOne("to", to);
        if (csv == null && json == null && star == null) {
            throw new IllegalArgumentException(
                    "nothing could be published: declare how files are written with `csv`, `json` or `star`");
        }
    }
}
