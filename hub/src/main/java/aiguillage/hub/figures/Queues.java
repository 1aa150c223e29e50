package aiguillage.hub.figures;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What waited at one moment.
///
/// @param at that moment
/// @param flows by name, those whose mailboxes are not empty
public record Queues(Instant at, List<Queue> flows) {

    public Queues {
        flows = List.copyOf(flows);
    }

    /// The flow with the delivery that has waited longest.
    public static Optional<Queue> oldest(List<Queue> flows) {
        Queue oldest = null;
        Instant since = null;
        for (Queue queue : flows) {
            Queue.Oldest own = queue.oldest();
            if (own != null && (since == null || own.since().isBefore(since))) {
                oldest = queue;
                since = own.since();
            }
        }
        return Optional.ofNullable(oldest);
    }
}
