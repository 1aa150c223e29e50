package aiguillage.dataset.replica;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Rows in memory, and what a power cut would leave of them: all that was written durably, and of the rest as
/// many writes, from the first on, as it likes. A write may be cut off: before it is done, or behind.
///
/// A write makes other maps and leaves those that are read: a lock here made a writer wait for each of its readers.
final class MemoryRowStore implements RowStore {

    private volatile Map<Family, NavigableMap<byte[], byte[]>> now = empty();
    private final Map<Family, NavigableMap<byte[], byte[]>> durable = empty();
    private final List<List<Put>> lazy = new ArrayList<>();
    private int writesLeft = Integer.MAX_VALUE;
    private boolean lastIsDone;
    private int writes;

    private static Map<Family, NavigableMap<byte[], byte[]>> empty() {
        Map<Family, NavigableMap<byte[], byte[]>> families = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            families.put(family, new TreeMap<>((Comparator<byte[]>) Arrays::compareUnsigned));
        }
        return families;
    }

    /// The power is cut in this many writes from now.
    ///
    /// @param done whether that write is still done
    void cutIn(int writes, boolean done) {
        writesLeft = writes;
        lastIsDone = done;
    }

    boolean isCut() {
        return writesLeft <= 0;
    }

    /// How many writes there were.
    int writes() {
        return writes;
    }

    /// How many writes a power cut could take.
    int lazyWrites() {
        return lazy.size();
    }

    /// What a power cut leaves.
    ///
    /// @param kept how many of the writes that are not durable
    MemoryRowStore afterPowerCut(int kept) {
        var left = new MemoryRowStore();
        durable.forEach((family, rows) -> left.now(family).putAll(rows));
        lazy.subList(0, kept).forEach(puts -> apply(puts, left.now));
        left.now.forEach((family, rows) -> left.rows(left.durable, family).putAll(rows));
        return left;
    }

    /// For whoever damages it.
    NavigableMap<byte[], byte[]> now(Family family) {
        return rows(now, family);
    }

    private NavigableMap<byte[], byte[]> rows(Map<Family, NavigableMap<byte[], byte[]>> all, Family family) {
        NavigableMap<byte[], byte[]> rows = all.get(family);
        if (rows == null) {
            throw new AssertionError(family);
        }
        return rows;
    }

    private void apply(List<Put> puts, Map<Family, NavigableMap<byte[], byte[]>> to) {
        for (Put put : puts) {
            byte[] value = put.value();
            if (value == null) {
                rows(to, put.family()).remove(put.key());
            } else {
                rows(to, put.family()).put(put.key(), value);
            }
        }
    }

    @Override
    public byte @Nullable [] get(Family family, byte[] key) {
        return now(family).get(key);
    }

    @Override
    public void read(Family family, byte[] from, BiPredicate<byte[], byte[]> reader) {
        for (Map.Entry<byte[], byte[]> row : now(family).tailMap(from).entrySet()) {
            if (!reader.test(row.getKey(), row.getValue())) {
                return;
            }
        }
    }

    @Override
    public synchronized void write(List<Put> puts, boolean durably) {
        writesLeft--;
        if (writesLeft < 0 || (writesLeft == 0 && !lastIsDone)) {
            throw new UncheckedIOException(new IOException("the power was cut"));
        }
        writes++;
        List<Put> copy = List.copyOf(puts);
        now = with(copy);
        lazy.add(copy);
        if (durably) {
            lazy.forEach(one -> apply(one, durable));
            lazy.clear();
        }
        if (writesLeft == 0) {
            throw new UncheckedIOException(new IOException("the power was cut"));
        }
    }

    private Map<Family, NavigableMap<byte[], byte[]>> with(List<Put> puts) {
        Map<Family, NavigableMap<byte[], byte[]>> next = new EnumMap<>(now);
        puts.stream().map(Put::family).distinct().forEach(family -> next.put(family, new TreeMap<>(now(family))));
        apply(puts, next);
        return next;
    }

    @Override
    public void close() {
        // Memory goes by itself.
    }
}
