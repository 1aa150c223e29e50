package aiguillage.hub.delivery;

import aiguillage.hub.entry.Delivery;
import aiguillage.hub.mailbox.Mailboxes.Place;
import aiguillage.hub.memory.Latest;
import aiguillage.protocol.PartyId;
import java.time.Instant;
import java.util.Optional;

/// Why what the hub itself hands over did not arrive yet, in memory alone: after a start it is learned anew.
/// Safe from any thread.
public final class Attempts {

    /// Of so many deliveries it is remembered; of more the oldest are forgotten.
    public static final int DELIVERIES_MAX = 10_000;

    /// Of so many parties it is remembered that nothing can be handed over to them.
    public static final int PARTIES_MAX = 10_000;

    private static final int DETAIL_CHARS_MAX = 500;

    private final Latest<Place, Attempt> deliveries = Latest.put(DELIVERIES_MAX);
    private final Latest<PartyId, Attempt> parties = Latest.put(PARTIES_MAX);

    /// What keeps a delivery from arriving.
    public enum Why {
        /// No connection to its reader: nothing else arrives there either.
        UNREACHABLE,
        /// It was sent, and the answer decides nothing.
        UNDECIDED,
        /// The certificate of the reader's gateway was revoked.
        REVOKED
    }

    /// The last attempt.
    ///
    /// @param count how many in a row failed
    /// @param detail as the log has it; partly another machine's words
    /// @param next when it is tried again
    public record Attempt(int count, Instant at, Why why, String detail, Instant next) {

        public Attempt {
            detail = detail.substring(0, Math.min(detail.length(), DETAIL_CHARS_MAX));
        }
    }

    /// A delivery did not arrive.
    public synchronized void failed(Delivery delivery, Attempt attempt) {
        deliveries.putLast(Place.of(delivery), attempt);
        parties.remove(delivery.reader());
    }

    /// Nothing arrives at a party.
    public synchronized void failed(PartyId reader, Attempt attempt) {
        parties.putLast(reader, attempt);
    }

    /// A delivery has arrived.
    public synchronized void arrived(Delivery delivery) {
        deliveries.remove(Place.of(delivery));
        parties.remove(delivery.reader());
    }

    /// Why a delivery has not arrived; empty when nothing is known against it.
    public synchronized Optional<Attempt> of(Delivery delivery) {
        Attempt party = parties.get(delivery.reader());
        return Optional.ofNullable(party == null ? deliveries.get(Place.of(delivery)) : party);
    }
}
