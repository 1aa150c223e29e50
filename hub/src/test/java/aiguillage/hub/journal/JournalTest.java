package aiguillage.hub.journal;

import static aiguillage.hub.testing.Documents.CENTRE;
import static aiguillage.hub.testing.Documents.DEALER;
import static aiguillage.hub.testing.Documents.HUB;
import static aiguillage.hub.testing.Documents.NOON;
import static aiguillage.hub.testing.Documents.accepted;
import static aiguillage.hub.testing.Documents.claim;
import static aiguillage.hub.testing.Documents.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.RocksStore;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.testing.MemoryStore;
import aiguillage.hub.yard.Outcome;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Checkpoint;
import aiguillage.protocol.proof.Leaf;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.Receipt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private final LedgerKey key = LedgerKey.generate("hub.example/ledger", new SecureRandom());

    @TempDir
    Path folder;

    private Journal journal(RocksStore store, Ledger ledger) {
        return new Journal(store, ledger, HUB, new SecureRandom(), entry -> {}, failure -> {
            throw new AssertionError(failure);
        });
    }

    @Test
    void everyEntryGetsTheNextPositionAndAReceiptThatVerifies() {
        try (RocksStore store = RocksStore.open(folder)) {
            var ledger = new Ledger(store, key, HUB);
            List<CompletableFuture<Applied>> all = new ArrayList<>();
            try (Journal journal = journal(store, ledger)) {
                for (int i = 1; i <= 2_000; i++) {
                    all.add(journal.append(claim("claim-" + i, "content " + i), payload("content " + i)));
                }
            }
            for (int i = 1; i <= 2_000; i++) {
                Applied applied = all.get(i - 1).join();
                assertThat(applied.outcome()).isEqualTo(new Outcome.Recorded(new Position(i)));
                byte[] receipt = applied.receipt().toJson().getBytes(StandardCharsets.UTF_8);
                assertThat(Receipt.verify(receipt, key.verifier()).facts()).containsEntry("id", "claim-" + i);
            }
        }
    }

    @Test
    void oneCommitIsSignedOnce() {
        try (RocksStore store = RocksStore.open(folder)) {
            List<CompletableFuture<Applied>> all = new ArrayList<>();
            try (Journal journal = journal(store, new Ledger(store, key, HUB))) {
                for (int i = 1; i <= 2_000; i++) {
                    all.add(journal.append(claim("claim-" + i, "content"), payload("content")));
                }
            }
            long signatures = all.stream()
                    .map(applied -> applied.join().receipt().checkpoint())
                    .distinct()
                    .count();
            long commits = 0;
            try (Store.Scan rows = store.scan(Table.LEAVES, Key.of(1), Key.of(Long.MAX_VALUE))) {
                while (rows.next()) {
                    commits++;
                }
            }
            assertThat(signatures).isEqualTo(commits).isLessThan(2_000);
        }
    }

    @Test
    void equalEntriesHaveUnlikeLeavesAndReceiptsKeepTheSecondSalt() {
        var entry = new Entry.DocumentRefused(NOON, DEALER, "x", "opel/x", null, "payload-invalid", "line 3");
        try (RocksStore store = RocksStore.open(folder)) {
            var ledger = new Ledger(store, key, HUB);
            List<byte[]> remainders = new ArrayList<>();
            try (Journal journal = journal(store, ledger)) {
                for (long i = 1; i <= 2; i++) {
                    String receipt = journal.append(entry).join().receipt().toJson();
                    byte[] stored = Objects.requireNonNull(store.get(Table.ENTRIES, Key.of(i)));
                    String first = Base64.getEncoder().encodeToString(Arrays.copyOf(stored, Leaf.SALT_BYTES));
                    byte[] second = Arrays.copyOfRange(stored, Leaf.SALT_BYTES, EntryCodec.SALTS_BYTES);
                    assertThat(receipt)
                            .contains(first)
                            .doesNotContain(Base64.getEncoder().encodeToString(second))
                            .doesNotContain(HexFormat.of().formatHex(second));
                    remainders.add(ledger.leaf(new Position(i), stored).remainder());
                }
            }
            assertThat(remainders.getFirst())
                    .as("the same entry, hidden by another salt")
                    .isNotEqualTo(remainders.getLast());
        }
    }

    @Test
    void theReceiptIsTheSameBytesForEver() {
        List<String> first = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            try (RocksStore store = RocksStore.open(folder)) {
                var ledger = new Ledger(store, key, HUB);
                try (Journal journal = journal(store, ledger)) {
                    for (int i = 0; i < 300; i++) {
                        first.add(journal.append(claim("claim-" + round + "-" + i, "c"), payload("c"))
                                .join()
                                .receipt()
                                .toJson());
                    }
                }
                for (int i = 0; i < first.size(); i++) {
                    assertThat(ledger.receipt(new Position(i + 1)).toJson()).isEqualTo(first.get(i));
                }
            }
        }
    }

    /// A price list for every dealer is small, its rows are not: many of them make many commits.
    @Test
    void aCommitIsBoundedByTheReadersOfItsDocuments() {
        var parties = new PartyId[4_000];
        for (int i = 0; i < parties.length; i++) {
            parties[i] = new PartyId("dealer-" + i);
        }
        var store = new MemoryStore();
        var inCommit = new TreeMap<Long, Integer>();
        List<CompletableFuture<Applied>> all = new ArrayList<>();
        try (Journal journal =
                new Journal(store, new Ledger(store, key, HUB), HUB, new SecureRandom(), entry -> {}, failure -> {
                    throw new AssertionError(failure);
                })) {
            for (int i = 0; i < 40; i++) {
                all.add(journal.append(accepted("list-" + i, "prices", CENTRE, parties), payload("prices")));
            }
        }
        for (CompletableFuture<Applied> one : all) {
            byte[] receipt = one.join().receipt().toJson().getBytes(StandardCharsets.UTF_8);
            inCommit.merge(
                    Checkpoint.verified(Receipt.ofJson(receipt).checkpoint(), key.verifier())
                            .size(),
                    1,
                    Integer::sum);
        }
        assertThat(inCommit.values())
                .allSatisfy(documents ->
                        assertThat(documents).isLessThanOrEqualTo(Limits.USUAL.batchReaders() / parties.length + 1));
    }

    @Test
    void whatWaitsIsBoundedByTheBytesOfItsEntriesToo() throws Exception {
        var parties = new PartyId[10_000];
        for (int i = 0; i < parties.length; i++) {
            parties[i] = new PartyId("dealer-" + "x".repeat(50) + i);
        }
        int fit = (int) (Limits.USUAL.waitingBytesOfParty()
                / EntryCodec.encode(accepted("list-1", "", CENTRE, parties)).length);
        var store = new MemoryStore();
        var told = new CompletableFuture<Throwable>();
        try (Journal journal =
                new Journal(store, new Ledger(store, key, HUB), HUB, new SecureRandom(), entry -> {}, told::complete)) {
            List<CompletableFuture<Applied>> all = new ArrayList<>();
            synchronized (store) { // no read, no write: the writer stands still
                for (int i = 0; i < fit + 3; i++) {
                    all.add(journal.append(accepted("list-" + i, "", CENTRE, parties)));
                }
                assertThat(all.getLast()).isCompletedExceptionally();
            }
            assertThatThrownBy(all.getLast()::join).hasCauseInstanceOf(JournalFull.class);
            all.getFirst().join();
        }
        assertThat(told).isNotDone();
    }

    /// I6: the readers of every document follow from the last table before it.
    @Test
    void aDocumentIsWrittenOnlyBehindTheTableThatRoutedIt() {
        var store = new MemoryStore();
        var first = new Entry.TableApplied(NOON, "one", Map.of(), "operator");
        for (long table = 1; table <= 3; table += 2) { // the second round is a start on the same store
            try (Journal journal =
                    new Journal(store, new Ledger(store, key, HUB), HUB, new SecureRandom(), entry -> {}, failure -> {
                        throw new AssertionError(failure);
                    })) {
                CompletableFuture<Applied> before = journal.append(claim("claim-" + table, "c"), null, table + 7);
                journal.append(first).join();
                CompletableFuture<Applied> behind =
                        journal.append(claim("claim-" + table, "c"), null, table == 1 ? 0 : 1);
                CompletableFuture<Applied> again = journal.append(claim("claim-" + table, "c"), null, table);
                assertThat(before.join().outcome()).isEqualTo(new Outcome.TableChanged());
                assertThat(behind.join().outcome()).isEqualTo(new Outcome.TableChanged());
                assertThat(again.join().outcome()).isEqualTo(new Outcome.Recorded(new Position(table + 1)));
            }
        }
    }

    @Test
    void aClosedJournalRefuses() {
        try (RocksStore store = RocksStore.open(folder)) {
            Journal journal = journal(store, new Ledger(store, key, HUB));
            journal.close();
            assertThatThrownBy(() -> journal.append(claim("claim-1", "a")).join())
                    .hasCauseInstanceOf(JournalStopped.class);
        }
    }
}
