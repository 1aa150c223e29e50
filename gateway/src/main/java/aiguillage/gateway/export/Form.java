package aiguillage.gateway.export;

import aiguillage.dataset.schema.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a list becomes a file.
public sealed interface Form permits Csv, Star {

    /// What a file's name ends in.
    String ending();

    /// Begins a file.
    ///
    /// @param out closed with what is returned
    /// @throws IllegalArgumentException when rows of this schema cannot be written in this form
    Rows begin(OutputStream out, Schema schema, Title title) throws IOException;

    /// What a file is.
    ///
    /// @param document its name without the ending, `parts-prices-v17-since-v16`
    /// @param effective since when its version holds
    /// @param at now, by the hub's time
    /// @param withAction whether each row says what happened to it
    record Title(String document, Instant effective, Instant at, boolean withAction) {}

    /// The rows of a file; one is in memory at a time.
    interface Rows extends Closeable {

        /// One row.
        ///
        /// @param cells in the schema's order; null where a cell is empty
        /// @param action what happened to it, or null in a whole list
        void write(List<@Nullable String> cells, @Nullable String action) throws IOException;

        /// After the last row; without it the file is not whole.
        void end() throws IOException;
    }
}
