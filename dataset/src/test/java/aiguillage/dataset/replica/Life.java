package aiguillage.dataset.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.layer.DamagedLayer;
import aiguillage.dataset.layer.Seal;
import aiguillage.dataset.replica.Hub.Made;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One life of a replica, drawn by lot, beside a model of it: the versions that it has, each with all its rows.
final class Life {

    private static final Key UNKNOWN = Key.of(List.of("never", "published"));

    private final long seed;
    private final SplittableRandom random;
    private final Path folder;
    private final boolean onDisk;
    private final Hub hub;

    private RowStore store;
    private Replica replica;

    /// What it has, oldest first.
    private List<Made> held = new ArrayList<>();

    /// The seals whose keys it was given.
    private final Set<Made> opened = new HashSet<>();

    private Instant now = Hub.START;
    private long number;
    private int scope;
    private int compared;

    Life(long seed, Path root, boolean onDisk) throws IOException {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.folder = root.resolve("life-" + seed);
        this.onDisk = onDisk;
        this.hub = new Hub(folder.resolve("received"), random);
        this.store = onDisk ? RocksRowStore.open(folder.resolve("rows")) : new MemoryRowStore();
        this.replica = open();
    }

    private Replica open() throws IOException {
        return new Replica(store, new LayerFiles(folder.resolve("layers")), 1 + random.nextInt(2_000));
    }

    int compared() {
        return compared;
    }

    private interface Deed {
        void run() throws IOException;
    }

    void step() throws IOException {
        now = now.plusMillis(random.nextInt(200));
        if (store instanceof MemoryRowStore memory && random.nextInt(6) == 0) {
            memory.cutIn(1 + random.nextInt(6), random.nextBoolean());
        }
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3 -> adopt();
            case 4, 5, 6, 7 ->
                attempt(
                        held,
                        () -> assertThat(replica.fold(now)).as(this::about).isNull());
            case 8, 9 -> unseal();
            case 10 -> withdraw();
            case 11 -> forget();
            case 12 -> restart();
            default -> refuse();
        }
    }

    /// Does something, during which the power may be cut; then it is done, or it is not.
    private void attempt(List<Made> after, Deed deed) throws IOException {
        try {
            deed.run();
        } catch (IOException e) {
            if (!(store instanceof MemoryRowStore memory) || !memory.isCut()) {
                throw e;
            }
            restart();
            List<Version> versions = here();
            assertThat(versions).as(this::about).isIn(versions(held), versions(after));
            held = versions.equals(versions(after)) ? after : held;
            return;
        }
        held = after;
        assertThat(here()).as(this::about).isEqualTo(versions(held));
    }

    private static List<Version> versions(List<Made> made) {
        return made.stream().map(one -> Made.sealed(one.version())).toList();
    }

    /// What it has, sealed or open.
    private List<Version> here() {
        return replica.versions().stream().map(Made::sealed).toList();
    }

    private void restart() throws IOException {
        replica.close();
        store = store instanceof MemoryRowStore memory
                ? memory.afterPowerCut(random.nextInt(memory.lazyWrites() + 1))
                : RocksRowStore.open(folder.resolve("rows"));
        replica = open();
    }

    private void adopt() throws IOException {
        Made newest = held.isEmpty() ? null : held.getLast();
        Instant effective = (newest == null || (newest.version().effective().isBefore(now) && random.nextBoolean())
                        ? now
                        : newest.version().effective())
                .plusMillis((long) random.nextInt(3) * random.nextInt(300));
        NavigableMap<Key, Rows> rows =
                hub.changed(newest == null ? new TreeMap<>() : newest.rows(), random.nextInt(12));
        Instant skippedSince = null;
        if (newest != null && random.nextInt(8) == 0) {
            number++;
            skippedSince = newest.version().effective().plusMillis(random.nextInt(-100, 100));
            effective = effective.isBefore(skippedSince) ? skippedSince : effective;
        }
        boolean sameNumber = newest != null && skippedSince == null && random.nextInt(12) == 0;
        if (sameNumber) {
            scope++; // its reader's contract changed
        } else {
            number++;
        }
        // It may have changed as well with a version that was withdrawn, or that a power cut took.
        boolean isOtherScope = newest != null && !newest.version().scope().equals("scope-" + scope);
        boolean replaces = isOtherScope || (newest == null && random.nextBoolean()) || random.nextInt(8) == 0;
        Made made = hub.made(
                newest, number, rows, effective, skippedSince, "scope-" + scope, replaces, random.nextInt(4) == 0);
        List<Made> after = new ArrayList<>(held);
        after.add(made);
        attempt(after, () -> replica.adopt(made.told(), hub.file(made)));
    }

    private void unseal() throws IOException {
        for (Made made : held) {
            Seal seal = made.seal();
            if (seal != null && !opened.contains(made) && random.nextBoolean()) {
                attempt(held, () -> {
                    assertThat(replica.unseal(made.version().number(), seal))
                            .as(this::about)
                            .isTrue();
                    opened.add(made);
                });
            }
        }
    }

    private void withdraw() throws IOException {
        if (held.isEmpty()) {
            return;
        }
        Version first = held.get(held.size() - 1 - random.nextInt(Math.min(2, held.size())))
                .version();
        List<Made> after = held.stream()
                .filter(made -> made.version().number() < first.number())
                .toList();
        boolean mayBeFolded = held.stream()
                .anyMatch(made -> made.version().number() == first.number()
                        && !made.version().effective().isAfter(now));
        try {
            attempt(new ArrayList<>(after), () -> replica.withdraw(first.number()));
        } catch (IllegalStateException e) {
            assertThat(mayBeFolded).as(this::about).isTrue();
            assertThat(here()).as(this::about).isEqualTo(versions(held));
        }
    }

    private void forget() throws IOException {
        Instant before = now.minusMillis(random.nextInt(1_500));
        Version base = replica.base();
        int first = base == null
                ? 0
                : Math.max(0, Math.min(index(before), versions(held).indexOf(Made.sealed(base))));
        List<Made> after = new ArrayList<>(held.subList(first, held.size()));
        attempt(after, () -> replica.forget(before));
    }

    /// What was sent to others, twice, late or changed changes nothing.
    private void refuse() throws IOException {
        if (held.isEmpty()) {
            return;
        }
        Made again = held.get(random.nextInt(held.size()));
        Version here = replica.versions().contains(again.version()) ? again.version() : again.told();
        attempt(held, () -> replica.adopt(here, hub.file(again)));
        Made newest = held.getLast();
        Instant effective = newest.version().effective();
        long next = newest.version().number() + 1;
        Made early =
                hub.made(newest, next, newest.rows(), effective.minusMillis(1), null, "scope-" + scope, false, false);
        assertThatIllegalArgumentException().isThrownBy(() -> replica.adopt(early.told(), hub.file(early)));
        Made right = hub.made(newest, next, newest.rows(), effective, null, "scope-" + scope, false, false);
        if (!Arrays.equals(again.layer(), right.layer())) { // as they are when neither changes anything
            assertThatExceptionOfType(DamagedLayer.class)
                    .isThrownBy(() -> replica.adopt(right.told(), hub.file(again.layer())));
        }
        Made late = hub.made(right, next + 1, newest.rows(), effective, null, "scope-" + scope, false, false);
        assertThatIllegalArgumentException().isThrownBy(() -> replica.adopt(late.told(), hub.file(late)));
        assertThat(here()).as(this::about).isEqualTo(versions(held));
    }

    private int index(Instant at) {
        int index = held.size() - 1;
        while (index >= 0 && at.isBefore(held.get(index).version().effective())) {
            index--;
        }
        return index;
    }

    /// The version that holds, or null when the replica must say that it cannot tell.
    private @Nullable Made holds(Instant at) {
        int index = index(at);
        boolean isSkipped = held.subList(index + 1, held.size()).stream()
                .map(later -> later.version().skippedSince())
                .anyMatch(skipped -> skipped != null && !at.isBefore(skipped));
        return index < 0 || isSkipped ? null : held.get(index);
    }

    /// Whether something below this version is sealed, so that the replica may not know all of it.
    private boolean mayBeSealed(Made made) {
        for (int i = held.indexOf(made); i >= 0; i--) {
            Made below = held.get(i);
            if (below.seal() != null && !opened.contains(below)) {
                return true;
            }
            if (below.replaces()) {
                return false;
            }
        }
        return false;
    }

    private Instant someInstant() {
        long span = Math.max(1, now.toEpochMilli() - Hub.START.toEpochMilli());
        return random.nextInt(3) == 0 ? now : Hub.START.plusMillis(random.nextLong(span + 1_000) - 100);
    }

    private Key someKey() {
        return random.nextInt(20) == 0 ? UNKNOWN : Hub.KEYS.get(random.nextInt(Hub.KEYS.size()));
    }

    void compare() throws IOException {
        for (int i = 0; i < 6; i++) {
            lookup(someInstant());
        }
        Instant at = someInstant();
        Made made = holds(at);
        if (made != null && !mayBeSealed(made)) {
            try {
                batch(at, made);
                list(at, made);
                walk(at, made);
                changes(at, made);
            } catch (NotKnown e) {
                throw new AssertionError(about() + ": " + at + " is not known", e);
            }
        }
        health();
    }

    private void lookup(Instant at) throws IOException {
        Key key = someKey();
        Made made = holds(at);
        try {
            compare(replica.lookup(key, at), made, key, at);
        } catch (NotKnown e) {
            assertThat(made == null || mayBeSealed(made))
                    .as(() -> about() + ": " + e.getMessage())
                    .isTrue();
        }
    }

    private void compare(Found found, @Nullable Made made, Key key, Instant at) {
        Supplier<String> about = () -> about() + ": " + key + " at " + at;
        if (made == null) {
            throw new AssertionError(about.get() + " cannot be known, and is " + found);
        }
        assertThat(found.key()).as(about).isEqualTo(key);
        assertThat(found.version()).as(about).isEqualTo(made.version());
        assertThat(found.row()).as(about).isEqualTo(made.rows(key).at(at));
        assertThat(found.exact()).as(about).isTrue();
        until(found, made, key, at, about);
        compared++;
    }

    /// Before the promised instant the answer does not change.
    private void until(Found found, Made made, Key key, Instant at, Supplier<String> about) {
        Instant until = found.until();
        assertThat(until == null || until.isAfter(at)).as(about).isTrue();
        Instant last = until == null ? at.plusSeconds(3_600) : until.minusMillis(1);
        Row row = made.rows(key).at(last);
        assertThat(holds(last)).as(() -> about.get() + " until " + until).isEqualTo(made);
        assertThat(row).as(() -> about.get() + " until " + until).isEqualTo(found.row());
        if (until != null) {
            boolean other =
                    !made.equals(holds(until)) || !Objects.equals(made.rows(key).at(until), found.row());
            assertThat(other).as(() -> about.get() + " changes at " + until).isTrue();
        }
    }

    private void batch(Instant at, Made made) throws NotKnown, IOException {
        List<Key> keys = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            keys.add(someKey());
        }
        List<Found> found = replica.lookup(keys, at);
        assertThat(found).hasSameSizeAs(keys);
        for (int i = 0; i < keys.size(); i++) {
            compare(found.get(i), made, keys.get(i), at);
        }
    }

    private void list(Instant at, Made made) throws NotKnown, IOException {
        List<String> cells = someKey().cells();
        byte[] beginning = Key.beginning(cells.subList(0, random.nextInt(cells.size() + 1)));
        List<Key> listed = new ArrayList<>();
        Key after = null;
        do {
            Listed page = replica.list(beginning, at, after, 1 + random.nextInt(6));
            assertThat(page.version()).as(this::about).isEqualTo(made.version());
            for (Found found : page.found()) {
                listed.add(found.key());
                compare(found, made, found.key(), at);
                Instant until = found.until();
                assertThat(until == null
                                || (page.until() != null && !page.until().isAfter(until)))
                        .isTrue();
            }
            after = page.next();
        } while (after != null);
        List<Key> expected = new ArrayList<>(made.rows().keySet());
        expected.removeIf(key -> !key.beginsWith(beginning) || made.rows(key).at(at) == null);
        assertThat(listed).as(() -> about() + " at " + at).isEqualTo(expected);
    }

    private void walk(Instant at, Made made) throws NotKnown, IOException {
        Walk walk = replica.rows(at, null);
        List<Change> rows = new ArrayList<>();
        walk.forEachRemaining(rows::add);
        List<Change> expected = new ArrayList<>();
        made.rows().forEach((key, some) -> expected.add(new Change(key, some)));
        assertThat(walk.version()).isEqualTo(made.version());
        assertThat(rows).as(() -> about() + " at " + at).isEqualTo(expected);
    }

    private void changes(Instant at, Made made) throws NotKnown, IOException {
        int to = held.indexOf(made);
        Made since = held.get(random.nextInt(to + 1));
        long twice = held.subList(0, to + 1).stream()
                .filter(one -> one.version().number() == since.version().number())
                .count();
        if (twice > 1) {
            assertThatExceptionOfType(NotKnown.class)
                    .isThrownBy(() -> replica.changes(since.version().number(), at, null, 1));
            return;
        }
        if (held.subList(0, to + 1).stream().anyMatch(this::mayBeSealed)) {
            return;
        }
        List<Changes.Changed> changed = new ArrayList<>();
        Key after = null;
        do {
            Changes page = replica.changes(since.version().number(), at, after, 1 + random.nextInt(6));
            assertThat(page.from()).isEqualTo(since.version());
            assertThat(page.to()).isEqualTo(made.version());
            changed.addAll(page.changed());
            after = page.next();
        } while (after != null);
        List<Changes.Changed> expected = new ArrayList<>();
        for (Key key : new java.util.TreeSet<>(Hub.KEYS)) {
            if (!since.rows(key).equals(made.rows(key))) {
                expected.add(new Changes.Changed(key, since.rows(key), made.rows(key)));
            }
        }
        assertThat(changed).as(() -> about() + " since " + since + " at " + at).isEqualTo(expected);
    }

    private void health() {
        Health health = replica.health(now);
        Made made = index(now) < 0 ? null : held.get(index(now));
        switch (health) {
            case Health.Nothing() -> assertThat(made).as(this::about).isNull();
            case Health.Exact(Version version, boolean proven) ->
                assertThat(made == null ? null : made.version())
                        .as(() -> about() + proven)
                        .isEqualTo(version);
            case Health.Unreadable unreadable ->
                assertThat(made != null && mayBeSealed(made))
                        .as(() -> about() + unreadable)
                        .isTrue();
            case Health.Differs differs -> throw new AssertionError(about() + ": " + differs);
        }
    }

    /// Everything is opened and folded, and compared to the last row.
    void end() throws IOException {
        restart();
        assertThat(here()).as(this::about).isEqualTo(versions(held));
        for (Made made : held) {
            Seal seal = made.seal();
            if (seal != null) {
                assertThat(replica.unseal(made.version().number(), seal))
                        .as(this::about)
                        .isTrue();
                opened.add(made);
            }
        }
        now = now.plusSeconds(3_600);
        assertThat(replica.fold(now)).as(this::about).isNull();
        for (int i = 0; i < 60; i++) {
            compare();
        }
        if (!held.isEmpty()) {
            Verified verified = replica.verify();
            assertThat(verified)
                    .as(this::about)
                    .isEqualTo(new Verified(
                            held.getLast().version(), held.getLast().rows().size(), List.of(), true));
        }
        replica.close();
    }

    private String about() {
        return "seed " + seed + (onDisk ? " on disk" : "") + ", " + held;
    }
}
