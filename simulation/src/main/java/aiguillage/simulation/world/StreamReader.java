package aiguillage.simulation.world;

import aiguillage.gateway.inbox.Result.Rejection;
import aiguillage.gateway.link.Hub;
import aiguillage.gateway.link.HubEvent;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import aiguillage.simulation.check.Truth;
import aiguillage.simulation.fault.Fault;
import aiguillage.simulation.fault.Faults;
import aiguillage.simulation.fault.Machine;
import aiguillage.simulation.time.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A party without a gateway: reads its stream, resumes behind the last position it saw, acknowledges, rejects,
/// stalls, forgets where it was.
final class StreamReader {

    private static final Duration SILENCE_MAX = Duration.ofSeconds(12);
    private static final Duration COME_BACK = Duration.ofMillis(700);
    private static final int BATCH = 4;

    private final Computers all;
    private final String name;
    private final HubLine line;
    private final TreeSet<Long> rejectedOnce = new TreeSet<>();
    private final Set<Position> toAcknowledge = new LinkedHashSet<>();
    private final List<Rejection> toReject = new ArrayList<>();
    private long last;
    private Hub.@Nullable Stream open;
    private Duration heard = Duration.ZERO;
    private boolean quiet;

    StreamReader(Computers all, HubComputer hub, String party, Truth truth) {
        this.all = all;
        this.name = party;
        Node node = all.outside();
        var machine = new Machine(
                all.scheduler(), node, all.faults(), () -> all.scheduler().now(), dead -> {
                    throw new AssertionError("a reader has no disk");
                });
        this.line = new HubLine(all.network(), hub, new PartyId(party), machine, truth, (to, position) -> {});
    }

    /// Two threads: one reads, one ends the stream when it is silent.
    void start() {
        all.outside().start(name, this::read);
        all.outside().start(name + "-watch", this::watch);
    }

    private void watch() {
        try {
            while (true) {
                all.outside().pause(SILENCE_MAX.dividedBy(3));
                Hub.Stream now = open;
                boolean silent = all.scheduler().elapsed().minus(heard).compareTo(SILENCE_MAX) > 0;
                boolean startsAnew = all.faults().haveEnded() && !quiet;
                if (now != null && (silent || startsAnew)) {
                    quiet = all.faults().haveEnded();
                    now.close();
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a reader", e);
        }
    }

    private void read() {
        try {
            while (true) {
                readStream();
                all.outside().pause(COME_BACK);
                tell();
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a reader", e);
        }
    }

    private void readStream() throws InterruptedException {
        Faults faults = all.faults();
        if (faults.haveEnded() || faults.strikes(Fault.READER_FORGETS)) {
            last = 0;
        }
        heard = all.scheduler().elapsed();
        try (Hub.Stream stream = line.open(last)) {
            open = stream;
            while (true) {
                HubEvent event = stream.next();
                heard = all.scheduler().elapsed();
                if (event instanceof HubEvent.Offered(var delivery)) {
                    last = delivery.position().value();
                    decide(delivery.position());
                    if (toAcknowledge.size() + toReject.size() >= BATCH
                            || faults.random().nextBoolean()) {
                        tell();
                    }
                } else if (event instanceof HubEvent.Beat) {
                    tell();
                } else if (event instanceof HubEvent.Goodbye) {
                    return;
                }
            }
        } catch (IOException e) {
            all.scheduler().trace().line(name, "stream ended: " + e.getMessage());
        } finally {
            open = null;
        }
    }

    private void decide(Position position) throws InterruptedException {
        Faults faults = all.faults();
        if (faults.strikes(Fault.REJECTED) && rejectedOnce.add(position.value())) {
            toReject.add(new Rejection(position, "it does not please"));
        } else if (!faults.strikes(Fault.READER_STALLS)) {
            toAcknowledge.add(position);
        } else if (faults.random().nextBoolean()) {
            all.outside().pause(faults.between(COME_BACK, SILENCE_MAX.multipliedBy(2)));
        }
    }

    private void tell() throws InterruptedException {
        if (toAcknowledge.isEmpty() && toReject.isEmpty()) {
            return;
        }
        try {
            line.acknowledge(List.copyOf(toAcknowledge), List.copyOf(toReject));
            toAcknowledge.clear();
            toReject.clear();
        } catch (IOException e) {
            all.scheduler().trace().line(name, "not acknowledged: " + e.getMessage());
        }
    }
}
