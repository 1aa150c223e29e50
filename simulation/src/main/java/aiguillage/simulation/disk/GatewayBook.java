package aiguillage.simulation.disk;

import aiguillage.gateway.disk.Book;
import aiguillage.simulation.fault.Machine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A gateway's book, over all its lives. A write that is not durable can be undone by a loss of power, and with it
/// all that came after.
public final class GatewayBook implements Book {

    private final NavigableMap<String, byte[]> records = new TreeMap<>();

    /// How to undo what is not durable yet, oldest first.
    private final Deque<List<Change>> undo = new ArrayDeque<>();

    private @Nullable Machine machine;
    private final List<List<Change>> inFlight = new ArrayList<>();

    /// A gateway opens it: what it finds is durable.
    public void opened(Machine by) {
        machine = by;
        undo.clear();
    }

    /// The gateway is gone.
    ///
    /// @param written whether the write in flight came through
    /// @param undone how many of the writes that are not durable are lost; 0 unless power was lost
    public void crashed(boolean written, int undone) {
        if (written && undone == 0) {
            inFlight.forEach(this::apply);
        }
        inFlight.clear();
        machine = null;
        for (int i = 0; i < undone && !undo.isEmpty(); i++) {
            undo.removeLast().forEach(this::set);
        }
    }

    /// Power is lost: from now on nothing more can be undone.
    public void settled() {
        undo.clear();
    }

    /// How many writes are not durable.
    public int undurable() {
        return undo.size();
    }

    @Override
    public byte @Nullable [] read(String key) {
        return records.get(key);
    }

    @Override
    public List<Entry> scan(String prefix, String from, int max) {
        List<Entry> found = new ArrayList<>();
        for (Map.Entry<String, byte[]> record : records.tailMap(from, true).entrySet()) {
            if (found.size() == max || !record.getKey().startsWith(prefix)) {
                return found;
            }
            found.add(new Entry(record.getKey(), record.getValue()));
        }
        return found;
    }

    @Override
    public void write(List<Change> changes, boolean durable) {
        Machine at = machine;
        if (at == null) {
            throw new IllegalStateException("nobody has this book open");
        }
        at.mayDie();
        if (durable) {
            inFlight.add(changes);
            at.diskWorks();
            at.mayDie();
            inFlight.remove(changes);
        }
        apply(changes);
        if (durable) {
            undo.clear();
        }
        at.mayDie();
    }

    private void apply(List<Change> changes) {
        List<Change> before = new ArrayList<>();
        for (Change change : changes) {
            before.addFirst(new Change(change.key(), records.get(change.key())));
            set(change);
        }
        undo.addLast(before);
    }

    private void set(Change change) {
        byte[] value = change.value();
        if (value == null) {
            records.remove(change.key());
        } else {
            records.put(change.key(), value);
        }
    }

    @Override
    public void close() {
        machine = null;
    }
}
