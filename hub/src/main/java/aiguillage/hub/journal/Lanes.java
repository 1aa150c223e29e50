package aiguillage.hub.journal;

import aiguillage.protocol.PartyId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What waits for the journal: one lane per party, taken in turn. Safe from any thread; the lock is held for a few
/// pointers, never over I/O, and nobody waits for a time.
///
/// **Fair.** A batch takes the first entry of each lane, then the second of each, and so on. So an entry waits for
/// the batch being written and for one entry of each other party ahead of its own, however much another party has
/// waiting. Within a lane the order is that of arrival.
///
/// **Bounded** for each party and in total. Who reaches its own bound is refused alone. The total is larger than
/// several parties' bounds together; beyond it a party with nothing waiting still finds a reserved place, so that a
/// few who fill the room do not shut out the many who send now and then.
final class Lanes {

    /// What became of an offer.
    enum Offer {
        /// It waits, and will be taken.
        WAITS,
        /// The party has too much waiting already.
        PARTY_FULL,
        /// All parties together have.
        FULL,
        /// Nothing is taken any more.
        CLOSED
    }

    /// How much may wait.
    ///
    /// @param entries at least 1
    /// @param heldBytes of entries and their payloads; a larger entry never finds room
    record Room(int entries, long heldBytes) {

        /// Room with a quarter more, for those who have nothing waiting.
        private Room withReserve() {
            return new Room(entries + (entries + 3) / 4, heldBytes + heldBytes / 4);
        }

        private boolean holds(long moreEntries, long morePayloadBytes) {
            return moreEntries <= entries && morePayloadBytes <= heldBytes;
        }
    }

    /// When a batch takes no further entry.
    ///
    /// @param entries it has so many
    /// @param bytes its entries and payloads have so many
    /// @param readers its documents have so many: each is some rows in memory
    record Batch(int entries, long bytes, int readers) {

        static final Batch ALL = new Batch(Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);
    }

    private final Room ofParty;
    private final Room ofAll;
    private final Room ofAllWithReserve;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition come = lock.newCondition();
    // All below is guarded by the lock.
    private final Map<PartyId, Lane> lanes = new HashMap<>();
    private final ArrayDeque<Lane> turns = new ArrayDeque<>();
    private int entries;
    private long heldBytes;
    private boolean awaited;
    private boolean closed;

    Lanes(Room ofParty, Room ofAll) {
        this.ofParty = ofParty;
        this.ofAll = ofAll;
        this.ofAllWithReserve = ofAll.withReserve();
    }

    /// One party's entries, in order of arrival. Exists only while something waits in it.
    private static final class Lane {

        private final PartyId party;
        private Place first;
        private Place last;
        private int entries;
        private long heldBytes;

        Lane(PartyId party, Place only) {
            this.party = party;
            this.first = only;
            this.last = only;
        }
    }

    private static final class Place {

        private final Waiting waiting;
        private @Nullable Place next;

        Place(Waiting waiting) {
            this.waiting = waiting;
        }
    }

    /// Adds an entry to its party's lane, unless a bound is reached. Never waits.
    Offer offer(PartyId party, Waiting waiting) {
        int bytes = waiting.bytes();
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            Lane lane = lanes.get(party);
            Room all = lane == null ? ofAllWithReserve : ofAll;
            if (!ofParty.holds(lane == null ? 1 : lane.entries + 1, bytes + (lane == null ? 0 : lane.heldBytes))) {
                return Offer.PARTY_FULL;
            }
            if (!all.holds(entries + 1L, heldBytes + bytes)) {
                return Offer.FULL;
            }
            add(party, lane, waiting);
            if (awaited) {
                awaited = false;
                come.signal();
            }
            return Offer.WAITS;
        } finally {
            lock.unlock();
        }
    }

    private void add(PartyId party, @Nullable Lane open, Waiting waiting) {
        var place = new Place(waiting);
        Lane lane = open;
        if (lane == null) {
            lane = new Lane(party, place);
            lanes.put(party, lane);
            turns.addLast(lane);
        } else {
            lane.last.next = place;
            lane.last = place;
        }
        lane.entries++;
        lane.heldBytes += waiting.bytes();
        entries++;
        heldBytes += waiting.bytes();
    }

    /// Waits until something waits, and takes a batch. For one thread only.
    ///
    /// @param batch gets the entries, in the order in which they are to be written
    /// @return false when closed and nothing waits any more
    boolean take(List<Waiting> batch, Batch most) throws InterruptedException {
        lock.lock();
        try {
            while (turns.isEmpty()) {
                if (closed) {
                    return false;
                }
                awaited = true;
                come.await();
            }
            takeWaiting(batch, most);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Takes a batch of what waits now, if anything does. Never waits.
    void drain(List<Waiting> batch, Batch most) {
        lock.lock();
        try {
            takeWaiting(batch, most);
        } finally {
            lock.unlock();
        }
    }

    private void takeWaiting(List<Waiting> batch, Batch most) {
        long bytes = 0;
        long readers = 0;
        for (int taken = 0; taken < most.entries() && bytes < most.bytes() && readers < most.readers(); taken++) {
            Lane lane = turns.pollFirst();
            if (lane == null) {
                return;
            }
            Waiting next = lane.first.waiting;
            batch.add(next);
            bytes += next.bytes();
            readers += next.readers();
            remove(lane, next.bytes());
        }
    }

    private void remove(Lane lane, int bytes) {
        Place second = lane.first.next;
        lane.entries--;
        lane.heldBytes -= bytes;
        entries--;
        heldBytes -= bytes;
        if (second == null) {
            lanes.remove(lane.party);
        } else {
            lane.first = second;
            turns.addLast(lane);
        }
    }

    /// From here on offers are refused; what waits can still be taken.
    void close() {
        lock.lock();
        try {
            closed = true;
            come.signal();
        } finally {
            lock.unlock();
        }
    }

    /// The number of entries that wait.
    int size() {
        lock.lock();
        try {
            return entries;
        } finally {
            lock.unlock();
        }
    }
}
