package aiguillage.hub.journal;

import static aiguillage.hub.testing.Documents.CENTRE;
import static aiguillage.hub.testing.Documents.HUB;
import static aiguillage.hub.testing.Documents.accepted;
import static aiguillage.hub.testing.Documents.claim;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.testing.MemoryStore;
import aiguillage.hub.testing.StandingStill;
import aiguillage.hub.yard.Outcome;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.LedgerKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// One party's flood holds up nobody else.
class FairJournalTest {

    @Test
    void anothersEntryIsInTheNextBatchHoweverMuchOnePartyHasWaiting() {
        var mayWrite = new CountDownLatch(1);
        var key = LedgerKey.generate("hub.example/ledger", new SecureRandom());
        var store = new StandingStill(new MemoryStore(), mayWrite);
        CompletableFuture<Applied> others;
        List<CompletableFuture<Applied>> flood = new ArrayList<>();
        try (var journal =
                new Journal(store, new Ledger(store, key, HUB), HUB, new SecureRandom(), entry -> {}, failure -> {
                    throw new AssertionError(failure);
                })) {
            for (int i = 0; i < 2 * Limits.USUAL.waitingEntriesOfParty(); i++) {
                flood.add(journal.append(claim("flood-" + i, "x")));
            }
            assertThat(flood.getLast())
                    .as("the flood is refused")
                    .failsWithin(java.time.Duration.ZERO)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            JournalFull.class,
                            full -> assertThat(full.isOfParty()).isTrue());
            others = journal.append(accepted("claim-1", "x", new PartyId("dealer-8"), CENTRE));
            mayWrite.countDown();
        }
        long position = ((Outcome.Recorded) others.join().outcome()).position().value();
        assertThat(position).isLessThanOrEqualTo(Limits.USUAL.batchEntries() + 2);
        long taken =
                flood.stream().filter(one -> !one.isCompletedExceptionally()).count();
        assertThat(taken)
                .isBetween(
                        (long) Limits.USUAL.waitingEntriesOfParty(),
                        (long) Limits.USUAL.waitingEntriesOfParty() + Limits.USUAL.batchEntries());
    }
}
