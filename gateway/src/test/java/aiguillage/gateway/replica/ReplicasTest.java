package aiguillage.gateway.replica;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.disk.RealDisk;
import aiguillage.gateway.pace.Backoff;
import aiguillage.gateway.pace.Crew;
import aiguillage.gateway.status.Troubles;
import aiguillage.gateway.testing.TestDatasets;
import aiguillage.protocol.Brand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReplicasTest {

    @TempDir
    Path root;

    private final TestDatasets hub = new TestDatasets();

    @Test
    void anAnswerThatTheStreamHasOvertakenTakesNothingAway() throws Exception {
        var hour = new Semaphore(0);
        var looked = new CountDownLatch(2); // a look is over when the next hour begins
        var crew = new Crew(failed -> {
            throw new AssertionError(failed);
        });
        var settings = new Replicas.Settings(
                0,
                Duration.ofDays(400),
                () -> new Backoff(Duration.ofMillis(1), Duration.ofMillis(10), new Random(1)),
                () -> new Confirmation(Duration.ZERO, new Random(1)));
        try (var replicas = new Replicas(
                "main",
                root,
                Set.of(new Brand("opel")),
                settings,
                hub,
                new HubClock(hub::now, () -> Instant.parse("2001-01-01T00:00:00Z")),
                new RealDisk(),
                crew,
                duration -> {
                    if (duration.compareTo(Duration.ofMinutes(1)) > 0) {
                        looked.countDown();
                        hour.acquire();
                    }
                },
                new Troubles(hub::now))) {
            replicas.start();
            hub.publish("p1=10.00");
            hub.refuse();
            hub.whenStandingIsOnItsWay(() -> granted(replicas));
            hour.release();
            looked.await();
            assertThat(replicas.find(TestDatasets.NAME)).isPresent();
            assertThat(crew.stop(Duration.ofSeconds(30))).isEmpty();
        }
    }

    private void granted(Replicas replicas) {
        hub.grant();
        try {
            replicas.told(hub.standing());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
