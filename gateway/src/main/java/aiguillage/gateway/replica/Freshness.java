package aiguillage.gateway.replica;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How far an answer of this moment can be relied on.
///
/// @param now the instant that the answer is for, unless another is asked for
/// @param isHubTime whether that is the hub's time; else the dealer's own clock
/// @param age for how long the hub has not confirmed that nothing newer exists; null when it has not since the start,
///     or since the computer slept
/// @param stale why it may be wrong or old, or null when it is neither
/// @param freshFor how long it stays fresh should the hub fall silent now; zero when it is stale
public record Freshness(
        Instant now,
        boolean isHubTime,
        @Nullable Duration age,
        @Nullable Stale stale,
        Duration freshFor) {

    /// Why an answer may be wrong or old.
    ///
    /// @param why a sentence for people
    public record Stale(Reason reason, String why) {}

    /// The kinds of it, the first that applies.
    public enum Reason {
        /// No version is here yet.
        NOTHING,
        /// The rows are not those of the signed root.
        DIFFERS,
        /// A version that is due cannot be read.
        UNREADABLE,
        /// The hub has not been heard since the gateway started, or since its computer slept.
        NOT_HEARD_SINCE_START,
        /// The hub has been silent for longer than the dataset allows.
        NOT_HEARD,
        /// The hub is there, and what it told could not be brought here for longer than that.
        BEHIND;

        /// As answers write it.
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
