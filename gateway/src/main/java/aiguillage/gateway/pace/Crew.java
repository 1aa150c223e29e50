package aiguillage.gateway.pace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The gateway's long-lived threads, named, started and stopped together. One that fails tells so: a gateway that
/// has lost a part stops rather than go on half.
public final class Crew {

    private static final Logger log = LoggerFactory.getLogger(Crew.class);

    private final Consumer<Throwable> failed;
    private final Threads made;
    private final List<Thread> threads = new ArrayList<>();
    private boolean stopping;

    /// A crew of nobody yet.
    ///
    /// @param failed told, on the failing thread, what ended it
    public Crew(Consumer<Throwable> failed) {
        this(failed, Threads.real());
    }

    /// As the other, with threads of the caller's choice.
    public Crew(Consumer<Throwable> failed, Threads threads) {
        this.failed = failed;
        this.made = threads;
    }

    /// Starts work that waits most of its time: lines, queues, timers.
    public void waiting(String name, Runnable work) {
        start(made.unstarted(name, false, guarded(name, work)));
    }

    /// Starts work that keeps the disk busy, on a thread of its own.
    public void working(String name, Runnable work) {
        start(made.unstarted(name, true, guarded(name, work)));
    }

    /// Interrupts all and waits for them to end.
    ///
    /// @return the names of those that did not end in time
    public List<String> stop(Duration patience) throws InterruptedException {
        List<Thread> all;
        synchronized (threads) {
            stopping = true;
            all = List.copyOf(threads);
        }
        all.forEach(Thread::interrupt);
        List<String> left = new ArrayList<>();
        long deadline = System.nanoTime() + patience.toNanos();
        for (Thread thread : all) {
            if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                left.add(thread.getName());
            }
        }
        return left;
    }

    private void start(Thread thread) {
        synchronized (threads) {
            if (stopping) {
                return;
            }
            threads.removeIf(other -> other.getState() == Thread.State.TERMINATED);
            threads.add(thread);
            thread.start();
        }
    }

    private Runnable guarded(String name, Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (Throwable e) {
                synchronized (threads) {
                    if (stopping) {
                        return;
                    }
                }
                log.atError().setCause(e).addKeyValue("thread", name).log("A part of the gateway failed; it stops.");
                failed.accept(e);
            }
        };
    }
}
