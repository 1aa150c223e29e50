package aiguillage.console.trouble;

import aiguillage.hub.delivery.Attempts.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One party's mailbox.
///
/// @param way how its deliveries leave
/// @param heard whether its reader is there
/// @param flows how much stands in it, of each flow
/// @param lines what is pending, in order of position
/// @param next the address of the next page; null: this is the last
/// @param wasTried whether it was just tried at once
public record MailboxView(
        String party,
        Way way,
        Heard heard,
        List<OfFlow> flows,
        List<Line> lines,
        @Nullable String next,
        boolean wasTried) {

    public MailboxView {
        flows = List.copyOf(flows);
        lines = List.copyOf(lines);
    }

    /// Who moves what waits.
    public enum Way {
        /// The hub, by AS4, to its address.
        PUSHED,
        /// The party, whenever it comes.
        FETCHED,
        /// Nobody: it is not in the flows file any more.
        UNKNOWN
    }

    public record OfFlow(String flow, long pending, long quarantined) {}

    /// @param attempt the last one that failed, or null
    public record Line(
            long position,
            String flow,
            String sender,
            String id,
            String document,
            Instant since,
            Duration age,
            Instant expires,
            @Nullable Attempt attempt) {}
}
