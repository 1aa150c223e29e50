package aiguillage.hub.dataset;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.PartyId;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Turns to go through all rows of a dataset: few at a time, so that other work of the hub goes on beside it,
/// and one party after the other. **Each party waits or is served once**: whoever asked hundreds of times at
/// once would stand in the queue hundreds of times, and nobody else would get a list. Safe from any thread.
final class Turns {

    /// Whoever waits longer for its turn is asked to come back.
    static final int PATIENCE_SECONDS = 20;

    /// After how long a party asks again that has a turn, or waits for one.
    static final int AGAIN_SECONDS = 2;

    private final Semaphore free;

    /// Who waits or is served.
    private final Set<PartyId> parties = new HashSet<>();

    /// @param count how many are served at a time
    Turns(int count) {
        this.free = new Semaphore(count, true);
    }

    /// The turn of a party, which it does not wait for yet.
    Turn of(PartyId party) {
        return new Turn(party);
    }

    /// One party's turn. One thread's alone; closed in any case.
    final class Turn implements AutoCloseable {

        private final PartyId party;
        private boolean isInLine;
        private boolean isServed;

        private Turn(PartyId party) {
            this.party = party;
        }

        /// Takes the party's place in the line; does not wait.
        ///
        /// @throws Refused when it has one already
        void line() {
            if (isInLine) {
                return;
            }
            synchronized (parties) {
                isInLine = parties.add(party);
            }
            if (!isInLine) {
                throw new Refused(
                                Problem.TOO_MANY_REQUESTS,
                                "All rows of this dataset are being gone through for you, or will be next: one after the"
                                        + " other.")
                        .with("retryAfter", AGAIN_SECONDS);
            }
        }

        /// Waits until it is the party's turn.
        ///
        /// @throws Refused when that takes too long, too
        void await() {
            line();
            try {
                isServed = free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (!isServed) {
                throw new Refused(
                        Problem.JOURNAL_BUSY,
                        "All rows are being gone through for others; yours follow when you ask again.");
            }
        }

        @Override
        public void close() {
            if (isServed) {
                free.release();
                isServed = false;
            }
            if (isInLine) {
                synchronized (parties) {
                    parties.remove(party);
                }
                isInLine = false;
            }
        }
    }
}
