package aiguillage.dataset.replica;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.row.Row;
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
    private static final int KILLS = Integer.getInteger("aiguillage.kills", 10);

    private static final int LIFE_MILLIS_MAX = 700;

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
            int first = process.getInputStream().read();
            boolean ended = process.waitFor(random.nextInt(LIFE_MILLIS_MAX), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor(); // SIGKILL
            assertThat(first >= 0 && !ended)
                    .as(Files.readString(folder.resolve("process.log")))
                    .isTrue();
            try (Replica replica = ReplicaProcess.open(folder)) {
                interrupted += replica.isFolding() ? 1 : 0;
                versions = compare(replica, "seed " + seed + ", kill " + kill, random);
            }
        }
        String run = "seed " + seed + ": " + versions + " versions, " + interrupted + " folds cut off";
        System.getLogger(KilledReplicaTest.class.getName()).log(System.Logger.Level.INFO, run);
        assertThat(versions).as(run).isGreaterThan(KILLS_MIN);
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
