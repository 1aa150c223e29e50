package aiguillage.dataset.source;

import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Dialect;
import aiguillage.dataset.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How a manufacturer writes the file that it publishes.
public sealed interface Format {

    /// How numbers and dates are written.
    Dialect dialect();

    /// How deltas name what becomes of a row, or null when only full lists come.
    @Nullable
    Actions actions();

    /// What a column is called in the file, where that is not its name.
    Map<String, String> names();

    /// Begins to read a file.
    ///
    /// @param in closed with the source
    /// @param delta whether it is a delta and not a full list
    /// @throws IllegalArgumentException when this format does not fit the schema, or is none for deltas
    /// @throws BadLine when the file does not even begin as it must
    default Source open(InputStream in, Schema schema, boolean delta) throws IOException {
        Actions actions = delta ? actions() : null;
        if (delta && actions == null) {
            throw new IllegalArgumentException("a delta came, and its format does not say where the action stands");
        }
        List<String> called = namesIn(schema, actions);
        return switch (this) {
            case Cells cells -> new Separated(in, cells, called, schema, actions);
            case Json _ -> new JsonLines(in, called, schema, actions);
            case Star _ -> new PriceList(in, called, schema, actions);
        };
    }

    /// What the columns are called in the file, in their order, and behind them the action.
    private List<String> namesIn(Schema schema, @Nullable Actions actions) {
        Set<String> unknown = new TreeSet<>(names().keySet());
        List<String> called = new ArrayList<>();
        for (Column column : schema.columns()) {
            unknown.remove(column.name());
            called.add(names().getOrDefault(column.name(), column.name()));
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "names in the file are declared for " + unknown + ", columns that the dataset does not have");
        }
        if (actions != null) {
            called.add(actions.name());
        }
        Set<String> seen = new HashSet<>();
        for (String name : called) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException("two columns are called \"" + name + "\" in the file");
            }
        }
        return called;
    }

    /// Lines of cells: CSV, TSV and what is like them.
    ///
    /// @param header whether the first line has the names of the columns, which then may stand in any order;
    ///     else they stand as in the schema, with the action behind them
    /// @param names what a column is called in the header, where that is not its name
    /// @param others whether there may be columns that the dataset does not have; they are passed over
    /// @param ended whether the last line, too, must have an end, so that a file that was cut off is noticed
    record Cells(
            Dialect dialect,
            boolean header,
            Map<String, String> names,
            boolean others,
            boolean ended,
            @Nullable Actions actions)
            implements Format {

        private static final String ASCII = "\n\r\";";

        public Cells {
            names = Map.copyOf(names);
            Charset charset = dialect.charset();
            byte[] ascii = ASCII.getBytes(StandardCharsets.US_ASCII);
            if (!charset.canEncode() || !Arrays.equals(ASCII.getBytes(charset), ascii)) {
                throw new IllegalArgumentException(charset
                        + " writes ends of lines in a way of its own: publish in UTF-8, ISO-8859-1 or windows-1252");
            }
        }
    }

    /// JSON Lines in UTF-8: an object per line, its members texts or numbers; an empty cell is null or left
    /// out.
    ///
    /// @param names what a column's member is called, where that is not the column's name
    record Json(Map<String, String> names, @Nullable Actions actions) implements Format {

        private static final Dialect DIALECT = new Dialect(',', false, StandardCharsets.UTF_8, false, "uuuu-MM-dd");

        public Json {
            names = Map.copyOf(names);
        }

        @Override
        public Dialect dialect() {
            return DIALECT;
        }
    }

    /// STAR's ShowPartsPriceList: a row per `PartsPriceListLine`.
    ///
    /// @param names for each column the path from the line to the element or attribute with its cell, as
    ///     [ElementPath] writes them; a path that begins with `PartsPriceListHeader` leads into the list's
    ///     header
    /// @param datePattern how days are written, as in [Dialect]: `uuuu-MM-dd'T'HH:mm:ssX` takes the day of a
    ///     time as it is written, in whatever zone
    record Star(
            Map<String, String> names,
            String datePattern,
            @Nullable Actions actions) implements Format {

        public Star {
            names = Map.copyOf(names);
            names.values().forEach(ElementPath::of);
            var _ = new Dialect(',', false, StandardCharsets.UTF_8, false, datePattern);
            if (actions != null) {
                var _ = ElementPath.of(actions.name());
            }
        }

        @Override
        public Dialect dialect() {
            return new Dialect(',', false, StandardCharsets.UTF_8, false, datePattern);
        }
    }
}
