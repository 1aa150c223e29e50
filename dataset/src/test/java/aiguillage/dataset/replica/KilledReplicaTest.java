package aiguillage.dataset.replica;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.row.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I7: a real process, killed with SIGKILL again and again while it adopts and folds.
class KilledReplicaTest {

    /// More, once in a while: `-Daiguillage.kills=300`; `-Daiguillage.seed=` repeats the instants.
    private static final int KILLS = Integer.getInteger("aiguillage.kills", 4);

    /// It is killed behind at most so many versions of one life, at most so long: about as long as one takes.
    private static final int VERSIONS_MAX = 6;

    private static final int MILLIS_MAX = 60;

    /// On a busy machine fewer must do.
    private static final Duration PATIENCE = Duration.ofSeconds(2L * KILLS);

    private static final int KILLS_MIN = 3;

    @TempDir
    private Path folder;

    @Test
    void whereverItIsKilledEveryVersionIsExact() throws Exception {
        long start = System.nanoTime();
        long seed = Long.getLong("aiguillage.seed", start);
        var random = new SplittableRandom(seed);
        long versions = 0;
        int interrupted = 0;
        for (int kill = 0;
                kill < KILLS_MIN || (kill < KILLS && System.nanoTime() - start < PATIENCE.toNanos());
                kill++) {
            Process process = ReplicaProcess.start(folder);
            long adopted = adopted(process, 1 + random.nextInt(VERSIONS_MAX));
            boolean ended = process.waitFor(random.nextInt(MILLIS_MAX), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor(); // SIGKILL
            assertThat(ended)
                    .as(Files.readString(folder.resolve("process.log")))
                    .isFalse();
            try (Replica replica = ReplicaProcess.open(folder)) {
                interrupted += replica.isFolding() ? 1 : 0;
                String run = "seed " + seed + ", kill " + kill;
                versions = compare(replica, run, random);
                assertThat(versions).as(run + ": what was adopted is durable").isGreaterThanOrEqualTo(adopted);
            }
        }
        String run = "seed " + seed + ": " + versions + " versions, " + interrupted + " folds cut off";
        System.getLogger(KilledReplicaTest.class.getName()).log(System.Logger.Level.INFO, run);
    }

    /// Waits until it has adopted so many versions; the last of them.
    private static long adopted(Process process, int count) throws IOException {
        var said = process.inputReader();
        String line = said.readLine();
        for (int i = 0; i < count && line != null; i++) {
            line = said.readLine();
        }
        return line == null ? 0 : Long.parseLong(line);
    }

    /// As it was left, and folded.
    private static long compare(Replica replica, String run, SplittableRandom random) throws Exception {
        List<Version> versions = replica.versions();
        if (versions.isEmpty()) {
            return 0;
        }
        compareVersions(replica, versions, run, random);
        if (random.nextBoolean()) {
            assertThat(replica.fold(versions.getLast().effective())).as(run).isNull();
            Verified verified = replica.verify();
            assertThat(verified.exact()).as(run + ": " + verified).isTrue();
            assertThat(verified.damaged()).as(run + ": " + verified).isEmpty();
            compareVersions(replica, versions, run, random);
        }
        return versions.getLast().number();
    }

    private static void compareVersions(Replica replica, List<Version> versions, String run, SplittableRandom random)
            throws Exception {
        for (Version version : versions) {
            for (int i = 0; i < 200; i++) {
                int key = random.nextInt(ReplicaProcess.KEYS);
                Instant at = version.effective();
                Row row = Prices.rows(version.number(), key).at(at);
                Found found = replica.lookup(Prices.key(key), at);
                assertThat(found.version()).as(run).isEqualTo(version);
                assertThat(found.row())
                        .as(run + ": " + key + " in version " + version.number())
                        .isEqualTo(row);
            }
        }
    }
}
