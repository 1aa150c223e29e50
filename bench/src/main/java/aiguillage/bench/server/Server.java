package aiguillage.bench.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A process of ours that answers at a port.
public record Server(Child child, int port) implements AutoCloseable {

    /// Starts `main`, whose first word is its port.
    ///
    /// @param options for the Java machine
    public static Server start(Class<?> main, List<String> options, Path folder) throws IOException {
        Child child = Child.start(main, options, folder);
        return new Server(child, Integer.parseInt(child.answer().split(" ", 2)[0]));
    }

    @Override
    public void close() {
        child.close();
    }
}
