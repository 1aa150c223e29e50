package aiguillage.gateway.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What became of one attempt to send a document.
public sealed interface Answer {

    /// An answer that ends the attempts.
    sealed interface Final extends Answer {}

    /// The hub has it.
    ///
    /// @param receipt the hub's receipt, JSON as received
    record Accepted(String receipt) implements Final {}

    /// It will never be accepted as it is.
    record Refused(Refusal refusal) implements Final {}

    /// Not now.
    ///
    /// @param reason for people
    /// @param after what the hub asked for in `Retry-After`, or null
    /// @param hubFailed the hub answered 500: perhaps it stumbles over this very document
    record Later(String reason, @Nullable Duration after, boolean hubFailed) implements Answer {}
}
