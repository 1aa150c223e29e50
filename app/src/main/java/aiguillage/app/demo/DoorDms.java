package aiguillage.app.demo;

import aiguillage.app.warranty.ClaimUnreadable;
import aiguillage.app.warranty.Decision;
import aiguillage.conformance.driver.DealerDriver;
import aiguillage.conformance.driver.Door;
import aiguillage.conformance.driver.Identity;
import aiguillage.conformance.driver.Manner;
import aiguillage.conformance.driver.Offer;
import aiguillage.conformance.driver.Place;
import aiguillage.conformance.driver.RestDoor;
import aiguillage.conformance.driver.Said;
import aiguillage.conformance.driver.StarDoor;
import aiguillage.conformance.driver.Waiting;
import aiguillage.gateway.dms.FileNames;
import aiguillage.gateway.dms.Folders;
import aiguillage.protocol.FlowName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The system of a dealer without a gateway: what lies in its `out` folder it sends through a door of the hub,
/// what waits there it fetches into `in`, and only then acknowledges it. A thread of its own; it tries again
/// whatever the line does.
final class DoorDms implements AutoCloseable {

    private static final String CLAIM_ELEMENT = "ProcessWarrantyClaim";
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Cast.Workshop workshop;
    private final Folders dms;
    private final Door door;
    private final Identity identity;
    private final Place place;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Thread thread;

    /// Begins at once.
    DoorDms(Cast.Workshop workshop, Path dms, Door door, Identity identity, Place place) {
        this.workshop = workshop;
        this.dms = new Folders(dms);
        this.door = door;
        this.identity = identity;
        this.place = place;
        this.thread = Thread.ofPlatform()
                .name("dms-" + workshop.dealer().party() + "-" + door.name())
                .start(this::run);
    }

    /// Whether it goes on; it ends by itself only when something is wrong with the demo.
    boolean isAlive() {
        return failure.get() == null;
    }

    private void run() {
        try (DealerDriver driver = door.open(identity, place);
                DealerDriver told = noticeDoor().open(identity, place)) {
            do {
                try {
                    send(driver);
                    fetch(driver, workshop.decisions(), decision -> Decision.numberIn(decision.content()) + ".xml");
                    fetch(
                            told,
                            workshop.claims().notices(),
                            notice -> HexFormat.of().formatHex(notice.digest().bytes()) + ".json");
                } catch (DealerDriver.NotLetIn | DealerDriver.Unintelligible away) {
                    // the hub is down, or went down in the middle: later
                }
            } while (!ending.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | ClaimUnreadable | RuntimeException e) {
            failure.set(e);
            System.err.println("The system of " + workshop.dealer().party() + " cannot go on: " + e);
        }
    }

    private void send(DealerDriver driver) throws IOException {
        for (Path claim : claims()) {
            String name = String.valueOf(claim.getFileName());
            var offer = new Offer(
                    workshop.claims(),
                    name.substring(0, name.lastIndexOf('.')),
                    CLAIM_ELEMENT,
                    Files.readAllBytes(claim),
                    null,
                    null);
            switch (driver.submit(offer, Manner.AT_ONCE)) {
                case Said.Accepted(var receipt) -> done(claim, receipt);
                case Said.Refused(var code, var detail) ->
                    throw new IOException("the claim " + name + " was refused, " + code + ": " + detail);
                default -> {
                    return; // nobody answered: once more, under the same id
                }
            }
        }
    }

    private List<Path> claims() throws IOException {
        try (Stream<Path> files = Files.list(dms.out(workshop.claims()))) {
            return files.filter(file -> file.toString().endsWith(workshop.extension()))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException notYet) {
            return List.of();
        }
    }

    private void done(Path claim, byte[] receipt) throws IOException {
        Path done = Files.createDirectories(dms.done(workshop.claims()));
        Files.write(done.resolve(claim.getFileName() + FileNames.RECEIPT), receipt);
        Files.move(claim, done.resolve(claim.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(claim.resolveSibling(claim.getFileName() + FileNames.ENVELOPE));
    }

    /// Notices are no BODs: a system that speaks STAR has them by REST, with the same certificate.
    private Door noticeDoor() {
        return door instanceof StarDoor ? new RestDoor() : door;
    }

    @FunctionalInterface
    private interface Named {
        String name(Waiting waiting) throws ClaimUnreadable;
    }

    private void fetch(DealerDriver driver, FlowName flow, Named named) throws IOException, ClaimUnreadable {
        Path in = Files.createDirectories(dms.in(flow));
        for (Waiting waiting : driver.pull(flow)) {
            Path file = in.resolve(named.name(waiting));
            Path unfinished = Files.write(file.resolveSibling(file.getFileName() + ".tmp"), waiting.content());
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            driver.acknowledge(waiting);
        }
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
