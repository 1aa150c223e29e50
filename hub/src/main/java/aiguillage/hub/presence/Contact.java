package aiguillage.hub.presence;

import java.time.Instant;

/// Whether a party is there.
public sealed interface Contact {

    /// It holds a line open, or was heard within the last [Presence#CONNECTED_FOR].
    record Connected(Seen seen) implements Contact {}

    /// It was there.
    record Silent(Seen seen) implements Contact {}

    /// It was never heard since there is this hub.
    record Never() implements Contact {}

    /// Nothing was heard since the hub began to listen; what was before is not known.
    ///
    /// @param since then
    record Unknown(Instant since) implements Contact {}
}
