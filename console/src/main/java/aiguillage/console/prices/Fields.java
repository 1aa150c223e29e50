package aiguillage.console.prices;

import aiguillage.console.web.Visit;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.Rfc3339;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
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
        if (text == null) {
            return null;
        }
        try {
            return text.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})")
                    ? Rfc3339.instant(text).truncatedTo(ChronoUnit.MILLIS)
                    : Rfc3339.require(LocalDateTime.parse(text.replace(' ', 'T'))
                            .atZone(visit.look().zone())
                            .toInstant()
                            .truncatedTo(ChronoUnit.MILLIS));
        } catch (DateTimeException e) {
            throw new Refused(Problem.BAD_REQUEST, visit.words().of("prices.no-instant", text));
        }
    }
}
