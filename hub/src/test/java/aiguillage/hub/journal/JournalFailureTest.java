package aiguillage.hub.journal;

import static aiguillage.hub.testing.Documents.CENTRE;
import static aiguillage.hub.testing.Documents.HUB;
import static aiguillage.hub.testing.Documents.accepted;
import static aiguillage.hub.testing.Documents.claim;
import static aiguillage.hub.testing.Documents.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.store.Changes;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.testing.MemoryStore;
import aiguillage.hub.yard.Outcome;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.LedgerKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// I1, when things break: a journal whose write or signature fails stops, says so once, and leaves nobody waiting.
@Timeout(30)
class JournalFailureTest {

    private static final int APPENDED = 5_000;

    private final LedgerKey key = LedgerKey.generate("hub.example/ledger", new SecureRandom());
    private final List<Throwable> told = new CopyOnWriteArrayList<>();
    private final FailingStore store = new FailingStore();

    /// A store whose disk refuses from some write on.
    private static final class FailingStore implements Store {

        private final MemoryStore memory = new MemoryStore();
        private volatile int writesLeft = Integer.MAX_VALUE;

        @Override
        public byte @Nullable [] get(Table table, byte[] key) {
            return memory.get(table, key);
        }

        @Override
        public Scan scan(Table table, byte[] from, byte[] to) {
            return memory.scan(table, from, to);
        }

        @Override
        public @Nullable Row last(Table table, byte[] from, byte[] to) {
            return memory.last(table, from, to);
        }

        @Override
        public synchronized void write(Changes changes) {
            if (writesLeft <= 0) {
                throw new IllegalStateException("the disk refuses");
            }
            writesLeft--;
            memory.write(changes);
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    private Journal journal(Consumer<Entry> listener) {
        return new Journal(store, new Ledger(store, key, HUB), HUB, new SecureRandom(), listener, told::add);
    }

    private static List<CompletableFuture<Applied>> appendMany(Journal journal) {
        var all = new ArrayList<CompletableFuture<Applied>>();
        for (int i = 1; i <= APPENDED; i++) {
            var sender = new PartyId("dealer-" + i % 5); // more than may wait of one
            all.add(journal.append(accepted("claim-" + i, "c", sender, CENTRE), payload("c")));
        }
        return all;
    }

    @Test
    void aWriteThatFailsStopsTheJournalAndNobodyIsLeftWaiting() throws Exception {
        store.writesLeft = 1;
        try (Journal journal = journal(entry -> {})) {
            List<CompletableFuture<Applied>> all = appendMany(journal);
            assertEachIsToldTheTruth(all);
            assertThat(journal.failure()).hasMessage("the disk refuses");
            assertThatThrownBy(() -> journal.append(claim("late", "c")).get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(JournalStopped.class)
                    .hasMessageContaining("the disk refuses");
        }
        assertThat(told).hasSize(1);
    }

    @Test
    void aNotaryThatFailsStopsTheJournalAndNobodyIsLeftWaiting() throws Exception {
        var recorded = new ArrayList<Entry>();
        try (Journal journal = journal(entry -> {
            recorded.add(entry);
            if (recorded.size() == 3) {
                throw new IllegalStateException("the listener refuses");
            }
        })) {
            assertEachIsToldTheTruth(appendMany(journal));
            assertThat(journal.failure()).hasMessage("the listener refuses");
        }
        assertThat(told).hasSize(1);
    }

    @Test
    void whatRacesWithTheCloseIsEitherWrittenOrRefused() throws Exception {
        for (int round = 0; round < 20; round++) {
            Journal journal = journal(entry -> {});
            var all = new ArrayList<CompletableFuture<Applied>>();
            int number = round;
            Thread appending = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 2_000; i++) {
                    all.add(journal.append(claim("race-" + number + "-" + i, "c")));
                }
            });
            journal.close();
            appending.join();
            assertEachIsToldTheTruth(all);
        }
        assertThat(told).isEmpty();
    }

    /// Every future completes; whoever was told "recorded" finds the entry in the store.
    private void assertEachIsToldTheTruth(List<CompletableFuture<Applied>> all) throws Exception {
        for (CompletableFuture<Applied> one : all) {
            Applied applied = one.handle((result, failure) -> {
                        if (failure != null) {
                            assertThat(failure).isInstanceOf(JournalStopped.class);
                        }
                        return result;
                    })
                    .get(10, TimeUnit.SECONDS);
            if (applied != null) {
                Position position = ((Outcome.Recorded) applied.outcome()).position();
                assertThat(store.get(Table.ENTRIES, aiguillage.hub.store.Key.of(position.value())))
                        .isNotNull();
            }
        }
    }
}
