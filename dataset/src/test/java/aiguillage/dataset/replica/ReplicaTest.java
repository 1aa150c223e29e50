package aiguillage.dataset.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.layer.DamagedLayer;
import aiguillage.dataset.layer.Seal;
import aiguillage.dataset.replica.Hub.Made;
import aiguillage.dataset.replica.RowStore.Family;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// I7: a replica is exact or says so.
class ReplicaTest {

    private static final Key DISC = Key.of(List.of("disc"));
    private static final Key PAD = Key.of(List.of("pad"));
    private static final Instant DAY = Hub.START;

    @TempDir
    private Path folder;

    private MemoryRowStore store = new MemoryRowStore();
    private Hub hub;
    private Replica replica;

    @BeforeEach
    void open() throws IOException {
        hub = new Hub(folder.resolve("received"), new SplittableRandom(3));
        replica = opened();
    }

    private Replica opened() throws IOException {
        return new Replica(store, new LayerFiles(folder.resolve("layers")));
    }

    private void restart() throws IOException {
        replica.close();
        store = store.afterPowerCut(store.lazyWrites());
        replica = opened();
    }

    private static Instant day(int number) {
        return DAY.plus(Duration.ofDays(number));
    }

    private static Rows price(String price) {
        return Rows.of(List.of(new Row(null, null, List.of(price))));
    }

    private static NavigableMap<Key, Rows> list(String disc, String pad) {
        return new TreeMap<>(Map.of(DISC, price(disc), PAD, price(pad)));
    }

    /// A version that holds from the day of its number on.
    private Made made(@Nullable Made before, int number, NavigableMap<Key, Rows> rows) throws IOException {
        return hub.made(before, number, rows, day(number), null, "all", false, false);
    }

    private Made adopted(Made made) throws IOException {
        replica.adopt(made.told(), hub.file(made));
        return made;
    }

    /// Three versions: disc 1, 2, 3, and pad always 10.
    private List<Made> threeVersions() throws IOException {
        List<Made> all = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            Made before = all.isEmpty() ? null : all.getLast();
            all.add(adopted(made(before, number, list(Integer.toString(number), "10"))));
        }
        return all;
    }

    private String price(Key key, Instant at) throws IOException {
        try {
            Row row = replica.lookup(key, at).row();
            return row == null ? "none" : String.valueOf(row.cells().getFirst());
        } catch (NotKnown e) {
            return "unknown";
        }
    }

    private List<Path> layerFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("layers"))) {
            return files.toList();
        }
    }

    // When versions hold.

    @Test
    void aVersionHoldsFromItsInstantOnAndNotAMillisecondEarlier() throws Exception {
        threeVersions();
        for (int fold = 0; fold <= 4; fold++) {
            assertThat(price(DISC, day(1).minusNanos(1))).isEqualTo("unknown");
            assertThat(price(DISC, day(1))).isEqualTo("1");
            assertThat(price(DISC, day(2).minusNanos(1))).isEqualTo("1");
            assertThat(price(DISC, day(2))).isEqualTo("2");
            assertThat(price(DISC, day(3).minusNanos(1))).isEqualTo("2");
            assertThat(price(DISC, day(3))).isEqualTo("3");
            assertThat(price(DISC, day(9_999))).isEqualTo("3");
            assertThat(replica.lookup(PAD, day(1)).until()).isEqualTo(day(2));
            assertThat(replica.lookup(PAD, day(3)).until()).isNull();
            assertThat(replica.fold(day(fold))).isNull();
        }
    }

    @Test
    void beforeAnyVersionCameNothingIsKnown() throws IOException {
        assertThat(price(DISC, day(1))).isEqualTo("unknown");
        assertThat(replica.health(day(1))).isEqualTo(new Health.Nothing());
        assertThat(replica.fold(day(1))).isNull();
        replica.forget(day(1));
        replica.withdraw(1);
        assertThatIllegalStateException().isThrownBy(replica::verify).withMessage("nothing is folded yet");
    }

    /// The day on which clocks go forward has 23 hours, the one on which they go back 25; in São Paulo they
    /// went at midnight, and Samoa once had no 30 December.
    @ParameterizedTest
    @CsvSource({
        "Europe/Paris, 2026-03-27", "Europe/Paris, 2026-10-23", "America/Sao_Paulo, 2018-11-02",
        "America/Sao_Paulo, 2018-02-15", "Pacific/Apia, 2011-12-28", "Australia/Lord_Howe, 2026-04-03",
        "Asia/Kolkata, 2026-03-27"
    })
    void aPriceHoldsOnItsLocalDayAndNeverOnAnother(String zone, LocalDate first) throws Exception {
        var price = new Column("price", new Type.Decimal(2), false, true, false, null, "EUR");
        var part = new Column("part", new Type.Text(20), true, true, false, null, null);
        var from = new Column("from", new Type.Date(), false, false, false, null, null);
        var to = new Column("to", new Type.Date(), false, false, false, null, null);
        var schema = new Schema(List.of(part, price, from, to), "from", "to", ZoneId.of(zone));
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            LocalDate day = first.plusDays(i);
            if (schema.begin(day).isBefore(schema.end(day))) { // not the day that was left out
                rows.add(new Row(schema.begin(day), schema.end(day), List.of(day.toString())));
            }
        }
        var list = new TreeMap<>(Map.of(DISC, Rows.of(rows)));
        adopted(hub.made(null, 1, list, Instant.EPOCH, null, "all", false, false));
        Instant begin = schema.begin(first);
        Instant end = schema.end(first.plusDays(4));
        for (Instant at = begin.minusSeconds(7_200); at.isBefore(end.plusSeconds(7_200)); at = at.plusSeconds(60)) {
            LocalDate today = at.atZone(schema.zone()).toLocalDate();
            boolean within = !at.isBefore(begin) && at.isBefore(end);
            Found found = replica.lookup(DISC, at);
            Row row = found.row();
            assertThat(row == null ? null : row.cells().getFirst()).isEqualTo(within ? today.toString() : null);
            Instant until = found.until();
            if (within && until != null) {
                assertThat(until.minusMillis(1).atZone(schema.zone()).toLocalDate())
                        .isEqualTo(today);
                assertThat(until.atZone(schema.zone()).toLocalDate()).isAfter(today);
            }
        }
    }

    @Test
    void effectiveInstantsNeverGoBackwards() throws IOException {
        Made first = adopted(made(null, 5, list("1", "10")));
        Made earlier = hub.made(first, 6, list("2", "10"), day(4), null, "all", false, false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> adopted(earlier))
                .withMessageContaining("earlier than version 5");
        Made sameInstant = hub.made(first, 6, list("2", "10"), day(5), null, "all", false, false);
        adopted(sameInstant);
        assertThat(price(DISC, day(5))).isEqualTo("2");
    }

    @Test
    void ofVersionsThatItNeverHadItSaysSo() throws Exception {
        Made first = adopted(made(null, 1, list("1", "10")));
        adopted(hub.made(first, 4, list("4", "10"), day(4), day(2), "all", false, false));
        for (int fold = 0; fold < 3; fold++) {
            assertThat(price(PAD, day(2).minusNanos(1))).isEqualTo("10");
            assertThat(replica.lookup(PAD, day(1)).until()).isEqualTo(day(2));
            assertThat(price(PAD, day(2))).isEqualTo("unknown");
            assertThat(price(PAD, day(4).minusNanos(1))).isEqualTo("unknown");
            assertThat(price(DISC, day(4))).isEqualTo("4");
            replica.fold(day(2 * fold));
        }
        assertThat(replica.changes(1, day(4), null, 10).changed()).hasSize(1);
    }

    @Test
    void aReaderWhoMaySeeOtherRowsGetsThemUnderTheSameNumber() throws Exception {
        Made all = adopted(made(null, 1, list("1", "10")));
        replica.fold(day(1));
        Made fewer =
                adopted(hub.made(all, 1, new TreeMap<>(Map.of(PAD, price("10"))), day(2), null, "pads", true, false));
        assertThatExceptionOfType(DamagedLayer.class)
                .isThrownBy(() -> adopted(hub.made(fewer, 2, list("2", "10"), day(3), null, "other", false, false)));
        for (int fold = 0; fold < 3; fold++) {
            assertThat(price(DISC, day(1))).isEqualTo("1");
            assertThat(price(DISC, day(2))).isEqualTo("none");
            assertThat(price(PAD, day(2))).isEqualTo("10");
            assertThat(replica.fold(day(fold))).isNull();
            restart();
        }
        assertThat(replica.health(day(2))).isEqualTo(new Health.Exact(fewer.version(), true));
        assertThatExceptionOfType(NotKnown.class).isThrownBy(() -> replica.changes(1, day(2), null, 10));
    }

    // Versions that cannot be read.

    @Test
    void aSealedVersionHoldsAtItsInstantWhenItsKeyCame() throws Exception {
        Made first = adopted(made(null, 1, list("1", "10")));
        Made second = adopted(hub.made(first, 2, list("2", "10"), day(2), null, "all", false, true));
        Seal seal = second.seal();
        assertThat(price(DISC, day(1))).isEqualTo("1");
        assertThat(price(DISC, day(2))).isEqualTo("unknown");
        assertThat(replica.health(day(1))).isInstanceOf(Health.Exact.class);
        assertThat(replica.health(day(2))).isInstanceOf(Health.Unreadable.class);
        assertThat(replica.fold(day(3))).isNull();
        assertThatExceptionOfType(DamagedLayer.class)
                .isThrownBy(() -> replica.unseal(2, new Seal(new byte[Seal.BYTES])));
        if (seal != null) {
            assertThat(replica.unseal(3, seal))
                    .as("a version that has not come")
                    .isFalse();
            assertThat(replica.unseal(2, seal)).isTrue();
            assertThat(replica.unseal(2, seal)).isTrue();
        }
        assertThat(price(DISC, day(2).minusMillis(1))).isEqualTo("1");
        assertThat(price(DISC, day(2))).isEqualTo("2");
        restart();
        assertThat(price(DISC, day(2))).isEqualTo("2");
        assertThat(replica.fold(day(3))).isNull();
        assertThat(replica.health(day(3))).isEqualTo(new Health.Exact(second.version(), true));
    }

    @Test
    void aChangeOnTopOfASealedVersionDoesNotShowWhatLiesBelowIt() throws Exception {
        Made first = adopted(made(null, 1, list("1", "10")));
        Made second = adopted(hub.made(first, 2, list("1", "20"), day(2), null, "all", false, true));
        Made third = adopted(made(second, 3, list("3", "20")));
        assertThat(price(DISC, day(3))).as("the third version says it").isEqualTo("3");
        assertThat(price(PAD, day(3))).as("the second version changed it").isEqualTo("unknown");
        adopted(hub.made(third, 4, list("4", "40"), day(4), null, "all", true, false));
        assertThat(price(PAD, day(4))).as("a whole list needs nothing below").isEqualTo("40");
        assertThat(replica.health(day(4))).isInstanceOf(Health.Exact.class);
        assertThat(replica.health(day(3))).isInstanceOf(Health.Unreadable.class);
    }

    @Test
    void aLayerThatWasDamagedIsFoundAndMayComeOnceMore() throws Exception {
        Made first = adopted(made(null, 1, list("1", "10")));
        Made second = adopted(made(first, 2, list("2", "10")));
        replica.fold(day(1));
        byte[] damaged = second.layer().clone();
        damaged[9] ^= 1;
        Files.write(layerFiles().getFirst(), damaged);
        assertThatExceptionOfType(DamagedLayer.class).isThrownBy(() -> replica.fold(day(2)));
        for (int start = 0; start < 2; start++) {
            assertThat(price(DISC, day(1))).isEqualTo("1");
            if (start == 0) {
                assertThat(price(DISC, day(2))).isEqualTo("unknown");
                assertThat(replica.health(day(2))).isInstanceOf(Health.Unreadable.class);
            } else {
                assertThatExceptionOfType(UnreadableRows.class)
                        .isThrownBy(() -> replica.lookup(DISC, day(2)))
                        .withCauseInstanceOf(DamagedLayer.class);
            }
            restart();
        }
        adopted(second);
        assertThat(price(DISC, day(2))).isEqualTo("2");
        assertThat(replica.fold(day(2))).isNull();
        assertThat(replica.health(day(2))).isEqualTo(new Health.Exact(second.version(), true));
    }

    @Test
    void aLayerThatIsGoneIsNoReasonNotToStart() throws Exception {
        Made first = adopted(made(null, 1, list("1", "10")));
        Made second = adopted(hub.made(first, 2, list("2", "10"), day(2), null, "all", false, true));
        Seal seal = second.seal();
        replica.fold(day(1));
        Files.delete(layerFiles().getFirst());
        restart();
        assertThat(price(DISC, day(1))).isEqualTo("1");
        assertThat(replica.health(day(2))).isInstanceOf(Health.Unreadable.class);
        adopted(second);
        assertThat(seal != null && replica.unseal(2, seal)).isTrue();
        assertThat(price(DISC, day(2))).isEqualTo("2");
    }

    @Test
    void aLayerThatIsWrongInsideIsNotTakenIn() throws IOException {
        Made right = made(null, 1, list("1", "10"));
        byte[] wrong = right.layer().clone();
        wrong[9] ^= 1;
        String digest = aiguillage.protocol.Digest.of(wrong).toString();
        var version = new Version(1, 0, day(1), null, day(1), right.version().root(), 2, digest, "all");
        assertThatExceptionOfType(DamagedLayer.class).isThrownBy(() -> replica.adopt(version, hub.file(wrong)));
        restart();
        assertThat(replica.versions()).isEmpty();
    }

    // Versions that go.

    @Test
    void aVersionThatDoesNotHoldYetMayBeWithdrawn() throws Exception {
        List<Made> all = threeVersions();
        replica.fold(day(1));
        replica.withdraw(2);
        restart();
        assertThat(replica.versions()).containsExactly(all.getFirst().version());
        assertThat(layerFiles()).isEmpty();
        assertThat(price(DISC, day(3))).isEqualTo("1");
        adopted(hub.made(all.getFirst(), 4, list("4", "10"), day(2), null, "all", false, false));
        assertThat(price(DISC, day(2))).isEqualTo("4");
        assertThat(replica.fold(day(4))).isNull();
    }

    @Test
    void whatIsFoldedIsNotWithdrawn() throws IOException {
        threeVersions();
        replica.fold(day(2));
        assertThatIllegalStateException().isThrownBy(() -> replica.withdraw(2)).withMessageContaining("whole list");
        replica.withdraw(3);
        assertThat(price(DISC, day(3))).isEqualTo("2");
    }

    @Test
    void whatIsFoldedHalfwayIsNotWithdrawnEvenAfterACrash() throws IOException {
        Made first = adopted(made(null, 1, list("1", "10")));
        adopted(made(first, 2, list("2", "20")));
        replica = new Replica(store, new LayerFiles(folder.resolve("layers")), 1);
        replica.fold(day(1));
        store.cutIn(2, false);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> replica.fold(day(2)));
        restart();
        assertThat(price(DISC, day(1))).isEqualTo("1");
        assertThat(price(PAD, day(1))).isEqualTo("10");
        assertThatIllegalStateException().isThrownBy(() -> replica.withdraw(2));
        assertThatIllegalStateException().isThrownBy(replica::verify).withMessageContaining("fold first");
        assertThat(replica.fold(day(2))).isNull();
        assertThat(replica.verify().exact()).isTrue();
    }

    @Test
    void foldedLayersLeaveNoFile() throws IOException {
        threeVersions();
        assertThat(layerFiles()).hasSize(3);
        replica.fold(day(2));
        assertThat(layerFiles()).hasSize(1);
        replica.fold(day(3));
        assertThat(layerFiles()).isEmpty();
    }

    @Test
    void versionsThatChangeTheSameShareALayerAndNeitherTakesItAway() throws Exception {
        Made last = adopted(made(null, 1, list("1", "10")));
        for (int number = 2; number <= 5; number++) {
            last = adopted(made(last, number, list(number % 2 == 0 ? "2" : "1", "10")));
        }
        for (int number = 1; number <= 5; number++) {
            assertThat(replica.fold(day(number))).isNull();
            for (int other = 1; other <= 5; other++) {
                assertThat(price(DISC, day(other))).isEqualTo(other % 2 == 0 ? "2" : "1");
            }
        }
    }

    @Test
    void onlySoManyVersionsWait() throws IOException {
        Made last = adopted(made(null, 1, list("0", "10")));
        for (int number = 2; number <= Replica.STACKED_MAX; number++) {
            last = adopted(made(last, number, list(Integer.toString(number), "10")));
        }
        Made oneMore = made(last, Replica.STACKED_MAX + 1, list("1", "1"));
        assertThatIllegalStateException().isThrownBy(() -> adopted(oneMore)).withMessageContaining("fold them");
        replica.fold(day(1));
        adopted(oneMore);
    }

    @Test
    void whatIsForgottenIsNotKnownAndLeavesNothing() throws Exception {
        threeVersions();
        replica.fold(day(3));
        assertThat(store.now(Family.HISTORY)).hasSize(2);
        replica.forget(day(2));
        restart();
        assertThat(price(DISC, day(2).minusNanos(1))).isEqualTo("unknown");
        assertThat(price(DISC, day(2))).isEqualTo("2");
        assertThat(price(DISC, day(3))).isEqualTo("3");
        assertThatExceptionOfType(NotKnown.class).isThrownBy(() -> replica.changes(1, day(3), null, 10));
        assertThat(replica.changes(2, day(3), null, 10).changed()).hasSize(1);
        replica.forget(day(99));
        assertThat(price(DISC, day(3))).isEqualTo("3");
        assertThat(store.now(Family.HISTORY)).isEmpty();
        assertThat(store.now(Family.CHANGED)).isEmpty();
    }

    // Exact, or not.

    /// A version whose root is that of other rows than its layer makes.
    private Made wrong(@Nullable Made before, int number, NavigableMap<Key, Rows> sent, NavigableMap<Key, Rows> meant)
            throws IOException {
        Made made = made(before, number, sent);
        Version v = made.version();
        var version = new Version(
                number, v.from(), v.effective(), null, v.published(), Hub.root(meant), v.rows(), v.layer(), v.scope());
        return new Made(version, meant, made.layer(), null, false);
    }

    private static List<byte[]> bytes(List<SetHash> hashes) {
        return hashes.stream().map(SetHash::bytes).toList();
    }

    private boolean repaired(Made made) throws IOException {
        boolean exact = false;
        for (int bucket : replica.differing(bytes(Hub.buckets(made.rows()).hashes()))) {
            exact = replica.repair(bucket, bucket(made, bucket).iterator());
        }
        return exact;
    }

    private static List<Change> bucket(Made made, int bucket) {
        List<Change> rows = new ArrayList<>();
        made.rows().forEach((key, some) -> {
            if (Buckets.of(key) == bucket) {
                rows.add(new Change(key, some));
            }
        });
        return rows;
    }

    @Test
    void rowsThatAreNotThoseOfTheRootAreSaidToBeSoUntilTheyAreRepaired() throws Exception {
        Made first = adopted(made(null, 1, list("1", "10")));
        Made second = adopted(wrong(first, 2, list("2", "10"), list("2", "20")));
        assertThat(replica.fold(day(2))).isEqualTo(second.version());
        for (int start = 0; start < 2; start++) {
            assertThat(replica.health(day(2))).isEqualTo(new Health.Differs(second.version()));
            assertThat(replica.lookup(PAD, day(2)).exact()).isFalse();
            assertThat(replica.verify()).isEqualTo(new Verified(second.version(), 2, List.of(), false));
            restart();
        }
        assertThat(repaired(second)).isTrue();
        for (int start = 0; start < 2; start++) {
            assertThat(replica.health(day(2))).isEqualTo(new Health.Exact(second.version(), true));
            assertThat(replica.lookup(PAD, day(2)).exact()).isTrue();
            assertThat(price(PAD, day(2))).isEqualTo("20");
            assertThat(price(DISC, day(2))).isEqualTo("2");
            assertThat(price(PAD, day(1)))
                    .as("nobody knows since when it was wrong")
                    .isEqualTo("unknown");
            assertThatExceptionOfType(NotKnown.class)
                    .as("who read it before has other rows")
                    .isThrownBy(() -> replica.changes(2, day(2), null, 10));
            restart();
        }
        Made third = adopted(made(second, 3, list("3", "20")));
        assertThat(replica.fold(day(3))).isNull();
        assertThatExceptionOfType(NotKnown.class).isThrownBy(() -> replica.changes(2, day(3), null, 10));
        assertThat(replica.changes(3, day(3), null, 10).to()).isEqualTo(third.version());
    }

    @Test
    void aWholeListPutsWrongRowsRight() throws Exception {
        Made first = adopted(made(null, 1, list("1", "10")));
        Made second = adopted(wrong(first, 2, list("2", "10"), list("2", "20")));
        assertThat(replica.fold(day(2))).isEqualTo(second.version());
        Made again = adopted(hub.made(second, 2, second.rows(), day(2), null, "all", true, false));
        assertThat(price(PAD, day(2))).isEqualTo("20");
        assertThat(replica.fold(day(2))).isNull();
        restart();
        assertThat(replica.health(day(2))).isEqualTo(new Health.Exact(again.version(), true));
        assertThat(price(PAD, day(2))).isEqualTo("20");
        assertThat(price(PAD, day(1)))
                .as("nobody knows since when it was wrong")
                .isEqualTo("unknown");
    }

    @Test
    void aVersionOnTopOfWrongRowsIsNoneTheBetterForIt() throws Exception {
        Made first = adopted(wrong(null, 1, list("1", "10"), list("1", "11")));
        assertThat(replica.fold(day(1))).isEqualTo(first.version());
        Made second = adopted(made(first, 2, list("2", "11")));
        assertThat(replica.lookup(DISC, day(2)).exact()).isFalse();
        assertThat(replica.fold(day(2))).isEqualTo(second.version());
        assertThat(repaired(second)).isTrue();
        assertThat(price(PAD, day(2))).isEqualTo("11");
        assertThat(price(PAD, day(1))).isEqualTo("unknown");
    }

    @Test
    void rowsThatWereChangedBehindItsBackAreFoundAndRepaired() throws Exception {
        Made made = made(null, 1, hub.changed(new TreeMap<>(), 300));
        adopted(made);
        replica.fold(day(1));
        assertThat(replica.verify())
                .isEqualTo(new Verified(made.version(), made.rows().size(), List.of(), true));
        Key changed = made.rows().firstKey();
        Key gone = made.rows().lastKey();
        Key torn = made.rows().higherKey(changed);
        store.now(Family.ROWS).put(changed.bytes(), price("another").bytes());
        store.now(Family.ROWS).put(torn.bytes(), new byte[] {7});
        store.now(Family.ROWS).put(DISC.bytes(), price("new").bytes());
        store.now(Family.ROWS).remove(gone.bytes());
        List<Integer> damaged =
                Stream.of(changed, gone, torn, DISC).map(Buckets::of).sorted().toList();
        Verified verified = replica.verify();
        assertThat(verified.damaged()).isEqualTo(damaged);
        assertThat(verified.exact()).isFalse();
        assertThat(replica.health(day(1))).isEqualTo(new Health.Differs(made.version()));
        assertThat(replica.differing(bytes(Hub.buckets(made.rows()).hashes()))).isEqualTo(damaged);
        assertThat(repaired(made)).isTrue();
        restart();
        assertThat(replica.verify())
                .isEqualTo(new Verified(made.version(), made.rows().size(), List.of(), true));
        assertThat(replica.differing(bytes(Hub.buckets(made.rows()).hashes()))).isEmpty();
    }

    @Test
    void hashesThatDoNotAddUpToTheSignedRootAreRefused() throws IOException {
        Made first = adopted(made(null, 1, list("1", "10")));
        replica.fold(day(1));
        List<SetHash> forged = Hub.buckets(list("1", "11")).hashes();
        assertThatIllegalArgumentException().isThrownBy(() -> replica.differing(bytes(forged)));
        assertThatIllegalArgumentException().isThrownBy(() -> replica.differing(List.of()));
        assertThat(replica.differing(bytes(replica.bucketHashes()))).isEmpty();
        List<Change> elsewhere = bucket(first, Buckets.of(PAD));
        assertThatIllegalArgumentException().isThrownBy(() -> replica.repair(Buckets.of(DISC), elsewhere.iterator()));
        assertThat(replica.health(day(1))).isEqualTo(new Health.Exact(first.version(), true));
    }

    /// Wherever it is cut, before a write or behind it, and however much of what was not durable is lost.
    @Test
    void aRepairThatIsCutOffIsDoneAgain() throws Exception {
        Made made = wrong(null, 1, hub.changed(new TreeMap<>(), 20), hub.changed(new TreeMap<>(), 200));
        adopted(made);
        replica.fold(day(1));
        for (int write = 1; replica.health(day(1)) instanceof Health.Differs; write++) {
            assertThat(write).as("it gets on").isLessThan(500);
            store.cutIn(1 + write % 5, write % 2 == 0);
            try {
                repaired(made);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("cut");
            }
            restart();
        }
        assertThat(replica.verify())
                .isEqualTo(new Verified(made.version(), made.rows().size(), List.of(), true));
    }

    // Everything of a key, and many keys.

    @Test
    void thePastOfAKeyHasTheVersionsThatChangedIt() throws IOException {
        List<Made> all = threeVersions();
        for (int fold = 0; fold < 4; fold++) {
            replica.fold(day(fold));
            assertThat(replica.past(DISC))
                    .containsExactly(
                            new Past(all.get(0).version(), price("1")),
                            new Past(all.get(1).version(), price("2")),
                            new Past(all.get(2).version(), price("3")));
            assertThat(replica.past(PAD))
                    .containsExactly(new Past(all.getFirst().version(), price("10")));
        }
    }

    @Test
    void aThousandKeysAreAnsweredAtOnceAndNoMore() throws Exception {
        threeVersions();
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < Replica.AT_ONCE_MAX; i++) {
            keys.add(i % 2 == 0 ? DISC : PAD);
        }
        List<Found> found = replica.lookup(keys, day(2));
        assertThat(found).extracting(Found::key).isEqualTo(keys);
        keys.add(DISC);
        assertThatIllegalArgumentException().isThrownBy(() -> replica.lookup(keys, day(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> replica.list(new byte[0], day(2), null, 1_001));
        assertThatIllegalArgumentException().isThrownBy(() -> replica.changes(1, day(2), null, 0));
    }

    @Test
    void aLookupInAnInterruptedThreadSpoilsNothingForOthers() throws Exception {
        threeVersions();
        Thread reader = Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt();
            try {
                price(DISC, day(2));
            } catch (IOException e) {
                // interrupted
            }
        });
        reader.join();
        assertThat(price(DISC, day(2))).isEqualTo("2");
    }
}
