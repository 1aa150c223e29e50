package aiguillage.gateway.testing;

import aiguillage.gateway.disk.Book;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A book that survives a crash: with all that was written, or only with what had to be durable.
public final class MemoryBook implements Book {

    private final Steps steps;
    private boolean failing;
    private TreeMap<String, byte[]> now = new TreeMap<>();
    private TreeMap<String, byte[]> durable = new TreeMap<>();

    public MemoryBook(Steps steps) {
        this.steps = steps;
    }

    /// The next write fails, and nothing of it is kept: a full disk.
    public synchronized void failNextWrite() {
        failing = true;
    }

    /// A program opens it: what it finds is durable.
    public synchronized void opened() {
        durable = new TreeMap<>(now);
    }

    /// The machine lost its power: what was not durable is gone.
    public synchronized void losePower() {
        now = new TreeMap<>(durable);
    }

    @Override
    public synchronized byte @Nullable [] read(String key) {
        return now.get(key);
    }

    @Override
    public synchronized List<Entry> scan(String prefix, String from, int max) {
        List<Entry> found = new ArrayList<>();
        for (Map.Entry<String, byte[]> entry : now.tailMap(from).entrySet()) {
            if (!entry.getKey().startsWith(prefix) || found.size() == max) {
                break;
            }
            found.add(new Entry(entry.getKey(), entry.getValue()));
        }
        return found;
    }

    @Override
    public synchronized void write(List<Change> changes, boolean durably) {
        steps.pass();
        if (failing) {
            failing = false;
            throw new UncheckedIOException(new IOException("No space left on device"));
        }
        for (Change change : changes) {
            byte[] value = change.value();
            if (value == null) {
                now.remove(change.key());
            } else {
                now.put(change.key(), value);
            }
        }
        if (durably) {
            steps.pass(); // written, and not forced yet
            durable = new TreeMap<>(now);
        }
        steps.pass();
    }

    @Override
    public void close() {}
}
