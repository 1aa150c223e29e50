package aiguillage.bench.server;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The processes of one bench. Whatever becomes of it, [#close] ends them all, the last one first.
public final class Children implements AutoCloseable {

    private final Deque<Child> started = new ArrayDeque<>();

    /// See [Child#start].
    public Child start(Class<?> main, List<String> options, Object... arguments) throws IOException {
        return added(Child.start(main, options, arguments));
    }

    /// See [Child#startPeer].
    public Child startPeer(Class<?> main, List<String> options, Object... arguments) throws IOException {
        return added(Child.startPeer(main, options, arguments));
    }

    private Child added(Child child) {
        started.push(child);
        return child;
    }

    @Override
    public void close() {
        started.forEach(Child::close);
    }
}
