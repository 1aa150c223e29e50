package aiguillage.hub.delivery;

import aiguillage.hub.entry.Delivery;
import aiguillage.protocol.Position;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The events of documents that have just gone to several readers. All of them get the same bytes at the same time,
/// and making those means decoding an entry that names each of them: for 6,500 readers a millisecond, 6,500 times.
/// What is older is made anew, since a payload may be removed. Safe from any thread.
final class Broadcasts {

    static final Duration KEPT = Duration.ofSeconds(5);

    /// The most events that are kept; each is as large as one write of a stream, at most.
    static final int EVENTS_MAX = 64;

    private final Map<Position, Made> events = new ConcurrentHashMap<>();

    private record Made(byte[] event, long nanos) {}

    /// The event of a delivery, or null when it was not made just now. Nobody changes it.
    byte @Nullable [] event(Delivery delivery) {
        Made made = events.get(delivery.position());
        return made == null || System.nanoTime() - made.nanos > KEPT.toNanos() ? null : made.event;
    }

    /// Keeps an event for the other readers of the same document.
    void made(Delivery delivery, byte[] event) {
        if (!delivery.position().equals(delivery.document())) {
            return; // released for one reader alone
        }
        if (events.size() >= EVENTS_MAX) {
            long now = System.nanoTime();
            events.values().removeIf(made -> now - made.nanos > KEPT.toNanos());
            if (events.size() >= EVENTS_MAX) {
                events.clear(); // readers that are far apart have little to share
            }
        }
        events.put(delivery.position(), new Made(event, System.nanoTime()));
    }
}
