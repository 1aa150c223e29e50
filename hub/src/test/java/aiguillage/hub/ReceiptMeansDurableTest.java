package aiguillage.hub;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.check.Report;
import aiguillage.hub.testing.HubProcess;
import aiguillage.hub.testing.Load;
import aiguillage.hub.testing.Parties;
import aiguillage.hub.testing.RunningHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// I1: after a receipt, the document survives kill -9. A hub in a process of its own is killed at random instants,
/// while starting too, under load of several clients over mutual TLS; then everything any client was ever told is
/// compared with what the hub holds.
///
/// Runs until [#KILLS] kills, at most [#SECONDS_MAX] s; `-Daiguillage.kills=500` makes it more, without an end;
/// `-Daiguillage.seed=` repeats the instants.
class ReceiptMeansDurableTest {

    private static final int KILLS = 10;
    private static final int SECONDS_MAX = 180;

    /// Some are killed so long after their process began, the others so long after their first receipt.
    private static final int STARTING_MILLIS_MAX = 1_500;

    private static final int WORKING_MILLIS_MAX = 300;
    private static final int PATIENCE_SECONDS = 30;
    private static final int ONE_OF = 5;

    @TempDir
    Path folder;

    @Test
    @Timeout(3_600)
    void whatAnyClientWasToldSurvivesKills(TestReporter reporter) throws Exception {
        long seed = Long.getLong("aiguillage.seed", System.nanoTime());
        var random = new Random(seed);
        RunningHub.config(folder, RunningHub.FLOWS, InstantSource.system());
        String archive = "-XX:SharedArchiveFile=" + folder.resolve("classes.jsa");
        String classPath = HubProcess.packed(folder);
        prepare(classPath, "-XX:ArchiveClassesAtExit=" + folder.resolve("classes.jsa"));
        var load = new Load(new Parties(folder.resolve("ca"), InstantSource.system()));
        int wanted = Integer.getInteger("aiguillage.kills", KILLS);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        load.begin();
        int kills = 0;
        for (; kills < wanted && (wanted > KILLS || System.nanoTime() < until); kills++) {
            try (HubProcess hub = HubProcess.start(classPath, folder, archive)) {
                if (random.nextInt(ONE_OF) == 0) {
                    killAfter(hub, random.nextInt(STARTING_MILLIS_MAX)).join();
                } else {
                    hub.awaitReady();
                    load.hubIsAt(hub.mainPort()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    killAfter(hub, random.nextInt(WORKING_MILLIS_MAX)).join();
                }
            }
        }
        load.end();
        try (HubProcess hub = HubProcess.start(folder)) {
            hub.awaitReady();
            var _ = load.hubIsAt(hub.mainPort());
            load.verify(Files.readString(folder.resolve("data/ledger.vkey")));
            assertThat(hub.stop()).isZero();
        }
        verifyFolder();
        reporter.publishEntry("seed " + seed, kills + " kills, " + load);
        System.out.println("seed " + seed + ", " + kills + " kills, " + load);
        assertThat(load.receipts()).as("seed %s, %s", seed, load).isGreaterThan(kills);
        assertThat(kills).as("kills in %s s", SECONDS_MAX).isEqualTo(wanted);
    }

    /// Views, ledger and payloads are what the entries say, and no file lies about that no entry names.
    private void verifyFolder() throws IOException {
        Path data = folder.resolve("data");
        Report report = new Check(data, null, Progress.none()).run(null, folder);
        assertThat(report.findings()).isEmpty();
        assertThat(report.files()).isPositive();
        try (Stream<Path> files = Files.list(data.resolve("payloads"))) {
            assertThat(files).hasSize((int) report.files());
        }
    }

    /// A first, orderly run that remembers the classes, so that every later start is quick.
    private void prepare(String classPath, String option) throws Exception {
        try (HubProcess hub = HubProcess.start(classPath, folder, option)) {
            hub.awaitReady();
            assertThat(hub.stop()).isZero();
        }
    }

    private static CompletableFuture<Void> killAfter(HubProcess hub, int millis) {
        return CompletableFuture.runAsync(
                () -> kill(hub), CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
    }

    private static void kill(HubProcess hub) {
        try {
            hub.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
