package aiguillage.gateway.outbox;

import aiguillage.gateway.outbox.Filing.Item;
import aiguillage.gateway.pace.Backoff;
import aiguillage.gateway.pace.Crew;
import aiguillage.gateway.pace.Pause;
import aiguillage.gateway.status.Troubles;
import aiguillage.protocol.Brand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// The threads of the outbox: a sender per flow and a filing line per brand, made when a flow is first seen.
public final class Sending {

    /// Submissions to one hub at the same time, over all flows.
    public static final int LANES_PER_HUB = 8;

    private final Ways ways;
    private final Filing filing;
    private final RandomGenerator random;
    private final Troubles troubles;
    private final Consumer<Waiting> kept;
    private final Map<Brand, FilingLine> lines = new ConcurrentHashMap<>();
    private final List<FlowQueue> flows = new ArrayList<>();
    private boolean started;

    Sending(Ways ways, Filing filing, RandomGenerator random, Troubles troubles, Consumer<Waiting> kept) {
        this.ways = ways;
        this.filing = filing;
        this.random = random;
        this.troubles = troubles;
        this.kept = kept;
    }

    synchronized void start() {
        started = true;
        lines.forEach(this::startLine);
        flows.forEach(this::startFlow);
    }

    synchronized void flow(FlowQueue queue) {
        FilingLine before = lines.get(queue.flow().brand());
        FilingLine line = line(queue.flow().brand());
        flows.add(queue);
        if (started) {
            if (before == null) {
                startLine(queue.flow().brand(), line);
            }
            startFlow(queue);
        }
    }

    void unfiled(Waiting document, FlowQueue queue) {
        line(document.flow().brand()).unfiled(new Item(document, queue.payload(document)));
    }

    void now() throws InterruptedException {
        lines.values().forEach(FilingLine::fileNow);
        for (FlowQueue queue : List.copyOf(flows)) {
            FlowSender sender = sender(queue);
            Waiting next = queue.after(0);
            while (next != null) {
                sender.send(next);
                line(queue.flow().brand()).fileNow();
                next = queue.after(next.number());
            }
        }
    }

    private FilingLine line(Brand brand) {
        return lines.computeIfAbsent(brand, b -> new FilingLine(b, filing, kept, ways.pause(), troubles));
    }

    private void startLine(Brand brand, FilingLine line) {
        ways.crew().working("filing-" + brand, line);
    }

    private void startFlow(FlowQueue queue) {
        ways.crew().waiting("sender-" + queue.flow(), sender(queue));
    }

    private FlowSender sender(FlowQueue queue) {
        Brand brand = queue.flow().brand();
        var backoff = new Backoff(ways.retryFirst(), ways.retryLongest(), random);
        return new FlowSender(
                queue, ways.submitter().apply(brand), ways.lanes().apply(brand), line(brand), backoff, ways.pause());
    }

    /// How documents leave.
    ///
    /// @param submitter by brand
    /// @param lanes by brand; brands of one hub share theirs
    /// @param retryFirst the first wait after a failure
    /// @param retryLongest the longest wait between two attempts
    public record Ways(
            Function<Brand, Submitter> submitter,
            Function<Brand, Semaphore> lanes,
            Duration retryFirst,
            Duration retryLongest,
            Crew crew,
            Pause pause) {}
}
