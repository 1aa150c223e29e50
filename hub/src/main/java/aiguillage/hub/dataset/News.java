package aiguillage.hub.dataset;

import aiguillage.protocol.DatasetName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What streams tell their readers about datasets, in order; the last few, since a reader that missed more asks for
/// where everything stands. Safe from any thread.
public final class News {

    private static final int KEPT = 256;

    private final Deque<Item> items = new ArrayDeque<>();
    private long last;

    /// One thing that happened.
    ///
    /// @param number counted from 1 since the hub's start
    public record Item(long number, What what) {}

    /// What happened.
    public sealed interface What {

        /// A version came.
        record Came(DatasetName dataset, long version) implements What {}

        /// A sealed version holds: its key may be told.
        record Opened(DatasetName dataset, long version) implements What {}

        /// The versions behind this one were withdrawn.
        record Withdrawn(DatasetName dataset, long left) implements What {}

        /// Who may see what may be another.
        record Table() implements What {}
    }

    synchronized void add(What what) {
        items.add(new Item(++last, what));
        if (items.size() > KEPT) {
            items.removeFirst();
        }
    }

    /// The number of the last one; 0 when there was none.
    public synchronized long last() {
        return last;
    }

    /// All behind a number, or null when some of them are not kept any more.
    public synchronized @Nullable List<Item> after(long seen) {
        if (!items.isEmpty() && items.getFirst().number() > seen + 1) {
            return null;
        }
        List<Item> after = new ArrayList<>();
        for (Item item : items) {
            if (item.number() > seen) {
                after.add(item);
            }
        }
        return after;
    }
}
