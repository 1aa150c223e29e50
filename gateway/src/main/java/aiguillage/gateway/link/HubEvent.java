package aiguillage.gateway.link;

import aiguillage.gateway.inbox.Delivery;
import aiguillage.gateway.replica.DatasetNews;
import aiguillage.protocol.Position;
import java.time.Duration;

/// What comes down the permanent stream.
public sealed interface HubEvent {

    /// A document for us.
    record Offered(Delivery delivery) implements HubEvent {}

    /// A document whose envelope cannot be read; it is rejected, so that it does not hold back the next.
    record Unreadable(Position position, String reason) implements HubEvent {}

    /// Something about datasets.
    record Told(DatasetNews news) implements HubEvent {}

    /// Nothing new; the hub is there.
    record Beat() implements HubEvent {}

    /// How long to wait before connecting again, should the line break.
    record ComeBackAfter(Duration delay) implements HubEvent {}

    /// The hub is about to stop.
    record Goodbye() implements HubEvent {}
}
