package aiguillage.simulation.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decides which thread goes next, and moves the clock when none can. One thread of the machine runs it, and all
/// that runs in the simulation runs on that one.
public final class Scheduler {

    private static final Instant BEGIN = Instant.parse("2026-03-02T06:00:00Z");

    private final RandomGenerator random;
    private final Trace trace;
    private final List<Step> ready = new ArrayList<>();
    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparingLong(Alarm::micros).thenComparingLong(Alarm::number));
    private long nowMicros;
    private long steps;
    private long made;
    private @Nullable Throwable defect;

    private record Step(Node node, int thread, Runnable work) {}

    private record Alarm(long micros, long number, Node node, Runnable work) {}

    public Scheduler(RandomGenerator random, Trace trace) {
        this.random = random;
        this.trace = trace;
    }

    public Trace trace() {
        return trace;
    }

    /// The true time, which no clock in the simulation shows exactly.
    public Instant now() {
        return BEGIN.plusNanos(nowMicros * 1_000);
    }

    /// Since the beginning.
    public Duration elapsed() {
        return Duration.ofNanos(nowMicros * 1_000);
    }

    public long steps() {
        return steps;
    }

    /// Takes one step, or moves the clock to the next alarm.
    ///
    /// @return false when nothing will ever happen any more
    public boolean step() {
        if (!ready.isEmpty()) {
            Step step = taken();
            if (step.node.isAlive()) {
                steps++;
                trace.mix(step.thread);
                step.work.run();
            }
            return true;
        }
        Alarm next = alarms.poll();
        if (next == null) {
            return false;
        }
        if (next.micros > nowMicros) {
            nowMicros = next.micros;
            trace.now(nowMicros / 1_000);
        }
        if (next.node.isAlive()) {
            next.work.run();
        }
        return true;
    }

    private Step taken() {
        int last = ready.size() - 1;
        int index = last == 0 ? 0 : random.nextInt(last + 1);
        Step step = ready.get(index);
        ready.set(index, ready.getLast());
        ready.removeLast();
        return step;
    }

    /// Runs something on the scheduler's own thread after a while, never before that is over, if the node is still
    /// alive then. It must not wait.
    public void after(Duration delay, Node node, Runnable work) {
        alarms.add(new Alarm(nowMicros + Math.max(0, Math.ceilDiv(delay.toNanos(), 1_000L)), made++, node, work));
    }

    void ready(Node node, int thread, Runnable work) {
        if (node.isAlive()) {
            ready.add(new Step(node, thread, work));
        }
    }

    int nextThread() {
        return (int) made++;
    }

    /// A thread ended as no thread may.
    void defect(Throwable failure) {
        if (defect == null) {
            defect = failure;
        }
    }

    /// What a thread of the simulation died of, or null.
    public @Nullable Throwable defect() {
        return defect;
    }
}
