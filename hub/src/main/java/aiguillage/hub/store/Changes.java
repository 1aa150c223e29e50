package aiguillage.hub.store;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What one batch will do to the store: the last word on each key wins. Not for several threads.
public final class Changes {

    private static final Comparator<byte[]> ORDER = Arrays::compareUnsigned;

    private static final Change DELETED = new Change(null);

    private final Map<Table, NavigableMap<byte[], Change>> tables = new EnumMap<>(Table.class);

    /// What is to become of a key.
    ///
    /// @param value its new value, or null when it is deleted
    public record Change(byte @Nullable [] value) {}

    public void put(Table table, byte[] key, byte[] value) {
        of(table).put(key, new Change(value));
    }

    public void delete(Table table, byte[] key) {
        of(table).put(key, DELETED);
    }

    public boolean isEmpty() {
        return tables.isEmpty();
    }

    /// What this batch does to a key, or null when nothing.
    @Nullable
    Change get(Table table, byte[] key) {
        NavigableMap<byte[], Change> rows = tables.get(table);
        return rows == null ? null : rows.get(key);
    }

    /// Hands on every change of a table, in the order of the keys.
    public void forEach(Table table, BiConsumer<byte[], Change> change) {
        NavigableMap<byte[], Change> rows = tables.get(table);
        if (rows != null) {
            rows.forEach(change);
        }
    }

    private NavigableMap<byte[], Change> of(Table table) {
        return tables.computeIfAbsent(table, name -> new TreeMap<>(ORDER));
    }
}
