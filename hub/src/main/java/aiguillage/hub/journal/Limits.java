package aiguillage.hub.journal;

/// How much the journal takes at once, and how much may wait. A hub has [#USUAL]; a simulation makes full queues and
/// tiny commits common, which in a hub are rare.
///
/// @param batchEntries the most entries in one commit
/// @param batchPayloadBytes a commit takes no further entry once its payloads have this many bytes
/// @param waitingEntries the most entries that may wait; more are refused with [JournalFull], save the first of a party
/// @param waitingPayloadBytes the most bytes of payload that may wait
/// @param waitingEntriesOfParty the most entries of one party that may wait
/// @param waitingPayloadBytesOfParty the most bytes of one party's payloads that may wait
/// @param unsignedCommits the most commits that are durable but not yet signed and told
public record Limits(
        int batchEntries,
        int batchPayloadBytes,
        int waitingEntries,
        long waitingPayloadBytes,
        int waitingEntriesOfParty,
        long waitingPayloadBytesOfParty,
        int unsignedCommits) {

    public static final Limits USUAL = new Limits(512, 4 << 20, 8_192, 64L << 20, 2_048, 16L << 20, 16);
}
