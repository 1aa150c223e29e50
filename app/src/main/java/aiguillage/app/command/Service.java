package aiguillage.app.command;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A long-running command: it ends in good order when the process is told to stop.
final class Service {

    private Service() {}

    /// Waits for SIGTERM or Ctrl-C, or for the end of the parent process, then closes the part.
    ///
    /// @param parent the process that must not be outlived, if any
    static void untilStopped(String name, AutoCloseable part, @Nullable Long parent) throws InterruptedException {
        var closed = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("stop-" + name).unstarted(() -> {
                    try {
                        part.close();
                    } catch (Exception e) {
                        System.err.println("The " + name + " did not stop in good order: " + e);
                    } finally {
                        closed.countDown();
                    }
                }));
        if (parent != null) {
            Thread.ofVirtual().name("parent").start(() -> {
                ProcessHandle.of(parent).ifPresent(process -> process.onExit().join());
                System.exit(0);
            });
        }
        closed.await();
    }
}
