package aiguillage.simulation.world;

import aiguillage.hub.delivery.Offers;
import aiguillage.hub.journal.Limits;
import aiguillage.hub.mailbox.Feed;
import java.util.random.RandomGenerator;

/// Limits that are far away in a hub and near in many runs: full queues, commits of one entry, writes of one event,
/// payloads that do not fit the event.
///
/// @param journal of the journal
/// @param rowsPerWrite of a feed
/// @param bytesPerWrite of a feed
/// @param inlineBytesMax of an event
record Rare(Limits journal, int rowsPerWrite, int bytesPerWrite, int inlineBytesMax) {

    private static final int PAYLOAD_BYTES = 120;

    static Rare drawn(RandomGenerator random) {
        Limits usual = Limits.USUAL;
        var journal = new Limits(
                random.nextBoolean() ? usual.batchEntries() : random.nextInt(1, 4),
                random.nextBoolean() ? usual.batchBytes() : random.nextInt(1, 2 * PAYLOAD_BYTES),
                random.nextBoolean() ? usual.batchReaders() : random.nextInt(1, 4),
                random.nextInt(3) > 0 ? usual.waitingEntries() : random.nextInt(1, 4),
                random.nextInt(3) > 0 ? usual.waitingBytes() : random.nextInt(32 * PAYLOAD_BYTES, 128 * PAYLOAD_BYTES),
                usual.waitingEntriesOfParty(),
                usual.waitingBytesOfParty(),
                random.nextBoolean() ? usual.unsignedCommits() : 1);
        return new Rare(
                journal,
                random.nextBoolean() ? Feed.Source.ROWS_PER_WRITE : random.nextInt(1, 3),
                random.nextBoolean() ? Feed.Source.BYTES_PER_WRITE : 1,
                random.nextInt(3) > 0 ? Offers.INLINE_BYTES_MAX : random.nextInt(1, PAYLOAD_BYTES));
    }
}
