package aiguillage.hub.figures;

import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What stands in all mailboxes of one flow.
///
/// @param oldest null when nothing is pending
public record Queue(
        FlowName flow,
        long pending,
        long quarantined,
        @Nullable Oldest oldest) {

    /// The delivery that has waited longest.
    ///
    /// @param position its own
    /// @param since when it was put into the mailbox
    public record Oldest(PartyId reader, long position, Instant since) {}
}
