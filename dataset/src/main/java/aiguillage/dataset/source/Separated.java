package aiguillage.dataset.source;

import aiguillage.dataset.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file of lines, behind its header if it has one.
final class Separated implements Source {

    private final Lines lines;
    private final Layout layout;

    /// @param in closed with this
    /// @param names of the columns in the header, and behind them the action's in a delta
    Separated(InputStream in, Format.Cells format, List<String> names, Schema schema, @Nullable Actions actions)
            throws IOException {
        this.lines = new Lines(in, format.dialect(), format.ended());
        this.layout = format.header()
                ? explained(read(lines.next(), names, schema, format.others()), format, actions)
                : Layout.byPosition(schema, actions, format.others());
    }

    /// Says of a header that cannot be used what may be behind it.
    private Layout explained(Layout read, Format.Cells format, @Nullable Actions actions) {
        Actions declared = format.actions();
        String encoding = lines.faultOfAll();
        if (read.faults().isEmpty()) {
            return read;
        }
        if (encoding != null) {
            return read.with("the header is in another encoding: " + encoding);
        }
        return actions == null && declared != null && read.header().contains(declared.name())
                ? read.with("\"" + Layout.shown(declared.name()) + "\" says in a delta what becomes of a row: did you"
                        + " mean --delta?")
                : read;
    }

    private static Layout read(@Nullable Item first, List<String> names, Schema schema, boolean others) {
        return switch (first) {
            case null -> Layout.faulty(schema, "the file is empty; not even its header is there");
            case Unreadable unreadable -> Layout.faulty(schema, "the header cannot be read: " + unreadable.why());
            case Plain _ -> throw new AssertionError("nobody looks at a header");
            case Line line -> Layout.byHeader(line.cells(), names, schema, others);
        };
    }

    @Override
    public Layout layout() {
        return layout;
    }

    @Override
    public void glance(Glance glance) {
        lines.glance(glance);
    }

    @Override
    public @Nullable Item next() throws IOException {
        return lines.next();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
