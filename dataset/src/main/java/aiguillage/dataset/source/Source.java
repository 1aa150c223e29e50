package aiguillage.dataset.source;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A published file, read once from its beginning to its end. Not for several threads.
public sealed interface Source extends Closeable permits Separated, JsonLines, PriceList {

    /// Where the columns stand in the cells of its lines.
    Layout layout();

    /// From now on lines are looked at before they are read, if there are any. At most once.
    default void glance(Glance glance) {
        // other documents than files of lines have none
    }

    /// What comes next, or null at the end.
    ///
    /// @throws BadLine when nothing behind can be read
    @Nullable
    Item next() throws IOException;
}
