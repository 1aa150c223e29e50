package aiguillage.console.prices;

import aiguillage.hub.dataset.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a version has come, reader by reader.
///
/// @param state the one that is listed; empty: all
/// @param next where those behind the last one are listed, or null
public record ReadersView(
        String dataset,
        String path,
        SpreadView spread,
        String state,
        List<Line> lines,
        @Nullable String next) {

    public ReadersView {
        lines = List.copyOf(lines);
    }

    /// One reader.
    ///
    /// @param has the version it said it has; null: it said nothing
    /// @param behind how long it has been behind, or null
    /// @param isStale whether its replica says by now that it may be old
    public record Line(
            String party,
            String state,
            @Nullable Long has,
            long told,
            @Nullable Instant heard,
            @Nullable Duration behind,
            boolean isStale) {

        static Line of(Rollout.Reader reader, String state, boolean isStale, Instant now) {
            Instant since = reader.behindSince();
            return new Line(
                    reader.party().value(),
                    state,
                    reader.has(),
                    reader.told(),
                    reader.heard(),
                    since == null ? null : Duration.between(since, now),
                    isStale);
        }
    }
}
