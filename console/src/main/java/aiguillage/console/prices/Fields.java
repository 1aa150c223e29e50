package aiguillage.console.prices;

import aiguillage.console.web.Visit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Instants as people type them.
final class Fields {

    private Fields() {}

    /// An instant: as a browser's field for date and time has it, in the zone of the page; or with an offset
    /// from UTC (RFC 3339).
    ///
    /// @return null when nothing was typed
    static @Nullable Instant instant(Visit visit, @Nullable String text) {
        return text == null ? null : visit.instant(text).truncatedTo(ChronoUnit.MILLIS);
    }
}
