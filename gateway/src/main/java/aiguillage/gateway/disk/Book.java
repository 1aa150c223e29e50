package aiguillage.gateway.disk;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The gateway's records, by key in byte order. A batch of changes happens wholly or not at all.
///
/// Keys are paths of printable ASCII, as in `waiting/opel/warranty-claim/0000000000000007`; each package owns its
/// first segment. Safe from any thread.
///
/// What can be read once a book is open survives a power cut, also what a killed process wrote last and had not
/// forced: whoever finds it acts on it.
public interface Book extends AutoCloseable {

    int PAGE_ENTRIES = 256;

    /// The value, or null when the key is not in the book.
    byte @Nullable [] read(String key);

    /// Records whose key starts with `prefix` and is at or after `from`, in order, at most `max`.
    List<Entry> scan(String prefix, String from, int max);

    /// Applies the changes in one step.
    ///
    /// @param durable true: they survive a power cut once this returns. False: a crash may undo them, but then it
    ///     undoes all that was written after them, too
    void write(List<Change> changes, boolean durable);

    @Override
    void close();

    /// A record as found.
    @SuppressWarnings("ArrayRecordComponent") // bytes straight from the store, read once and dropped
    record Entry(String key, byte[] value) {}

    /// A record to write, or, with a null value, to remove.
    @SuppressWarnings("ArrayRecordComponent")
    record Change(String key, byte @Nullable [] value) {

        public static Change put(String key, byte[] value) {
            return new Change(key, value);
        }

        public static Change remove(String key) {
            return new Change(key, null);
        }
    }

    /// All records with this prefix, page by page: memory holds one page.
    default void each(String prefix, Consumer<Entry> reader) {
        String from = prefix;
        List<Entry> page = scan(prefix, from, PAGE_ENTRIES);
        while (!page.isEmpty()) {
            page.forEach(reader);
            from = page.getLast().key() + '\0';
            page = scan(prefix, from, PAGE_ENTRIES);
        }
    }
}
