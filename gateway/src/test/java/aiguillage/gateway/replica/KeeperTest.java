package aiguillage.gateway.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import aiguillage.dataset.replica.Found;
import aiguillage.dataset.replica.Health;
import aiguillage.dataset.replica.NotKnown;
import aiguillage.dataset.replica.RocksRowStore;
import aiguillage.dataset.replica.RowStore;
import aiguillage.dataset.replica.Version;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.gateway.disk.Disk;
import aiguillage.gateway.pace.Backoff;
import aiguillage.gateway.replica.Freshness.Reason;
import aiguillage.gateway.status.Trouble;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.status.Troubles;
import aiguillage.gateway.testing.BreakableRows;
import aiguillage.gateway.testing.GatewayScene;
import aiguillage.gateway.testing.TestDatasets;
import aiguillage.gateway.testing.WrappedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One replica, round by round: it is where its dataset stands, or it says that it is not (I7).
final class KeeperTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @TempDir
    private Path root;

    private final TestDatasets hub = new TestDatasets();
    private final Troubles troubles = new Troubles(hub::now);
    private final Disk disk = new WrappedDisk() {
        @Override
        public long usableBytes(Path folder) {
            return freeBytes;
        }

        @Override
        public void write(Path file, byte[] content) throws IOException {
            boolean tears = file.getFileName().toString().startsWith(torn);
            super.write(file, tears ? Arrays.copyOf(content, content.length / 2) : content);
            if (tears) {
                throw new IOException("killed half-way");
            }
        }
    };
    private Duration within = Duration.ZERO;
    private String torn = "nothing";
    private long freeBytes = Long.MAX_VALUE;
    private Instant steady = Instant.parse("2001-01-01T00:00:00Z");
    private Instant own = hub.now();
    private int looks;
    private HubClock clock;
    private Keeper keeper;

    @BeforeEach
    void begin() {
        clock = new HubClock(() -> own, () -> steady);
        keeper = keeper(clock);
    }

    @AfterEach
    void end() {
        keeper.close();
    }

    /// Another process has another clock.
    private Keeper keeper() {
        clock = new HubClock(() -> own, () -> steady);
        return keeper(clock);
    }

    private Keeper keeper(HubClock clock) {
        return keeper(clock, Opener.ROCKS);
    }

    private Keeper keeper(HubClock clock, Opener opener) {
        var around = new Around(
                hub,
                new LearnedKey("main", root, hub, disk, troubles),
                clock,
                disk,
                opener,
                1_000_000,
                Duration.ofDays(400),
                () -> new Backoff(Duration.ofMillis(10), Duration.ofSeconds(1), new Random(1)),
                () -> new Confirmation(within, new Random(1)),
                duration -> {
                    throw new AssertionError("a round waits for nothing");
                },
                troubles,
                () -> looks++);
        var mail = new Mail(clock);
        mail.ask();
        var kept = new KeptReplica(hub.subscription(), clock, mail);
        return new Keeper(Place.below(root, TestDatasets.NAME), kept, mail, around, null);
    }

    /// As a kill and a new start: nothing is left but the folder, and the hub is heard again.
    private void restart() {
        keeper.close();
        keeper = keeper();
    }

    private void heard() {
        clock.heard();
        clock.told(hub.now());
    }

    private void passes(Duration time) {
        steady = steady.plus(time);
        hub.now(hub.now().plus(time));
    }

    /// After a failure the hub is left alone for so long.
    private void rests() {
        passes(Duration.ofSeconds(1));
    }

    private void round(DatasetNews... news) throws InterruptedException {
        heard();
        for (DatasetNews one : news) {
            keeper.mail().add(one);
        }
        keeper.round();
    }

    private String price(String part) throws Exception {
        Found found = keeper.kept()
                .replica()
                .orElseThrow()
                .lookup(Key.of(List.of(part)), keeper.kept().freshness().now());
        return found.row() == null ? "-" : String.valueOf(found.row().cells().getLast());
    }

    private Health health() {
        return keeper.kept().replica().orElseThrow().health(hub.now());
    }

    private List<Kind> troubles() {
        return troubles.open().stream().map(Trouble::kind).toList();
    }

    private @Nullable Reason stale() {
        Freshness.Stale stale = keeper.kept().freshness().stale();
        return stale == null ? null : stale.reason();
    }

    @Test
    void theFirstListComesWhole() throws Exception {
        hub.publish("p1=10.00", "p2=20.00");
        round();
        assertThat(price("p1")).isEqualTo("10.00");
        assertThat(price("none")).isEqualTo("-");
        assertThat(health())
                .isInstanceOfSatisfying(
                        Health.Exact.class, it -> assertThat(it.proven()).isTrue());
        assertThat(stale()).isNull();
        assertThat(hub.calls()).containsExactly("versions after 0", "key", "layer of 1 from 0");
    }

    @Test
    void aVersionThatFitsIsTakenFromItsEventAlone() throws Exception {
        hub.publish("p1=10.00");
        round();
        hub.calls();
        hub.publish("p1=11.00");
        round(hub.came());
        assertThat(price("p1")).isEqualTo("11.00");
        assertThat(hub.calls()).isEmpty();
        round(hub.came()); // twice
        assertThat(hub.calls()).isEmpty();
        assertThat(troubles()).isEmpty();
    }

    @Test
    void someMomentsAfterAVersionCameTheHubIsToldThatItIsHereAndOnceAMinuteAtMost() throws Exception {
        within = Confirmation.WITHIN;
        restart();
        hub.publish("p1=10.00");
        round();
        assertThat(hub.calls()).contains("versions after 0");
        passes(Confirmation.EACH);
        round();
        assertThat(hub.calls()).containsExactly("versions after 1");
        hub.publish("p1=11.00");
        round(hub.came());
        passes(Confirmation.WITHIN);
        round();
        assertThat(hub.calls()).as("it was told a moment ago").isEmpty();
        passes(Confirmation.EACH);
        round();
        assertThat(hub.calls()).containsExactly("versions after 2");
        passes(Confirmation.EACH);
        round();
        assertThat(hub.calls()).isEmpty();
    }

    @Test
    void whenAVersionWasMissedTheHubIsAskedForBoth() throws Exception {
        hub.publish("p1=10.00");
        round();
        hub.calls();
        hub.publish("p1=11.00");
        hub.publish("p1=12.00");
        round(hub.came());
        assertThat(price("p1")).isEqualTo("12.00");
        assertThat(hub.calls()).containsExactly("versions after 1", "layer of 2 from 0", "layer of 3 from 0");
    }

    @Test
    void aDealerWhoWasAwayGoesOnWhereHeStopped() throws Exception {
        hub.publish("p1=10.00");
        round();
        restart();
        hub.publish("p1=11.00", "p2=20.00");
        hub.publish("p2=21.00");
        round();
        assertThat(price("p1")).isEqualTo("-");
        assertThat(price("p2")).isEqualTo("21.00");
        assertThat(keeper.kept().replica().orElseThrow().versions()).hasSize(3);
        assertThat(health())
                .isInstanceOfSatisfying(
                        Health.Exact.class, it -> assertThat(it.proven()).isTrue());
    }

    @Test
    void aGatewayKilledWhileItLearnsTheKeyLearnsItAtTheNextStart() throws Exception {
        hub.publish("p1=10.00");
        torn = "ledger-key";
        round();
        assertThat(stale()).isEqualTo(Reason.NOTHING);
        torn = "nothing";
        restart();
        round();
        assertThat(price("p1")).isEqualTo("10.00");
        assertThat(troubles()).isEmpty();
    }

    @Test
    void aDownloadThatBrokeGoesOnWhereItBrokeAfterARestartToo() throws Exception {
        hub.publish(many(5_000), hub.now(), false);
        hub.cutAfter(10_000);
        round();
        assertThat(troubles()).containsExactly(Kind.DATASET_NOT_FETCHED);
        restart();
        hub.calls();
        round();
        assertThat(hub.calls()).contains("layer of 1 from 10000");
        assertThat(price("part-17")).isEqualTo("17.00");
        assertThat(troubles()).isEmpty();
        assertThat(root.resolve("opel/parts-prices/coming")).isEmptyDirectory();
    }

    @Test
    void aHalfLayerThatIsDamagedIsFetchedAnew() throws Exception {
        hub.publish(many(5_000), hub.now(), false);
        hub.cutAfter(10_000);
        round();
        Path half;
        try (var files = Files.list(root.resolve("opel/parts-prices/coming"))) {
            half = files.findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(half);
        bytes[5_000] ^= 1;
        Files.write(half, bytes);
        rests();
        round();
        assertThat(half).doesNotExist();
        rests();
        round();
        assertThat(price("part-17")).isEqualTo("17.00");
    }

    private static SortedMap<Key, Rows> many(int count) {
        String[] prices = new String[count];
        var random = new Random(7);
        for (int i = 0; i < count; i++) {
            prices[i] = "part-" + i + "=" + i + ".00";
        }
        SortedMap<Key, Rows> rows = TestDatasets.prices(prices);
        // Something that does not compress, so that a layer has some bytes.
        for (int i = 0; i < count; i++) {
            rows.put(
                    Key.of(List.of("r-" + Long.toHexString(random.nextLong()))),
                    Rows.of(List.of(new Row(null, null, List.of(Long.toString(random.nextInt(100_000)))))));
        }
        return rows;
    }

    @Test
    void whatIsToComeHoldsAtTheHubsInstantWhateverTheDealersClockSays() throws Exception {
        own = hub.now().plus(Duration.ofHours(5)); // summer time, the wrong zone: it happens
        hub.publish("p1=10.00");
        hub.publish(TestDatasets.prices("p1=12.00"), hub.now().plus(Duration.ofHours(2)), false);
        round();
        assertThat(price("p1")).isEqualTo("10.00");
        passes(Duration.ofHours(2).minusMillis(1));
        heard();
        assertThat(price("p1")).isEqualTo("10.00");
        passes(Duration.ofMillis(1));
        assertThat(price("p1")).as("at the instant, without a round").isEqualTo("12.00");
    }

    @Test
    void beforeTheHubIsHeardNothingIsFoldedByTheDealersClock() throws Exception {
        hub.publish("p1=10.00");
        hub.publish(TestDatasets.prices("p1=12.00"), hub.now().plus(Duration.ofHours(2)), false);
        round();
        restart();
        own = hub.now().plus(Duration.ofDays(1));
        hub.down(true);
        keeper.round();
        assertThat(price("p1")).as("by his own clock").isEqualTo("12.00");
        assertThat(stale()).isEqualTo(Reason.NOT_HEARD_SINCE_START);
        assertThat(keeper.kept().replica().orElseThrow().base())
                .extracting(Version::number)
                .isEqualTo(1L);
        hub.down(false);
        hub.withdraw();
        rests();
        round();
        assertThat(price("p1")).as("it never held").isEqualTo("10.00");
    }

    @Test
    void aRowHoldsForItsDaysAlsoOnTheDayOnWhichClocksChange() throws Exception {
        LocalDate change = LocalDate.of(2026, 3, 29); // 23 hours
        Instant begin = change.atStartOfDay(PARIS).toInstant();
        Instant end = change.plusDays(1).atStartOfDay(PARIS).toInstant();
        assertThat(Duration.between(begin, end)).isEqualTo(Duration.ofHours(23));
        TreeMap<Key, Rows> rows = new TreeMap<>();
        Key key = Key.of(List.of("p1"));
        rows.put(
                key,
                Rows.of(List.of(
                        new Row(null, begin, List.of("10.00")),
                        new Row(begin, end, List.of("8.00")),
                        new Row(end, null, List.of("11.00")))));
        hub.now(begin.minusSeconds(60));
        hub.publish(rows, hub.now(), false);
        round();
        assertThat(price("p1")).isEqualTo("10.00");
        passes(Duration.ofSeconds(60));
        assertThat(price("p1")).isEqualTo("8.00");
        Found found = keeper.kept().replica().orElseThrow().lookup(key, hub.now());
        assertThat(found.until()).isEqualTo(end);
        assertThat(Cells.of(keeper.kept().subscription().schema(), key, Objects.requireNonNull(found.row())))
                .containsExactly("p1", "2026-03-29", "2026-03-29", "8.00");
        passes(Duration.ofHours(23).minusMillis(1));
        assertThat(price("p1")).isEqualTo("8.00");
        passes(Duration.ofMillis(1));
        assertThat(price("p1")).isEqualTo("11.00");
    }

    @Test
    void aSealedVersionOpensWithTheKeyOfItsEvent() throws Exception {
        hub.publish("p1=10.00");
        round();
        hub.publish(TestDatasets.prices("p1=12.00"), hub.now().plus(Duration.ofHours(1)), true);
        round(hub.came());
        assertThat(price("p1")).isEqualTo("10.00");
        passes(Duration.ofHours(1));
        hub.calls();
        round(hub.opened(2, 1));
        assertThat(price("p1")).isEqualTo("12.00");
        assertThat(hub.calls()).isEmpty();
    }

    @Test
    void aKeyThatDidNotComeIsAskedForWhenItIsDue() throws Exception {
        hub.publish("p1=10.00");
        hub.publish(TestDatasets.prices("p1=12.00"), hub.now().plus(Duration.ofHours(1)), true);
        round();
        restart();
        steady = steady.plus(Duration.ofHours(1)); // our estimate is ahead of the hub by some moments
        clock.heard();
        clock.told(hub.now().plus(Duration.ofHours(1)));
        assertThat(stale()).isEqualTo(keeper.kept().replica().isEmpty() ? Reason.NOTHING : Reason.UNREADABLE);
        Duration again = keeper.round();
        assertThat(again).isPositive();
        hub.now(hub.now().plus(Duration.ofHours(1)));
        hub.calls();
        round();
        assertThat(hub.calls()).contains("seal of 2");
        assertThat(price("p1")).isEqualTo("12.00");
        assertThat(stale()).isNull();
    }

    @Test
    void aWithdrawnVersionNeverHolds() throws Exception {
        hub.publish("p1=10.00");
        hub.publish(TestDatasets.prices("p1=12.00"), hub.now().plus(Duration.ofHours(1)), false);
        round();
        round(hub.withdraw());
        passes(Duration.ofHours(2));
        round();
        assertThat(price("p1")).isEqualTo("10.00");
        hub.publish("p1=13.00");
        round(hub.came());
        assertThat(price("p1")).isEqualTo("13.00");
    }

    @Test
    void withAnotherScopeEverythingComesAnewAndBackAgain() throws Exception {
        hub.publish("p1=10.00");
        round();
        for (String scope : List.of("country=fr", "*", "country=fr")) {
            hub.scope(scope);
            keeper.mail().stands(hub.now(), hub.subscription());
            round();
            assertThat(keeper.kept()
                            .replica()
                            .orElseThrow()
                            .versions()
                            .getLast()
                            .scope())
                    .isEqualTo(scope);
            assertThat(health()).isInstanceOf(Health.Exact.class);
        }
        assertThat(troubles()).isEmpty();
    }

    @Test
    void rowsThatDifferAreRepairedWithTheBucketsThatDoAndNoOthers() throws Exception {
        hub.publish(many(2_000), hub.now(), false);
        round();
        damage("part-17");
        hub.calls();
        assertThat(stale()).isNull(); // nobody has noticed
        keeper.kept().suspect();
        round();
        assertThat(hub.calls())
                .containsSubsequence("buckets of 1", "bucket of 1")
                .doesNotContain("layer of 1 from 0");
        assertThat(hub.calls()).isEmpty();
        assertThat(price("part-17")).isEqualTo("17.00");
        assertThat(health()).isInstanceOf(Health.Exact.class);
        assertThat(troubles()).isEmpty();
    }

    @Test
    void aRepairThatTheHubPutsOffIsDoneWhenItSays() throws Exception {
        hub.publish(many(2_000), hub.now(), false);
        round();
        damage("part-17");
        keeper.kept().suspect();
        hub.busy(Duration.ofSeconds(2)); // somebody of this party has its turn at the hub
        hub.calls();
        round();
        assertThat(hub.calls()).containsExactly("buckets of 1");
        assertThat(health()).isInstanceOf(Health.Differs.class);
        hub.busy(null);
        round();
        assertThat(hub.calls()).as("it is left alone").isEmpty();
        passes(Duration.ofSeconds(3));
        round();
        assertThat(hub.calls()).contains("buckets of 1", "bucket of 1").doesNotContain("layer of 1 from 0");
        assertThat(price("part-17")).isEqualTo("17.00");
        assertThat(troubles()).isEmpty();
    }

    @Test
    void whenBucketsAreOfNoUseAWholeListIsTaken() throws Exception {
        hub.publish("p1=10.00", "p2=20.00");
        hub.publish("p1=10.00", "p2=21.00");
        round();
        hub.publish("p1=10.00", "p2=22.00");
        round(hub.came());
        damage("p1");
        hub.sendWrongBuckets();
        keeper.kept().suspect();
        round();
        assertThat(price("p1")).isEqualTo("10.00");
        assertThat(health()).isInstanceOf(Health.Exact.class);
    }

    @Test
    void aBucketWithKeysOfOthersIsOfNoUseAndEndsNothing() throws Exception {
        hub.publish("p1=10.00", "p2=20.00", "p3=20.00");
        round();
        damage("p1");
        hub.sendForeignKeys();
        keeper.kept().suspect();
        round();
        rests();
        round();
        assertThat(price("p1")).isEqualTo("10.00");
        assertThat(health()).isInstanceOf(Health.Exact.class);
    }

    @Test
    void whatNobodyForesawIsTheTroubleOfItsDatasetAlone() throws Exception {
        hub.publish("p1=10.00");
        round();
        hub.failWith(new ArithmeticException("long overflow"));
        keeper.mail().ask();
        round(); // else its exception would stop the gateway, other brands too
        assertThat(troubles()).containsExactly(Kind.DATASET_NOT_FETCHED);
        assertThat(price("p1")).isEqualTo("10.00");
        hub.failWith(null);
        hub.publish("p1=11.00");
        rests();
        round();
        assertThat(price("p1")).isEqualTo("11.00");
        assertThat(troubles()).isEmpty();
    }

    /// As one does who has the hub's certificate, and of its statements only an old one.
    @Test
    void anOldSignedVersionIsNotTakenForTheNewest() throws Exception {
        hub.publish("p1=10.00");
        round();
        hub.publish("p1=11.00");
        round(hub.came());
        hub.withdraw(); // it held already: no hub takes that back
        keeper.mail().stands(hub.now(), hub.subscription());
        round();
        rests();
        round();
        rests();
        round();
        assertThat(price("p1")).isEqualTo("10.00");
        assertThat(stale()).isEqualTo(Reason.BEHIND);
        assertThat(troubles()).containsExactly(Kind.DATASET_NOT_FETCHED);
        restart();
        round();
        assertThat(stale()).isEqualTo(Reason.BEHIND);
        hub.publish("p1=12.00");
        keeper.mail().ask();
        round();
        assertThat(price("p1")).isEqualTo("12.00");
        assertThat(stale()).isNull();
        assertThat(troubles()).isEmpty();
    }

    @Test
    void aDatasetThatGoesAndComesBackIsNotOlderThanItWas() throws Exception {
        hub.publish("p1=10.00");
        hub.publish("p1=11.00");
        round();
        keeper.mail().drop();
        keeper.run(); // ends, since it is dropped
        hub.withdraw();
        keeper = keeper();
        round();
        assertThat(price("p1")).isEqualTo("10.00");
        assertThat(stale()).isEqualTo(Reason.BEHIND);
    }

    @Test
    void aVersionThatWasWithdrawnAheadOfItsTimeIsNotMissed() throws Exception {
        hub.publish("p1=10.00");
        round();
        hub.publish(TestDatasets.prices("p1=12.00"), hub.now().plus(Duration.ofHours(1)), false);
        round(hub.came());
        round(hub.withdraw());
        passes(Duration.ofHours(2));
        round();
        assertThat(price("p1")).isEqualTo("10.00");
        assertThat(stale()).isNull();
    }

    /// Who did not hear of the withdrawal takes it for one that holds, and must get over that.
    @Test
    void aVersionThatWasWithdrawnUnheardIsNotMissedEither() throws Exception {
        hub.publish("p1=10.00");
        round();
        hub.publish(TestDatasets.prices("p1=12.00"), hub.now().plus(Duration.ofHours(1)), false);
        round(hub.came());
        hub.withdraw();
        passes(Duration.ofHours(2));
        round();
        assertThat(price("p1")).isEqualTo("12.00");
        for (int i = 0; i < 2; i++) {
            keeper.mail().stands(hub.now(), hub.subscription());
            round();
            rests();
        }
        assertThat(price("p1")).isEqualTo("10.00");
        assertThat(stale()).isNull();
    }

    @Test
    void aKeyThatDoesNotFitIsNotAskedForAgainAndAgain() throws Exception {
        hub.publish("p1=10.00");
        round();
        Instant later = hub.now().plus(Duration.ofHours(1));
        hub.publish(TestDatasets.prices("p1=12.00"), later, true);
        round(hub.came());
        hub.publish(TestDatasets.prices("p1=13.00"), later.plusSeconds(1), true);
        round(hub.came());
        passes(Duration.ofHours(1));
        hub.changeSeals();
        hub.calls();
        hub.downAfter(50);
        hub.whenAsked(() -> passes(Duration.ofSeconds(1))); // the next one is due meanwhile
        round();
        hub.whenAsked(() -> {});
        assertThat(hub.calls())
                .containsExactly(
                        "seal of 2", "layer of 2 from 0", "versions after 1", "layer of 2 from 0", "layer of 3 from 0");
        round();
        assertThat(price("p1")).isEqualTo("13.00");
        assertThat(stale()).isNull();
    }

    /// Changes a row behind the replica's back, as a disk does.
    private void damage(String part) throws Exception {
        keeper.close();
        try (var rows = RocksRowStore.open(root.resolve("opel/parts-prices/rows"))) {
            byte[] wrong =
                    Rows.of(List.of(new Row(null, null, List.of("1.23")))).bytes();
            rows.write(
                    List.of(new RowStore.Put(
                            RowStore.Family.ROWS, Key.of(List.of(part)).bytes(), wrong)),
                    true);
        }
        keeper = keeper();
        round(); // opened again; the hub has nothing new
        assertThat(price(part)).isEqualTo("1.23");
    }

    @Test
    void aReplicaThatCannotBeOpenedBeginsAnew() throws Exception {
        hub.publish("p1=10.00");
        round();
        keeper.close();
        Files.writeString(root.resolve("opel/parts-prices/rows/CURRENT"), "nonsense");
        keeper = keeper();
        round();
        rests();
        round();
        assertThat(price("p1")).isEqualTo("10.00");
    }

    @Test
    void aLayerThatIsDamagedOnTheDiskComesOnceMore() throws Exception {
        hub.publish("p1=10.00");
        round();
        hub.publish(TestDatasets.prices("p1=12.00"), hub.now().plus(Duration.ofHours(1)), false);
        round(hub.came());
        keeper.close();
        try (var stack = Files.list(root.resolve("opel/parts-prices/stack"))) {
            for (Path layer : stack.toList()) {
                Files.write(layer, new byte[10]);
            }
        }
        passes(Duration.ofHours(1));
        keeper = keeper();
        round();
        assertThat(price("p1")).isEqualTo("12.00");
    }

    @Test
    void whileADueVersionComesOnceMoreTheOneBeforeItIsStale() throws Exception {
        hub.publish("p1=10.00");
        round();
        hub.publish(TestDatasets.prices("p1=12.00"), hub.now().plus(Duration.ofHours(1)), true);
        round(hub.came());
        keeper.close();
        try (var stack = Files.list(root.resolve("opel/parts-prices/stack"))) {
            for (Path layer : stack.toList()) {
                Files.write(layer, new byte[10]);
            }
        }
        passes(Duration.ofHours(1));
        keeper = keeper();
        hub.calls();
        hub.downAfter(3);
        round();
        assertThat(hub.calls())
                .containsExactly("versions after 2", "seal of 2", "layer of 2 from 0", "versions after 1");
        assertThat(stale()).isEqualTo(Reason.BEHIND);
        hub.downAfter(Integer.MAX_VALUE);
        rests();
        round();
        assertThat(price("p1")).isEqualTo("12.00");
        assertThat(stale()).isNull();
    }

    @Test
    void aHubWithAnotherKeyIsNotBelieved() throws Exception {
        hub.publish("p1=10.00");
        round();
        restart();
        hub.changeKey();
        hub.publish("p1=0.01");
        round();
        assertThat(troubles()).contains(Kind.LEDGER_KEY_CHANGED);
        assertThat(price("p1")).isEqualTo("10.00");
    }

    @Test
    void withoutRoomOnTheDiskNothingIsFetchedAndPeopleAreTold() throws Exception {
        hub.publish("p1=10.00");
        freeBytes = 999_999;
        keeper.close();
        keeper = keeper();
        round();
        assertThat(troubles()).containsExactly(Kind.DISK_FULL);
        assertThat(hub.calls()).contains("versions after 0").doesNotContain("layer of 1 from 0");
        freeBytes = Long.MAX_VALUE;
        rests();
        round();
        assertThat(price("p1")).isEqualTo("10.00");
        assertThat(troubles()).isEmpty();
    }

    @Test
    void whatIsNotOursAnyMoreIsLookedAfter() throws Exception {
        hub.publish(many(100), hub.now(), false);
        hub.refuse();
        round();
        assertThat(looks).isEqualTo(1);
    }

    @Test
    void answersSayWhyTheyAreStale() throws Exception {
        keeper.round();
        assertThat(stale()).isEqualTo(Reason.NOTHING);
        hub.publish("p1=10.00");
        round(hub.came());
        passes(Duration.ofSeconds(TestDatasets.STALE_AFTER_SECONDS - 1));
        assertThat(stale()).isNull();
        passes(Duration.ofSeconds(1));
        assertThat(stale()).isEqualTo(Reason.NOT_HEARD);
        assertThat(keeper.kept().freshness().age()).isEqualTo(Duration.ofSeconds(TestDatasets.STALE_AFTER_SECONDS));
        clock.heard();
        assertThat(stale()).isNull();

        hub.down(true);
        hub.publish("p1=11.00");
        keeper.mail().stands(hub.now(), hub.subscription());
        round();
        assertThat(stale()).as("known, and not here for a moment").isNull();
        passes(Duration.ofSeconds(TestDatasets.STALE_AFTER_SECONDS + 1));
        clock.heard();
        assertThat(stale()).isEqualTo(Reason.BEHIND);
        hub.down(false);
        round();
        assertThat(stale()).isNull();
    }

    @Test
    void newsAfterALongSilenceDoNotFreshenWhatTheyMakeOld() throws Exception {
        hub.publish("p1=10.00");
        round();
        passes(Duration.ofSeconds(TestDatasets.STALE_AFTER_SECONDS));
        hub.publish("p1=11.00");
        keeper.mail().stands(hub.now(), hub.subscription());
        clock.heard();
        assertThat(stale()).as("told, and not taken in").isEqualTo(Reason.BEHIND);
        hub.down(true);
        round();
        assertThat(stale()).as("it cannot be had").isEqualTo(Reason.BEHIND);
        assertThat(keeper.kept().freshness().age()).isEqualTo(Duration.ofSeconds(TestDatasets.STALE_AFTER_SECONDS));
        hub.down(false);
        rests();
        round();
        assertThat(stale()).isNull();
        assertThat(price("p1")).isEqualTo("11.00");
    }

    @Test
    void whileTheHubWantsToBeLeftAloneWhatItTellsIsTakenIn() throws Exception {
        hub.publish("p1=10.00");
        round();
        hub.publish(TestDatasets.prices("p1=12.00"), hub.now().plus(Duration.ofHours(1)), true);
        round(hub.came());
        passes(Duration.ofHours(1).minusSeconds(5));
        hub.busy(Duration.ofMinutes(15));
        keeper.mail().ask();
        heard();
        assertThat(keeper.round()).as("until it is due").isEqualTo(Duration.ofSeconds(5));
        assertThat(troubles()).containsExactly(Kind.DATASET_NOT_FETCHED);
        passes(Duration.ofSeconds(5));
        hub.calls();
        round(hub.opened(2, 1));
        assertThat(price("p1")).isEqualTo("12.00");
        assertThat(keeper.kept().replica().orElseThrow().base())
                .as("folded")
                .extracting(Version::number)
                .isEqualTo(2L);
        hub.publish("p1=13.00");
        round(hub.came());
        assertThat(price("p1")).isEqualTo("13.00");
        passes(Duration.ofMinutes(14));
        hub.busy(null);
        round();
        assertThat(hub.calls()).as("it is left alone").isEmpty();
        passes(Duration.ofMinutes(3)); // a tenth more at most
        round();
        assertThat(hub.calls()).containsExactly("versions after 3");
        assertThat(troubles()).isEmpty();
    }

    @Test
    void aKeeperThatLeavesTheHubAloneHearsThatItIsDropped() throws Exception {
        hub.publish("p1=10.00");
        hub.busy(Duration.ofMinutes(15));
        Thread running = Thread.ofPlatform().start(keeper);
        GatewayScene.until("it rests", () -> !troubles().isEmpty());
        keeper.mail().drop();
        assertThat(running.join(Duration.ofSeconds(20))).as("ended").isTrue();
        assertThat(root.resolve("opel/parts-prices")).doesNotExist();
    }

    @Test
    void damageIsFoundWithinADayAlsoWhereTheComputerIsOffAtNight() throws Exception {
        hub.publish(many(2_000), hub.now(), false);
        round();
        passes(Duration.ofHours(9));
        damage("part-17");
        passes(Duration.ofHours(14));
        restart();
        round();
        assertThat(price("part-17")).as("23 hours, and two starts").isEqualTo("1.23");
        keeper.close(); // the day ends
        passes(Duration.ofHours(2));
        keeper = keeper();
        round();
        assertThat(price("part-17"))
                .as("a day after it was looked through last")
                .isEqualTo("17.00");
        assertThat(hub.calls()).contains("bucket of 1");
        restart();
        round();
        assertThat(hub.calls()).as("and not again before another day").containsExactly("versions after 1");
    }

    @Test
    void howeverManyAnswersCannotBeReadAllRowsAreLookedThroughOnceAMinute() throws Exception {
        keeper.close();
        var rows = new BreakableRows();
        keeper = keeper(clock, rows);
        hub.publish("p1=10.00");
        round();
        int before = rows.wholeReads();
        for (int i = 0; i < 10; i++) {
            keeper.kept().suspect();
            round();
        }
        assertThat(rows.wholeReads()).isEqualTo(before + 1);
        passes(Keeper.SUSPECT_AGAIN);
        round();
        assertThat(rows.wholeReads()).isEqualTo(before + 2);
    }

    @Test
    void aHistoryThatIsDamagedIsForgottenAndNotRefusedForEver() throws Exception {
        hub.publish("p1=10.00");
        round();
        Instant before = hub.now();
        passes(Duration.ofHours(1));
        hub.publish("p1=12.00");
        round(hub.came());
        var key = Key.of(List.of("p1"));
        assertThat(keeper.kept().replica().orElseThrow().lookup(key, before).row())
                .isNotNull();
        keeper.close();
        try (var rows = RocksRowStore.open(root.resolve("opel/parts-prices/rows"))) {
            List<RowStore.Put> wrong = new ArrayList<>();
            rows.read(RowStore.Family.HISTORY, new byte[0], (ended, old) -> {
                wrong.add(new RowStore.Put(RowStore.Family.HISTORY, ended, new byte[] {1, 2, 3}));
                return true;
            });
            assertThat(wrong).isNotEmpty();
            rows.write(wrong, true);
        }
        keeper = keeper();
        round();
        assertThat(price("p1")).isEqualTo("12.00");
        keeper.kept().suspect(); // as the door does when an answer cannot be read
        round();
        rests();
        round();
        assertThat(price("p1")).isEqualTo("12.00");
        assertThat(health()).isInstanceOf(Health.Exact.class);
        assertThatExceptionOfType(NotKnown.class)
                .isThrownBy(() -> keeper.kept().replica().orElseThrow().lookup(key, before))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(NotKnown.Kind.NOT_HERE));
        assertThat(troubles()).isEmpty();
    }

    @Test
    void afterTheComputerSleptTheHubIsAskedWhatTimeItIs() throws Exception {
        hub.publish("p1=10.00");
        hub.publish(TestDatasets.prices("p1=12.00"), hub.now().plus(Duration.ofHours(2)), false);
        round();
        hub.calls();
        own = own.plus(Duration.ofHours(8));
        hub.now(hub.now().plus(Duration.ofHours(8)));
        assertThat(stale()).isEqualTo(Reason.NOT_HEARD_SINCE_START);
        keeper.round();
        assertThat(hub.calls()).containsExactly("versions after 2");
        clock.heard();
        assertThat(stale()).isNull();
        assertThat(price("p1")).isEqualTo("12.00");
        assertThat(keeper.kept().freshness().now()).isEqualTo(hub.now());
    }

    /// What comes down a connection that outlived the sleep may be of before; another list's question says nothing
    /// of this one.
    @Test
    void afterTheComputerSleptEachListIsStaleUntilItHasAskedItself() throws Exception {
        hub.publish("p1=10.00");
        round();
        own = own.plus(Duration.ofHours(8));
        hub.now(hub.now().plus(Duration.ofHours(8)));
        steady = steady.plusSeconds(1);
        clock.heard();
        clock.answered(steady, hub.now()); // to another
        clock.heard();
        assertThat(stale()).isEqualTo(Reason.NOT_HEARD_SINCE_START);
        hub.calls();
        keeper.round();
        assertThat(hub.calls()).containsExactly("versions after 1");
        assertThat(stale()).isNull();
    }

    @Test
    void newsOfAWithdrawalThatAnAnswerOvertookBeginsNothingAnew() throws Exception {
        hub.publish("p1=10.00");
        round();
        hub.publish(TestDatasets.prices("p1=11.00"), hub.now().plus(Duration.ofHours(1)), false);
        round(hub.came());
        DatasetNews withdrawn = hub.withdraw();
        hub.publish("p1=12.00");
        keeper.mail().ask();
        round(); // this hub has it begin anew
        rests();
        round();
        hub.calls();
        round(withdrawn);
        assertThat(hub.calls()).containsExactly("versions after 3");
        assertThat(price("p1")).isEqualTo("12.00");
        assertThat(stale()).isNull();
    }

    /// The hub was asked while older news were on their way: it is short of a version then, and must know it.
    @Test
    void newsOfBeforeWhereItStandsDoNotLeaveItAVersionShort() throws Exception {
        hub.publish("p1=10.00");
        Instant later = hub.now().plus(Duration.ofHours(1));
        hub.publish(TestDatasets.prices("p1=11.00"), later, false);
        DatasetNews withdrawn = hub.withdraw();
        hub.publish(TestDatasets.prices("p1=12.00"), later, false);
        round(); // asked: it has all of it
        keeper.mail().stands(hub.now(), hub.subscription());
        round(withdrawn);
        passes(Duration.ofHours(1));
        round();
        assertThat(price("p1")).isEqualTo("12.00");
        assertThat(stale()).isNull();
    }
}
