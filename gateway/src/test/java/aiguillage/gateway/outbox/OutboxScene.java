package aiguillage.gateway.outbox;

import aiguillage.gateway.disk.Disk;
import aiguillage.gateway.dms.Folders;
import aiguillage.gateway.dms.OutFolder;
import aiguillage.gateway.pace.Crew;
import aiguillage.gateway.pace.Pause;
import aiguillage.gateway.status.Troubles;
import aiguillage.gateway.testing.MemoryBook;
import aiguillage.gateway.testing.SteppingDisk;
import aiguillage.gateway.testing.Steps;
import aiguillage.protocol.Brand;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// An outbox over a real folder, with a book that survives its crashes, in front of a hub of the test's choice.
final class OutboxScene {

    static final FlowName CLAIMS = FlowName.of("opel/claim");
    static final FlowName ORDERS = FlowName.of("opel/order");
    static final PartyId DEALER = new PartyId("dealer-7");

    final Steps steps = new Steps();
    final MemoryBook book = new MemoryBook(steps);
    final SteppingDisk disk = new SteppingDisk(steps, moved -> {});
    final Folders folders;
    final List<Duration> pauses;
    final InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-01T09:00:00Z"));
    final Troubles troubles = new Troubles(clock);
    final Crew crew = new Crew(failure -> {
        throw new AssertionError(failure);
    });
    private final Path data;
    private final Submitter hub;
    private final SplittableRandom random = new SplittableRandom(7);
    private int files;

    OutboxScene(Path root, Function<Steps, Submitter> hub) throws IOException {
        this(root, new ArrayList<>(), hub);
    }

    /// @param pauses takes each wait, instead of time passing
    OutboxScene(Path root, List<Duration> pauses, Function<Steps, Submitter> hub) throws IOException {
        this.pauses = pauses;
        this.data = root.resolve("data");
        this.folders = new Folders(root.resolve("dms"));
        this.hub = hub.apply(steps);
        Files.createDirectories(folders.out(CLAIMS));
        Files.createDirectories(folders.out(ORDERS));
    }

    /// The program starts: opens the outbox on what is there.
    Outbox open() throws IOException {
        return open(disk);
    }

    /// As [#open()], on a disk of the test's choice.
    Outbox open(Disk chosen) throws IOException {
        Pause pause = duration -> {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            pauses.add(duration);
        };
        var ways = new Sending.Ways(
                brand -> hub, brand -> new Semaphore(1), Duration.ofMillis(500), Duration.ofSeconds(30), crew, pause);
        return new Outbox(data, DEALER, 0, folders, book, chosen, clock, random, troubles, ways);
    }

    /// The machine lost its power: what was not forced is gone.
    void losePower() throws IOException {
        book.losePower();
        disk.losePower();
    }

    /// The DMS puts a file into `out`, one second younger than the one before.
    Path put(FlowName flow, String name, String content) throws IOException {
        Path file = folders.out(flow).resolve(name);
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(clock.instant().plusSeconds(files++)));
        return file;
    }

    /// One look at the folders.
    void look(Outbox outbox) {
        new OutFolder(new Brand("opel"), folders, Duration.ZERO, clock, outbox, troubles).look();
    }

    static List<String> names(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
