package aiguillage.gateway.inbox;

import aiguillage.gateway.dms.Folders;
import aiguillage.gateway.outbox.Answer;
import aiguillage.gateway.outbox.Outbox;
import aiguillage.gateway.outbox.Sending;
import aiguillage.gateway.pace.Crew;
import aiguillage.gateway.pace.Pause;
import aiguillage.gateway.status.Troubles;
import aiguillage.gateway.testing.MemoryBook;
import aiguillage.gateway.testing.SteppingDisk;
import aiguillage.gateway.testing.Steps;
import aiguillage.protocol.Brand;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/// An inbox over real folders, a hub that offers until it hears an end, and a DMS that takes each file away the
/// moment it appears.
final class InboxScene {

    static final FlowName DECISIONS = FlowName.of("opel/decision");

    final Steps steps = new Steps();
    final MemoryBook book = new MemoryBook(steps);
    final InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-01T09:00:00Z"));
    final Troubles troubles = new Troubles(clock);
    final SteppingDisk disk = new SteppingDisk(steps, this::dms);
    final Folders folders;
    final Path data;
    final TreeMap<Position, Delivery> pending = new TreeMap<>();
    final List<String> takenByDms = new ArrayList<>();
    final List<Result.Rejection> rejected = new ArrayList<>();
    Fetcher fetcher = (reference, from) -> {
        throw new IOException("nothing large in this scene");
    };
    boolean dmsTakes = true;

    InboxScene(Path root) {
        this.data = root.resolve("data");
        this.folders = new Folders(root.resolve("dms"));
    }

    /// The program starts.
    Inbox open() throws IOException {
        return open(outbox());
    }

    Inbox open(Outbox outbox) throws IOException {
        book.opened();
        Fetcher current = (reference, from) -> fetcher.payload(reference, from);
        return new Inbox(
                "main",
                data.resolve("inbox"),
                Set.of(new Brand("opel")),
                0,
                folders,
                outbox,
                book,
                disk,
                current,
                clock,
                troubles);
    }

    Outbox outbox() throws IOException {
        Pause pause = duration -> {};
        var ways = new Sending.Ways(
                brand -> (document, payload) -> new Answer.Accepted("{}"),
                brand -> new Semaphore(1),
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                new Crew(failure -> {
                    throw new AssertionError(failure);
                }),
                pause);
        return new Outbox(
                data.resolve("outbox"),
                new PartyId("dealer-7"),
                0,
                folders,
                book,
                disk,
                clock,
                new SplittableRandom(7),
                troubles,
                ways);
    }

    /// The hub offers everything pending, and hears of each end.
    Result offerAll(Inbox inbox) throws InterruptedException {
        Result result = inbox.handOver(List.copyOf(pending.values()));
        steps.pass(); // the acknowledgement may be lost
        result.handedOver().forEach(pending::remove);
        result.rejected().forEach(rejection -> pending.remove(rejection.position()));
        rejected.addAll(result.rejected());
        return result;
    }

    Delivery offer(long position, FlowName flow, String id, String content) {
        byte[] data = content.getBytes(StandardCharsets.UTF_8);
        var delivery = new Delivery(
                new Position(position),
                Envelope.of(new DocumentId(id), new PartyId("opel-centre"), flow),
                Digest.of(data),
                data.length,
                data,
                null);
        pending.put(delivery.position(), delivery);
        return delivery;
    }

    /// The machine lost its power: what was not forced is gone.
    void losePower() throws IOException {
        book.losePower();
        disk.losePower();
    }

    /// The DMS takes all that lies there by now.
    void takeAll(FlowName flow) throws IOException {
        dmsTakes = true;
        Files.createDirectories(folders.in(flow)); // as its installer does
        try (var files = Files.list(folders.in(flow))) {
            files.sorted().forEach(this::dms);
        }
    }

    private void dms(Path file) {
        try {
            boolean delivery = file.startsWith(folders.root())
                    && !file.getFileName().toString().endsWith(".envelope.json");
            if (dmsTakes && delivery) {
                Path envelope = file.resolveSibling(file.getFileName() + ".envelope.json");
                String text = Files.readString(envelope);
                takenByDms.add(Files.readString(file) + (text.contains("opel-centre") ? "" : " (without sender)"));
                Files.delete(file);
                Files.delete(envelope);
            }
        } catch (IOException e) {
            throw new AssertionError("the DMS cannot take " + file, e);
        }
    }
}
