package aiguillage.dataset.row;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What holds for a key during a span of time.
///
/// @param from the first instant, in whole milliseconds, or null when it holds from ever
/// @param to the first instant after it, in whole milliseconds, or null when it has no end
/// @param cells the values' canonical texts in the schema's order, null where a cell is empty
public record Row(@Nullable Instant from, @Nullable Instant to, List<@Nullable String> cells) {

    private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    /// Written out: the annotation inside the list's type is lost from a compact constructor's class file.
    public Row(@Nullable Instant from, @Nullable Instant to, List<@Nullable String> cells) {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new IllegalArgumentException("a row ends (" + to + ") behind its beginning (" + from + ")");
        }
        requireMillis(from);
        requireMillis(to);
        this.from = from;
        this.to = to;
        this.cells = Collections.unmodifiableList(new ArrayList<>(cells));
    }

    /// As rows are written; an instant between two milliseconds would come back as another.
    private static void requireMillis(@Nullable Instant edge) {
        if (edge != null
                && (!edge.truncatedTo(ChronoUnit.MILLIS).equals(edge) || edge.isBefore(FIRST) || edge.isAfter(LAST))) {
            throw new IllegalArgumentException("a row begins and ends at whole milliseconds, not at " + edge);
        }
    }

    /// Whether it holds at this instant.
    public boolean holds(Instant at) {
        return (from == null || !at.isBefore(from)) && (to == null || at.isBefore(to));
    }
}
