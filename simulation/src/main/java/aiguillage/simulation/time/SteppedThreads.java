package aiguillage.simulation.time;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;

/// Makes virtual threads whose steps are handed to an executor of ours instead of the JDK's scheduler. The JDK has
/// no public way to say so yet; this one needs `--add-opens=java.base/java.lang=ALL-UNNAMED`.
final class SteppedThreads {

    private static final Method MADE = made();

    private SteppedThreads() {}

    private static Method made() {
        try {
            Method made = Class.forName("java.lang.ThreadBuilders")
                    .getDeclaredMethod("newVirtualThread", Executor.class, String.class, int.class, Runnable.class);
            made.setAccessible(true);
            return made;
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "A simulation needs JDK 25 with --add-opens=java.base/java.lang=ALL-UNNAMED; ./aiguillage simulate"
                            + " gives it.",
                    e);
        }
    }

    /// A thread that is not yet started.
    ///
    /// @param steps given each step of the thread when it can be taken; it must run them one at a time
    static Thread unstarted(Executor steps, String name, Runnable work) {
        try {
            return (Thread) MADE.invoke(null, steps, name, 0, work);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the JDK makes no virtual thread: " + e.getMessage(), e);
        }
    }
}
