package aiguillage.app.demo;

import aiguillage.app.warranty.ClaimLines;
import aiguillage.conformance.driver.DealerDriver;
import aiguillage.conformance.driver.Identity;
import aiguillage.conformance.driver.Place;
import aiguillage.conformance.driver.SftpDoor;
import aiguillage.conformance.driver.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The archive's old system: fetches its copies from the SFTP door, as the flat files that they are there. A
/// thread of its own; it tries again whatever the line does.
final class Archive implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Path in;
    private final Identity identity;
    private final Place place;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Thread thread;

    /// Begins at once.
    ///
    /// @param in where it writes them
    Archive(Path in, Identity identity, Place place) {
        this.in = in;
        this.identity = identity;
        this.place = place;
        this.thread = Thread.ofPlatform().name("archive").start(this::run);
    }

    /// Whether it goes on; it ends by itself only when something is wrong with the demo.
    boolean isAlive() {
        return failure.get() == null;
    }

    private void run() {
        try (DealerDriver driver = SftpDoor.ofFiles(ClaimLines.EXTENSION).open(identity, place)) {
            Files.createDirectories(in);
            do {
                try {
                    for (Waiting copy : driver.pull(Cast.ARCHIVED)) {
                        keep(copy);
                        driver.acknowledge(copy);
                    }
                } catch (DealerDriver.NotLetIn | DealerDriver.Unintelligible away) {
                    // the hub is down, or went down in the middle: later
                }
            } while (!ending.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            failure.set(e);
            System.err.println("The archive cannot go on: " + e);
        }
    }

    private void keep(Waiting copy) throws IOException {
        Path file = in.resolve(copy.handle().substring(copy.handle().lastIndexOf('/') + 1));
        Path unfinished = Files.write(file.resolveSibling(file.getFileName() + ".tmp"), copy.content());
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        ending.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
