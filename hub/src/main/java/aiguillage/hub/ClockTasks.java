package aiguillage.hub;

import aiguillage.hub.door.call.HubParts;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the hub does again and again, on a few threads of its own. A task that fails is logged and comes again;
/// one whose failure means that the hub cannot go on ends the process.
final class ClockTasks {

    private static final Logger LOG = LoggerFactory.getLogger(ClockTasks.class);

    private static final int THREADS = 3;
    private static final int END_SECONDS = 10;

    private final ScheduledThreadPoolExecutor timer;
    private final Consumer<Throwable> onFailure;

    /// What is done, and may fail.
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    /// What is scheduled for later is dropped at the stop: long polls have been answered by then. More than one
    /// thread, so that a slow disk or a revocation list that does not come keeps no connection open that is
    /// over.
    ///
    /// @param onFailure told when the hub cannot go on
    ClockTasks(Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
        timer = new ScheduledThreadPoolExecutor(
                THREADS, Thread.ofPlatform().name("hub-clock-", 0).factory());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRemoveOnCancelPolicy(true);
    }

    /// The threads, for parts that do something later by themselves.
    ScheduledExecutorService timer() {
        return timer;
    }

    /// Has something done again and again, the first time after one period.
    ///
    /// @param what it is, for the log
    void every(long period, TimeUnit unit, String what, Task task) {
        var _ = timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (Exception | Error e) {
                        if (HubParts.mustStop(e)) {
                            onFailure.accept(e);
                        }
                        LOG.atError().addKeyValue("task", what).setCause(e).log("A task of the clock failed.");
                    }
                },
                period,
                period,
                unit);
    }

    /// Begins no task any more.
    void stop() {
        timer.shutdown();
    }

    /// Waits for what runs after [#stop]. A task in the middle of something has a moment; one that waits for
    /// somebody else, as for a revocation list, is interrupted then.
    ///
    /// @return whether all have ended
    boolean ends() {
        try {
            if (timer.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                return true;
            }
            timer.shutdownNow();
            return timer.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return timer.isTerminated();
        }
    }
}
