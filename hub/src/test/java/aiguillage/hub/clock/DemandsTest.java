package aiguillage.hub.clock;

import static aiguillage.hub.testing.Documents.HUB;
import static aiguillage.hub.testing.Documents.NOON;
import static aiguillage.hub.testing.Documents.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.document.Documents;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.health.HubMetrics;
import aiguillage.hub.journal.Applied;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.journal.JournalFull;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.mailbox.Mailboxes;
import aiguillage.hub.payload.Payloads;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.testing.MemoryStore;
import aiguillage.hub.yard.Due;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.LedgerKey;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is due is met, all of it, and nothing is left behind on disk.
@Timeout(60)
class DemandsTest {

    private static final PartyId DEALER = new PartyId("dealer-7");
    private static final Instant LATER = NOON.plus(Duration.ofDays(1));

    @TempDir
    Path folder;

    private MemoryStore store;
    private Journal journal;
    private Payloads payloads;

    @BeforeEach
    void open() throws Exception {
        store = new MemoryStore();
        var ledger = new Ledger(store, LedgerKey.generate("hub.example/ledger", new SecureRandom()), HUB);
        payloads = new Payloads(folder, new Random(7));
        journal = new Journal(store, ledger, HUB, new Random(7), entry -> {}, failure -> {
            throw new AssertionError(failure);
        });
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private Demands demands(Function<Entry, CompletableFuture<Applied>> append) {
        var documents = new Documents(store);
        return new Demands(store, append, new Mailboxes(store, documents), documents, payloads, new HubMetrics());
    }

    /// A document without readers whose keeping ends at noon.
    private CompletableFuture<Applied> accept(String id, Payload payload) {
        Entry.DocumentAccepted plain = accepted(id, "content", DEALER);
        return journal.append(new Entry.DocumentAccepted(
                plain.time(), plain.envelope(), payload, List.of(), NOON, NOON, plain.notices(), plain.keys(), null));
    }

    private Path acceptFile(String id) throws Exception {
        Payloads.Stored stored = payloads.store(new byte[] {1, 2, 3}, InputStream.nullInputStream(), 100, room -> {});
        accept(id, new Payload(stored.digest(), stored.bytes(), stored.file())).join();
        return payloads.path(stored.file());
    }

    private int due() {
        int due = 0;
        try (Store.Scan scan = store.scan(Table.DUE, new byte[] {0}, Due.behind(LATER))) {
            while (scan.next()) {
                due++;
            }
        }
        return due;
    }

    @Test
    void whatTheFullJournalDidNotTakeKeepsNothingElseOnDisk() throws Exception {
        Path first = acceptFile("film-1");
        Path second = acceptFile("film-2");
        List<Entry> asked = new ArrayList<>();
        Demands full = demands(entry -> {
            asked.add(entry);
            return asked.size() == 1
                    ? CompletableFuture.failedFuture(new JournalFull("too much waits", false))
                    : journal.append(entry);
        });
        assertThat(full.meet(LATER)).isEqualTo(1);
        assertThat(first).exists();
        assertThat(second).doesNotExist();
        assertThat(full.meet(LATER)).isEqualTo(1);
        assertThat(first).doesNotExist();
        assertThat(due()).isZero();
    }

    @Test
    void moreThanOneStepIsMetAtOnce() {
        Payload payload = accepted("any", "content", DEALER).payload();
        var appended = new ArrayList<CompletableFuture<Applied>>();
        for (int i = 0; i < 2 * Demands.AT_ONCE + 7; i++) {
            appended.add(accept("claim-" + i, payload));
        }
        appended.forEach(CompletableFuture::join);
        Demands demands = demands(journal::append);
        demands.meetAll(() -> LATER, () -> true);
        assertThat(due()).as("a hub that stops leaves the rest").isEqualTo(Demands.AT_ONCE + 7);
        demands.meetAll(() -> LATER, () -> false);
        assertThat(due()).isZero();
    }
}
