package aiguillage.hub.journal;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.entry.VersionContent;
import aiguillage.hub.ledger.Edge;
import aiguillage.hub.ledger.Growth;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.ledger.Statements;
import aiguillage.hub.store.Changes;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Overlay;
import aiguillage.hub.store.RocksStore;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.testing.Documents;
import aiguillage.hub.testing.MemoryStore;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.hub.yard.NewestRow;
import aiguillage.hub.yard.Outcome;
import aiguillage.hub.yard.Yard;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Hash;
import aiguillage.protocol.proof.LedgerKey;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I5: the same journal gives the same views and the same head, in any store.
class DeterministicTest {

    private static final int ENTRIES = 1_200;
    private static final byte[] FIRST = {};
    private static final byte[] BEHIND_ALL = new byte[64];

    static {
        Arrays.fill(BEHIND_ALL, (byte) 0xff);
    }

    private final LedgerKey key = LedgerKey.generate("hub.example/ledger", new SecureRandom());

    @Test
    void theSameEntriesGiveTheSameViewsAndHeadOnDiskAndInMemory(@TempDir Path folder) {
        try (RocksStore disk = RocksStore.open(folder);
                var memory = new MemoryStore()) {
            write(disk);
            write(memory);
            requireEveryKind(disk);
            for (Table table : Table.values()) {
                assertThat(dump(disk, table)).as(table.name()).isEqualTo(dump(memory, table));
            }
            assertThat(new Ledger(disk, key, Documents.HUB).checkpoint())
                    .isEqualTo(new Ledger(memory, key, Documents.HUB).checkpoint());
        }
    }

    private static final Position FIRST_DOCUMENT = new Position(1);

    /// The same random story, written in the same batches, salts and all.
    private void write(Store store) {
        var random = new Random(4711);
        Edge empty = new Ledger(store, key, Documents.HUB).edge();
        var writer = new Writer(store, new Yard(Documents.HUB), new Statements(Documents.HUB), empty, new Random(99));
        var batch = new ArrayList<Waiting>();
        for (int i = 0; i < ENTRIES; i++) {
            Entry entry = entry(random, i, store);
            batch.add(new Waiting(entry, EntryCodec.encode(entry), null, Waiting.NO_TABLE, new CompletableFuture<>()));
            if (random.nextInt(7) == 0) {
                writer.commit(batch);
                batch.clear();
            }
        }
        writer.commit(batch);
    }

    /// Every kind of entry, most of them about what stands there; now and then one it knows, or too early.
    private static Entry entry(Random random, int number, Store store) {
        Delivery pending = delivery(random, store, Table.PENDING);
        Delivery rejected = delivery(random, store, Table.QUARANTINE);
        Instant now = Documents.NOON;
        return switch (number == 0 ? 99 : random.nextInt(34)) {
            case 0 -> Documents.claim("claim-" + random.nextInt(1, ENTRIES), "a");
            case 1 -> new Entry.PayloadRemoved(now.plus(Duration.ofDays(100L * random.nextInt(2))), FIRST_DOCUMENT);
            case 2 -> new Entry.CertificateRevoked(now, Integer.toHexString(number), "lost");
            case 3 -> new Entry.DocumentRefused(now, Documents.DEALER, "x", "y", null, "p", "r");
            case 4 -> new Entry.TableApplied(now, "brands: {}", Map.of(), "operator");
            case 5 -> new Entry.EnrolmentCodeIssued(now, Documents.DEALER, code(random), now.plusSeconds(60));
            case 6 -> new Entry.EnrolmentCodeVoided(now, Documents.DEALER, code(random), "lost");
            case 7 ->
                new Entry.CertificateIssued(
                        now, Documents.DEALER, Integer.toHexString(number), now, code(random), code(random));
            case 8 -> new Entry.DeliveryAcknowledged(now, pending);
            case 9, 10 -> new Entry.DeliveryRejected(now, pending, "r");
            case 11 -> new Entry.DeliveryReleased(now, rejected, "operator");
            case 12 -> new Entry.DeliveryReturned(now, rejected, "operator");
            case 13 -> new Entry.DeliveryExpired(now.plus(Duration.ofDays(15L * random.nextInt(2))), pending);
            case 14 -> published(random, number, store);
            case 15 ->
                new Entry.VersionHeld(now, PRICES, newest(store).standing(), now, false, content(number), "opel", "r");
            case 16 -> new Entry.HeldDiscarded(now, PRICES, held(random, store), "opel");
            case 17 ->
                new Entry.VersionWithdrawn(
                        now.plus(Duration.ofDays(random.nextInt(3))),
                        PRICES,
                        newest(store).last(),
                        "opel");
            case 18 -> new Entry.OperatorActed(now, "ada", "release", "s", "r");
            case 20, 21 ->
                new Entry.OperatorChanged(
                        now, person(random), "operate", Set.of(), random.nextInt(60) == 0, "operator");
            case 22 -> new Entry.OperatorInvited(now, person(random), code(random), now.plusSeconds(60), "operator");
            case 23 -> new Entry.OperatorKeyAdded(now, person(random), "key-" + random.nextInt(9), "k", "l", null);
            case 24 -> new Entry.OperatorKeyAdded(now, person(random), "key-" + number, "k", "l", code(random));
            case 25 -> new Entry.OperatorKeyRemoved(now, person(random), key(random), "operator");
            case 19 -> new Entry.SettingChanged(now, "maintenance", "v" + random.nextInt(2), "operator:ada");
            case 28 -> new Entry.PartySuspended(now, Documents.DEALER, "r", "operator:ada");
            case 29 -> new Entry.PartyResumed(now, Documents.DEALER, "r", "operator:ada");
            case 26, 27 -> repeated(random, number, store);
            default -> Documents.claim("claim-of-" + number, "b");
        };
    }

    /// One that has ended, or the one behind an entry that has ended none.
    private static Entry repeated(Random random, int number, Store store) {
        var ended = new Position(random.nextInt(1, number + 1));
        byte[] stored = store.get(Table.ENTRIES, Key.of(ended.value()));
        Delivery delivery =
                stored == null ? null : aiguillage.hub.document.Documents.delivery(EntryCodec.decodeStored(stored));
        return new Entry.DeliveryRepeated(
                Documents.NOON,
                delivery == null ? delivery(random, store, Table.PENDING) : delivery,
                ended,
                Documents.NOON.plus(Duration.ofDays(random.nextInt(3))),
                "operator:ada",
                "r");
    }

    private static String person(Random random) {
        return random.nextBoolean() ? "ada" : "bob";
    }

    private static Digest key(Random random) {
        return Digest.of(("key-" + random.nextInt(9)).getBytes(StandardCharsets.US_ASCII));
    }

    private static final DatasetName PRICES = DatasetName.of("opel/parts-prices");

    private static VersionContent content(int number) {
        Digest some = Digest.of(new byte[1]);
        return new VersionContent(Digest.of(new byte[] {(byte) number}), number, some, some, 1, 1, 1, 0, 0);
    }

    private static NewestRow newest(Store store) {
        byte[] row = store.get(Table.CURRENT, NewestRow.key(PRICES));
        return row == null ? NewestRow.NONE : NewestRow.decode(row);
    }

    /// The next version, or one that somebody else was quicker with.
    private static Entry published(Random random, int number, Store store) {
        NewestRow newest = newest(store);
        Instant effective = Documents.NOON.plus(Duration.ofDays(random.nextInt(3)));
        Position held = random.nextBoolean() ? held(random, store) : null;
        long from = random.nextInt(5) == 0 ? 0 : newest.standing();
        return new Entry.VersionPublished(
                Documents.NOON, PRICES, newest.last() + 1, from, effective, false, content(number), "opel", held, null);
    }

    /// One that waits for a second person, or one that never was.
    private static Position held(Random random, Store store) {
        var there = new ArrayList<Position>();
        try (Store.Scan scan = store.scan(Table.HELD, FIRST, BEHIND_ALL)) {
            while (scan.next()) {
                there.add(new Position(Key.lastNumber(scan.key())));
            }
        }
        return there.isEmpty() ? FIRST_DOCUMENT : there.get(random.nextInt(there.size()));
    }

    private static Digest code(Random random) {
        return Digest.of(new byte[] {(byte) random.nextInt(5)});
    }

    /// One that stands there, or one that never was.
    private static Delivery delivery(Random random, Store store, Table table) {
        var there = new ArrayList<Delivery>();
        try (Store.Scan scan = store.scan(table, FIRST, BEHIND_ALL)) {
            while (scan.next()) {
                there.add(DeliveryRow.decode(scan.key(), scan.value()).delivery());
            }
        }
        return there.isEmpty()
                ? new Delivery(
                        Documents.CENTRE,
                        Documents.CLAIMS,
                        new Position(ENTRIES + 1L),
                        new Position(ENTRIES + 1L),
                        Documents.DEALER,
                        new DocumentId("never"))
                : there.get(random.nextInt(there.size()));
    }

    @Test
    void theJournalOfARealRunGivesItsViewsAgain(@TempDir Path folder) throws Exception {
        live(folder);
        try (RocksStore lived = RocksStore.open(folder.resolve("data/store"));
                var replayed = new MemoryStore()) {
            replay(lived, replayed);
            for (Table table : Table.values()) {
                if (table != Table.PAYLOADS) { // payloads stand beside entries, not in them
                    assertThat(dump(lived, table)).as(table.name()).isEqualTo(dump(replayed, table));
                }
            }
            assertThat(new Ledger(replayed, key, Documents.HUB).checkpoint())
                    .isEqualTo(new Ledger(lived, key, Documents.HUB).checkpoint());
        }
    }

    /// The story is one only if everything happens in it.
    private static void requireEveryKind(Store store) {
        var kinds = new HashSet<Class<?>>();
        try (Store.Scan scan = store.scan(Table.ENTRIES, FIRST, BEHIND_ALL)) {
            while (scan.next()) {
                kinds.add(EntryCodec.decodeStored(scan.value()).getClass());
            }
        }
        assertThat(kinds).containsExactlyInAnyOrder(Entry.class.getPermittedSubclasses());
    }

    private static void live(Path folder) throws Exception {
        try (RunningHub hub = new RunningHub(folder);
                HttpClient dealer = hub.client("dealer-7");
                HttpClient centre = hub.client("opel-centre")) {
            for (int i = 0; i < 60; i++) {
                hub.submit(dealer, "dealer-7", "opel/warranty-claim", "claim-" + i % 50, "content " + i % 50);
            }
            dealer.send(
                    hub.submission("dealer-7", "opel/warranty-claim", "large", new byte[300_000])
                            .build(),
                    java.net.http.HttpResponse.BodyHandlers.ofString());
            hub.post(
                    centre,
                    "/v1/inbox/acknowledgements",
                    "{\"acknowledge\":[2,3,4,5],\"reject\":[{\"position\":6,\"reason\":\"r\"},"
                            + "{\"position\":7,\"reason\":\"r\"},{\"position\":8,\"reason\":\"r\"}]}");
            hub.post(centre, "/v1/inbox/quarantine/6/release", "");
            hub.post(centre, "/v1/inbox/quarantine/7/return", "");
            hub.post(centre, "/v1/inbox/acknowledgements", "{\"acknowledgeUpTo\":{\"position\":20}}");
            hub.operator("/operator/enrolments", "{\"party\":\"dealer-8\"}");
            hub.operator("/operator/revocations", "{\"serial\":\"abc\",\"reason\":\"lost\"}");
            hub.operator("/operator/flows", RunningHub.FLOWS + "# again\n");
        }
    }

    /// Applies every entry of one store, in order and in the same commits, to another.
    private static void replay(Store from, Store to) {
        var yard = new Yard(Documents.HUB);
        var ledger = new Ledger(from, LedgerKey.generate("x/y", new SecureRandom()), Documents.HUB);
        Edge edge = new Ledger(to, LedgerKey.generate("x/y", new SecureRandom()), Documents.HUB).edge();
        try (Store.Scan commits = from.scan(Table.LEAVES, FIRST, BEHIND_ALL)) {
            while (commits.next()) {
                var views = new Overlay(to);
                var leaves = new ArrayList<byte[]>();
                int size = commits.value().length / Hash.BYTES;
                for (int i = 0; i < size; i++) {
                    var position = new Position(edge.size() + 1 + i);
                    byte[] stored = Objects.requireNonNull(
                            from.get(Table.ENTRIES, Key.of(position.value())), () -> "a gap at " + position);
                    assertThat(yard.apply(position, EntryCodec.decodeStored(stored), views))
                            .isEqualTo(new Outcome.Recorded(position));
                    views.put(Table.ENTRIES, Key.of(position.value()), stored);
                    leaves.add(ledger.leaf(position, stored).hash());
                }
                Growth growth = Growth.of(edge, leaves);
                Changes changes = views.changes();
                Ledger.record(edge, leaves, growth, changes);
                to.write(changes);
                edge = growth.edge();
            }
        }
    }

    private static List<String> dump(Store store, Table table) {
        var rows = new ArrayList<String>();
        try (Store.Scan scan = store.scan(table, FIRST, BEHIND_ALL)) {
            while (scan.next()) {
                rows.add(HexFormat.of().formatHex(scan.key()) + " = "
                        + HexFormat.of().formatHex(scan.value()));
            }
        }
        return rows;
    }
}
