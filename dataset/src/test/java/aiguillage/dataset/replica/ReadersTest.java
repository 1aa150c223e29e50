package aiguillage.dataset.replica;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I7: while versions come, are folded and forgotten, the version that an answer names is the version it is
/// from.
class ReadersTest {

    private static final int VERSIONS = 16;
    private static final int KEPT = 6;
    private static final int AHEAD = 2;
    private static final int READERS = 6;

    @TempDir
    private Path folder;

    private final Prices prices = new Prices(600);

    /// The newest version that was adopted; the end of all reading is one more than the last.
    private final AtomicLong newest = new AtomicLong();

    private final AtomicLong answers = new AtomicLong();

    /// Readings that are due: some with each write, so that they meet a fold everywhere, and a slow machine has no
    /// more of them.
    private final Semaphore due = new Semaphore(0);

    /// How many readings may be due before writing waits: else a quick writer is done before anybody has read.
    private final Semaphore behind = new Semaphore(8 * READERS);

    @Test
    void inMemoryEveryAnswerIsThatOfItsVersion() throws Exception {
        readersSeeOnlyExactAnswers(new MemoryRowStore());
    }

    @Test
    void onDiskEveryAnswerIsThatOfItsVersion() throws Exception {
        readersSeeOnlyExactAnswers(RocksRowStore.open(folder.resolve("rows")));
    }

    private void readersSeeOnlyExactAnswers(RowStore store) throws Exception {
        // Small batches, so that there are many instants at which a fold is half done.
        try (var replica = new Replica(new Paced(store), new LayerFiles(folder.resolve("layers")), 12_000);
                ExecutorService threads =
                        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
            adopt(replica, 1);
            List<Future<?>> readers = new ArrayList<>();
            readers.add(threads.submit(reader(1, random -> lookup(replica, random))));
            readers.add(threads.submit(reader(2, random -> lookup(replica, random))));
            readers.add(threads.submit(reader(3, random -> batch(replica, random))));
            readers.add(threads.submit(reader(4, random -> list(replica, random))));
            readers.add(threads.submit(reader(5, random -> changes(replica, random))));
            readers.add(threads.submit(reader(6, random -> walk(replica, random))));
            try {
                for (long version = 2; version <= VERSIONS; version++) {
                    adopt(replica, version);
                    assertThat(replica.fold(Prices.effective(version - AHEAD))).isNull();
                    replica.forget(Prices.effective(version - KEPT));
                }
                assertThat(replica.verify().exact()).isTrue();
            } finally {
                newest.set(VERSIONS + 1);
                due.release(READERS);
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
        assertThat(answers).hasValueGreaterThan(500);
    }

    /// Lets readers read after each write.
    private final class Paced implements RowStore {

        private final RowStore store;

        Paced(RowStore store) {
            this.store = store;
        }

        @Override
        public byte @Nullable [] get(Family family, byte[] key) {
            return store.get(family, key);
        }

        @Override
        public void read(Family family, byte[] from, BiPredicate<byte[], byte[]> reader) {
            store.read(family, from, reader);
        }

        @Override
        public void write(List<Put> puts, boolean durable) {
            store.write(puts, durable);
            due.release(READERS);
            try {
                assertThat(behind.tryAcquire(READERS, 1, TimeUnit.MINUTES))
                        .as("readers go on")
                        .isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private void adopt(Replica replica, long version) throws IOException {
        Path file = folder.resolve("received");
        Version made = prices.made(version, file);
        replica.adopt(made, file);
        newest.set(version);
    }

    private interface Reading {
        void read(SplittableRandom random) throws IOException, NotKnown;
    }

    private Callable<Void> reader(long seed, Reading reading) {
        var random = new SplittableRandom(seed);
        return () -> {
            try {
                while (newest.get() <= VERSIONS) {
                    read(reading, random);
                    due.acquire();
                    behind.release();
                }
                return null;
            } finally {
                behind.release(1_000_000); // writing waits for this one no more
            }
        };
    }

    private void read(Reading reading, SplittableRandom random) throws IOException {
        long before = newest.get();
        try {
            reading.read(random);
            answers.incrementAndGet();
        } catch (NotKnown e) {
            assertThat(e).as("from version " + before).hasMessageContaining("begins with version");
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("meanwhile")) {
                throw e;
            }
        }
    }

    /// Most of the time within the versions that are kept, and at each of them as often.
    private Instant instant(SplittableRandom random) {
        long version = Math.max(1, newest.get() - random.nextInt(KEPT + 2));
        return Prices.effective(version).plus(Duration.ofMinutes(random.nextInt(60)));
    }

    private int key(SplittableRandom random) {
        return random.nextInt(prices.keys());
    }

    private static void compare(Version version, Key key, Rows rows) {
        int number = Integer.parseInt(key.cells().getFirst());
        assertThat(rows).as(key + " in version " + version.number()).isEqualTo(Prices.rows(version.number(), number));
    }

    private static void compare(Found found) {
        int number = Integer.parseInt(found.key().cells().getFirst());
        Row row = Prices.rows(found.version().number(), number).at(Instant.EPOCH);
        assertThat(found.row())
                .as(found.key() + " in version " + found.version().number())
                .isEqualTo(row);
        assertThat(found.exact()).isTrue();
    }

    private void lookup(Replica replica, SplittableRandom random) throws IOException, NotKnown {
        Instant at = instant(random);
        Found found = replica.lookup(Prices.key(key(random)), at);
        compare(found);
        Version version = found.version();
        assertThat(version.effective()).isBeforeOrEqualTo(at);
    }

    private void batch(Replica replica, SplittableRandom random) throws IOException, NotKnown {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            keys.add(Prices.key(key(random)));
        }
        List<Found> found = replica.lookup(keys, instant(random));
        assertThat(found).extracting(Found::key).isEqualTo(keys);
        assertThat(found)
                .extracting(Found::version)
                .containsOnly(found.getFirst().version());
        found.forEach(ReadersTest::compare);
    }

    private void list(Replica replica, SplittableRandom random) throws IOException, NotKnown {
        int first = key(random);
        Listed listed = replica.list(new byte[0], instant(random), Prices.key(first), 1 + random.nextInt(600));
        int next = first + 1;
        for (Found found : listed.found()) {
            compare(found);
            next = left(
                            listed.version(),
                            next,
                            Integer.parseInt(found.key().cells().getFirst()))
                    + 1;
        }
        if (listed.next() == null) {
            left(listed.version(), next, prices.keys());
        }
    }

    /// Keys that are left out are none.
    private static int left(Version version, int from, int to) {
        for (int key = from; key < to; key++) {
            assertThat(Prices.rows(version.number(), key).isEmpty())
                    .as(key + " is missing")
                    .isTrue();
        }
        return to;
    }

    private void changes(Replica replica, SplittableRandom random) throws IOException, NotKnown {
        Instant at = instant(random);
        List<Version> versions = replica.versions();
        long since = versions.get(random.nextInt(versions.size())).number();
        int first = key(random);
        Changes changes;
        try {
            changes = replica.changes(since, at, Prices.key(first), 1 + random.nextInt(300));
        } catch (NotKnown e) {
            assertThat(e).hasMessageMatching(".*(begins with version|is not known here).*");
            return;
        }
        int next = first + 1;
        for (Changes.Changed changed : changes.changed()) {
            compare(changes.from(), changed.key(), changed.before());
            compare(changes.to(), changed.key(), changed.after());
            int number = Integer.parseInt(changed.key().cells().getFirst());
            same(changes, next, number);
            next = number + 1;
        }
        if (changes.next() == null) {
            same(changes, next, prices.keys());
        }
    }

    private static void same(Changes changes, int from, int to) {
        for (int key = from; key < to; key++) {
            assertThat(Prices.rows(changes.from().number(), key))
                    .as(key + " is missing")
                    .isEqualTo(Prices.rows(changes.to().number(), key));
        }
    }

    private void walk(Replica replica, SplittableRandom random) throws IOException, NotKnown {
        Walk walk = replica.rows(instant(random), null);
        int next = 0;
        try {
            while (walk.hasNext()) {
                Change change = walk.next();
                compare(walk.version(), change.key(), change.rows());
                next = left(
                                walk.version(),
                                next,
                                Integer.parseInt(change.key().cells().getFirst()))
                        + 1;
            }
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
        left(walk.version(), next, prices.keys());
    }
}
