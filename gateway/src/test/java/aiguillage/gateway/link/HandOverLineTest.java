package aiguillage.gateway.link;

import static aiguillage.gateway.testing.GatewayScene.until;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.dms.Folders;
import aiguillage.gateway.inbox.Delivery;
import aiguillage.gateway.inbox.Inbox;
import aiguillage.gateway.inbox.Result.Rejection;
import aiguillage.gateway.outbox.Answer;
import aiguillage.gateway.outbox.Outbox;
import aiguillage.gateway.outbox.Sending;
import aiguillage.gateway.outbox.Waiting;
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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The order within a flow stays, whatever goes wrong with one of its deliveries.
final class HandOverLineTest {

    private static final FlowName PRICES = FlowName.of("opel/price-list");
    private static final FlowName DECISIONS = FlowName.of("opel/decision");

    /// One look of a lane gives up after five fetches: the hub has to offer it again, more than once.
    private static final int FAILING_FETCHES = 12;

    @TempDir
    private Path root;

    private final List<String> handedOver = Collections.synchronizedList(new ArrayList<>());
    private final PendingHub hub = new PendingHub();
    private final Troubles troubles = new Troubles(InstantSource.system());
    private final Crew crew = new Crew(failure -> {
        throw new AssertionError(failure);
    });

    /// Time passes quickly here.
    private final Pause pause = duration -> {
        LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    };

    @Test
    void aLaterPriceListNeverOvertakesOneThatCannotBeHandedOverYet() throws Exception {
        hub.failingFetches = FAILING_FETCHES;
        hub.offer(large(41, PRICES, "prices of Monday"));
        hub.offer(small(42, DECISIONS, "approved"));
        for (int position = 43; position < 60; position++) {
            hub.offer(small(position, PRICES, "prices of position " + position));
        }
        link().start();
        until("all are acknowledged", () -> hub.pendingCount() == 0);
        crew.stop(Duration.ofSeconds(10));

        assertThat(handedOver.getFirst()).as("other flows go on").startsWith("000000000042");
        assertThat(handedOver).hasSize(19);
        assertThat(handedOver.subList(1, 19)).isSorted();
        assertThat(hub.fetches).isEqualTo(FAILING_FETCHES + 1);
    }

    @Test
    void moreThanALaneHoldsStaysInOrder() throws Exception {
        int all = Lanes.WAITING_MAX + 200;
        hub.failingFetches = 3;
        hub.offer(large(41, PRICES, "prices of Monday"));
        for (int position = 42; position < 41 + all; position++) {
            hub.offer(small(position, PRICES, "prices of position " + position));
        }
        link().start();
        until("all are acknowledged", () -> hub.pendingCount() == 0);
        crew.stop(Duration.ofSeconds(10));

        assertThat(handedOver).hasSize(all).isSorted();
    }

    private Link link() throws IOException {
        var steps = new Steps();
        var book = new MemoryBook(steps);
        var folders = new Folders(root.resolve("dms"));
        var disk = new SteppingDisk(steps, this::moved);
        var ways = new Sending.Ways(
                brand -> hub, brand -> new Semaphore(1), Duration.ofMillis(1), Duration.ofMillis(1), crew, pause);
        var random = new SplittableRandom(7);
        InstantSource clock = InstantSource.system();
        var outbox = new Outbox(
                root.resolve("outbox"), new PartyId("dealer-7"), 0, folders, book, disk, clock, random, troubles, ways);
        var inbox = new Inbox(
                "main",
                root.resolve("inbox"),
                Set.of(new Brand("opel")),
                0,
                folders,
                outbox,
                book,
                disk,
                hub,
                clock,
                troubles);
        Duration soon = Duration.ofMillis(5);
        var settings = new Link.Settings(Duration.ofSeconds(45), soon, soon, soon, soon);
        return new Link("main", hub, inbox, settings, crew, pause, clock, random, troubles);
    }

    private void moved(Path file) {
        String name = file.getFileName().toString();
        if (file.startsWith(root.resolve("dms")) && !name.endsWith(".envelope.json")) {
            handedOver.add(name);
        }
    }

    private static Delivery small(long position, FlowName flow, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new Delivery(
                new Position(position), envelope(position, flow), Digest.of(bytes), bytes.length, bytes, null);
    }

    private static Delivery large(long position, FlowName flow, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return Delivery.large(
                new Position(position), envelope(position, flow), Digest.of(bytes), bytes.length, content);
    }

    private static Envelope envelope(long position, FlowName flow) {
        return Envelope.of(new DocumentId("d-" + position), new PartyId("opel-centre"), flow);
    }

    /// A hub that offers all that is pending on each stream. A payload's reference is its content.
    private static final class PendingHub implements Hub {

        private final TreeMap<Position, Delivery> pending = new TreeMap<>();
        private int failingFetches;
        private int fetches;

        synchronized void offer(Delivery delivery) {
            pending.put(delivery.position(), delivery);
        }

        synchronized int pendingCount() {
            return pending.size();
        }

        @Override
        public synchronized Stream open() {
            return new PendingStream(new ArrayDeque<>(pending.values()));
        }

        @Override
        public synchronized void acknowledge(List<Position> ended, List<Rejection> rejected) {
            ended.forEach(pending::remove);
        }

        @Override
        public synchronized InputStream payload(String dataRef, long from) throws IOException {
            fetches++;
            if (fetches <= failingFetches) {
                throw new IOException("the line broke");
            }
            byte[] bytes = dataRef.getBytes(StandardCharsets.UTF_8);
            return new ByteArrayInputStream(bytes, (int) from, bytes.length - (int) from);
        }

        @Override
        public Answer submit(Waiting document, Path payload) {
            throw new AssertionError("nothing is sent in this scene: " + document);
        }

        @Override
        public String address() {
            return "https://hub";
        }
    }

    private static final class PendingStream implements Hub.Stream {

        private final Deque<Delivery> left;
        private boolean closed;

        PendingStream(Deque<Delivery> left) {
            this.left = left;
        }

        @Override
        public synchronized HubEvent next() throws IOException {
            try {
                while (!closed && left.isEmpty()) {
                    wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("stopped", e);
            }
            if (closed) {
                throw new IOException("closed");
            }
            return new HubEvent.Offered(left.remove());
        }

        @Override
        public synchronized void close() {
            closed = true;
            notifyAll();
        }
    }
}
