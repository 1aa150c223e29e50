package aiguillage.hub.journal;

/// How much the journal takes at once, and how much may wait. A hub has [#USUAL]; a simulation makes full queues and
/// tiny commits common, which in a hub are rare.
///
/// @param batchEntries the most entries in one commit
/// @param batchBytes a commit takes no further entry once its entries and payloads have this many bytes
/// @param batchReaders a commit takes no further entry once its documents have this many readers
/// @param waitingEntries the most entries that may wait; more are refused with [JournalFull], save the first of a party
/// @param waitingBytes the most bytes of entries and payloads that may wait
/// @param waitingEntriesOfParty the most entries of one party that may wait
/// @param waitingBytesOfParty the most bytes of one party's entries and payloads that may wait
/// @param unsignedCommits the most commits that are durable but not yet signed and told
public record Limits(
        int batchEntries,
        int batchBytes,
        int batchReaders,
        int waitingEntries,
        long waitingBytes,
        int waitingEntriesOfParty,
        long waitingBytesOfParty,
        int unsignedCommits) {

    public static final Limits USUAL = new Limits(512, 4 << 20, 10_000, 8_192, 64L << 20, 2_048, 16L << 20, 16);

    Lanes.Batch batch() {
        return new Lanes.Batch(batchEntries, batchBytes, batchReaders);
    }
}
