package aiguillage.protocol;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/// Instants as people and programs write them, wherever one comes in from outside.
///
/// Years have four digits in RFC 3339, in UTC too: what was taken in can be handed on, kept in milliseconds, and
/// reckoned with. Java reads a billion years more, at whose end adding a second to an instant fails.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc3339#section-5.6">RFC 3339, 5.6</a>
public final class Rfc3339 {

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

    /// The last that can be written.
    public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Rfc3339() {}

    /// Reads an instant with its offset from UTC.
    ///
    /// @throws DateTimeException when it is none, or in a year outside of 0000 to 9999
    public static Instant instant(String text) {
        return require(OffsetDateTime.parse(text).toInstant());
    }

    /// The instant itself.
    ///
    /// @throws DateTimeException when it cannot be written
    public static Instant require(Instant instant) {
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new DateTimeException("years go from 0000 to 9999, in UTC too");
        }
        return instant;
    }
}
