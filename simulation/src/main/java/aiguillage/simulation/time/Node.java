package aiguillage.simulation.time;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// The life of a process, from start to kill. Its threads run only while it lives: after [#kill] none takes another
/// step, wherever it stood, and nobody tells it so.
public final class Node {

    private final Scheduler scheduler;
    private final String name;
    private boolean alive = true;

    public Node(Scheduler scheduler, String name) {
        this.scheduler = scheduler;
        this.name = name;
    }

    public String name() {
        return name;
    }

    public boolean isAlive() {
        return alive;
    }

    public void kill() {
        alive = false;
    }

    /// A thread of this process, not yet started.
    public Thread unstarted(String threadName, Runnable work) {
        int number = scheduler.nextThread();
        return SteppedThreads.unstarted(
                step -> scheduler.ready(this, number, step), name + "/" + threadName, () -> guarded(work));
    }

    public void start(String threadName, Runnable work) {
        unstarted(threadName, work).start();
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            scheduler.defect(e);
        }
    }

    /// Lets simulated time pass on the calling thread, which is one of this process.
    public void pause(Duration duration) throws InterruptedException {
        Thread sleeper = Thread.currentThread();
        boolean[] due = new boolean[1];
        scheduler.after(duration, this, () -> {
            due[0] = true;
            LockSupport.unpark(sleeper);
        });
        while (!due[0]) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.park(this);
        }
    }

    /// As [#pause], for work that cannot be interrupted, such as a write to disk.
    public void busy(Duration duration) {
        Thread sleeper = Thread.currentThread();
        boolean[] due = new boolean[1];
        boolean interrupted = false;
        scheduler.after(duration, this, () -> {
            due[0] = true;
            LockSupport.unpark(sleeper);
        });
        while (!due[0]) {
            interrupted |= Thread.interrupted();
            LockSupport.park(this);
        }
        if (interrupted) {
            sleeper.interrupt();
        }
    }
}
