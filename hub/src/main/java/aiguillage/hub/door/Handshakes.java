package aiguillage.hub.door;

import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;

/// The few threads that shake hands. A handshake costs as much processor time as fifty documents; after a restart
/// 6,500 gateways ask for one at the same time. On the threads of the requests they would leave those of the
/// connected parties waiting for seconds.
///
/// A handshake that has begun goes before one that has not: with strict turns each would come to its end only after
/// all others, later than any of them waits. Safe from any thread.
final class Handshakes extends AbstractLifeCycle {

    private final int count;
    private final AtomicLong numbers = new AtomicLong();
    private volatile @Nullable ThreadPoolExecutor threads;

    /// @param count of the threads; more than processors only wait for each other
    Handshakes(int count) {
        this.count = count;
    }

    /// One step of a handshake.
    ///
    /// @param begun whether it is not the first
    /// @param number counts up
    private record Step(boolean begun, long number, Runnable work) implements Runnable, Comparable<Step> {

        @Override
        public void run() {
            work.run();
        }

        @Override
        public int compareTo(Step other) {
            return begun == other.begun ? Long.compare(number, other.number) : begun ? -1 : 1;
        }
    }

    /// The queue is as long as there are connections, at most.
    @Override
    protected void doStart() throws Exception {
        threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new PriorityBlockingQueue<>(),
                Thread.ofPlatform().name("hub-handshake-", 0).factory());
        super.doStart();
    }

    /// Does a step of a handshake as soon as there is a thread for it; nothing once stopped.
    ///
    /// @param begun whether it is not its handshake's first
    void execute(boolean begun, Runnable work) {
        ThreadPoolExecutor running = threads;
        if (running != null && !running.isShutdown()) {
            running.execute(new Step(begun, numbers.incrementAndGet(), work));
        }
    }

    @Override
    protected void doStop() throws Exception {
        ThreadPoolExecutor running = threads;
        if (running != null) {
            running.shutdownNow();
        }
        super.doStop();
    }
}
