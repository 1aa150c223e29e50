package aiguillage.dataset.publish;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.source.Format;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Makes versions of published files. Safe from any thread: nothing is kept between two of them.
public final class Publication {

    private final Schema schema;
    private final Format format;
    private final Guards guards;

    /// @throws IllegalArgumentException when the guards name columns that are no decimals
    public Publication(Schema schema, Format format, Guards guards) {
        guards.require(schema);
        this.schema = schema;
        this.format = format;
        this.guards = guards;
    }

    /// Checks a file, and makes a version of it when nothing speaks against that.
    ///
    /// @param in the file, unpacked; closed in any case
    /// @param delta whether it says what changes, and not all that there is
    /// @param folder for this publication alone; the layer and the file of offending lines are left in it,
    ///     and after a crash what else lies there may go
    /// @throws IllegalArgumentException when a delta comes and the format is none for deltas, or does not fit
    ///     the schema
    /// @throws IOException when reading or writing fails; whatever is wrong with the file itself is an
    ///     [Outcome]
    public Outcome publish(InputStream in, boolean delta, InForce inForce, Path folder) throws IOException {
        try (in;
                var findings = new Findings(schema, folder);
                var sorter = new Sorter(folder, Sorter.BYTES_MAX);
                var helper = new Helper()) { // closed first: it may still be reading
            return new Attempt(schema, format.dialect(), guards, inForce, folder, findings, helper)
                    .publish(in, format, delta, sorter);
        }
    }

    /// Makes a version of the rows of an earlier one. No guard rail stands in the way: they have been in
    /// force before.
    ///
    /// @param earlier all its keys in order, with their rows
    /// @param folder for this alone; the layer is left in it
    public Outcome restore(Iterator<Change> earlier, InForce inForce, Path folder) throws IOException {
        Stream<Change> changes = StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(earlier, Spliterator.ORDERED | Spliterator.NONNULL), false);
        Iterator<Checked> lines = changes.flatMap(change -> change.rows().list().stream()
                        .map(row -> new Checked(change.key(), 0, false, Rows.of(List.of(row)))))
                .iterator();
        try (var findings = new Findings(schema, folder);
                var helper = new Helper()) {
            return new Attempt(schema, format.dialect(), Guards.NONE, inForce, folder, findings, helper).restore(lines);
        }
    }
}
