package aiguillage.hub.replay;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A plan being carried out. Safe from any thread.
public final class Run {

    private final long number;
    private final Wish wish;
    private final String by;
    private final String reason;
    private final int total;
    private final Instant begun;
    private final AtomicInteger offered = new AtomicInteger();
    private final AtomicInteger passedOver = new AtomicInteger();
    private volatile State state = State.RUNNING;
    private volatile boolean isToStop;
    private volatile @Nullable String failure;

    /// How far it is.
    public enum State {
        RUNNING,
        DONE,
        STOPPED,
        FAILED
    }

    Run(long number, Wish wish, String by, String reason, int total, Instant begun) {
        this.number = number;
        this.wish = wish;
        this.by = by;
        this.reason = reason;
        this.total = total;
        this.begun = begun;
    }

    public long number() {
        return number;
    }

    public Wish wish() {
        return wish;
    }

    public String by() {
        return by;
    }

    public String reason() {
        return reason;
    }

    /// How many documents it is about.
    public int total() {
        return total;
    }

    /// How many were offered so far.
    public int offered() {
        return offered.get();
    }

    /// How many needed it no more when their turn came.
    public int passedOver() {
        return passedOver.get();
    }

    public Instant begun() {
        return begun;
    }

    public State state() {
        return state;
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }

    /// Why it failed; null when it did not.
    public @Nullable String failure() {
        return failure;
    }

    /// Ends it before the next documents; what was offered stays so.
    public void stop() {
        isToStop = true;
    }

    boolean isToStop() {
        return isToStop;
    }

    void offered(boolean isRecorded) {
        (isRecorded ? offered : passedOver).incrementAndGet();
    }

    void ended(State how, @Nullable String why) {
        failure = why;
        state = how;
    }
}
