package aiguillage.hub.testing;

import aiguillage.hub.store.Changes;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The store's promises, in memory.
public final class MemoryStore implements Store {

    private final Map<Table, NavigableMap<byte[], byte[]>> tables = new EnumMap<>(Table.class);

    public MemoryStore() {
        for (Table table : Table.values()) {
            tables.put(table, new TreeMap<>(Arrays::compareUnsigned));
        }
    }

    @Override
    public synchronized byte @Nullable [] get(Table table, byte[] key) {
        return rows(table).get(key);
    }

    @Override
    public synchronized Scan scan(Table table, byte[] from, byte[] to) {
        return new MemoryScan(new TreeMap<>(rows(table).subMap(from, true, to, false))
                .entrySet()
                .iterator());
    }

    @Override
    public synchronized @Nullable Row last(Table table, byte[] from, byte[] to) {
        Map.Entry<byte[], byte[]> last =
                rows(table).subMap(from, true, to, false).lastEntry();
        return last == null ? null : new Row(last.getKey(), last.getValue());
    }

    @Override
    public synchronized void write(Changes changes) {
        for (Table table : Table.values()) {
            changes.forEach(table, (key, change) -> {
                byte[] value = change.value();
                if (value == null) {
                    rows(table).remove(key);
                } else {
                    rows(table).put(key, value);
                }
            });
        }
    }

    @Override
    public void close() {}

    /// Everything in it, as text: two stores with the same text hold the same.
    public synchronized String dump() {
        var text = new StringBuilder();
        tables.forEach((table, rows) -> rows.forEach((key, value) -> text.append(table)
                .append(' ')
                .append(HexFormat.of().formatHex(key))
                .append(" = ")
                .append(HexFormat.of().formatHex(value))
                .append('\n')));
        return text.toString();
    }

    private NavigableMap<byte[], byte[]> rows(Table table) {
        NavigableMap<byte[], byte[]> rows = tables.get(table);
        if (rows == null) {
            throw new AssertionError(table);
        }
        return rows;
    }

    private static final class MemoryScan implements Scan {

        private final Iterator<Map.Entry<byte[], byte[]>> rows;
        private Map.@Nullable Entry<byte[], byte[]> row;

        MemoryScan(Iterator<Map.Entry<byte[], byte[]>> rows) {
            this.rows = rows;
        }

        @Override
        public boolean next() {
            row = rows.hasNext() ? rows.next() : null;
            return row != null;
        }

        @Override
        public byte[] key() {
            return row().getKey();
        }

        @Override
        public byte[] value() {
            return row().getValue();
        }

        private Map.Entry<byte[], byte[]> row() {
            if (row == null) {
                throw new AssertionError("no row: next() was not called, or said false");
            }
            return row;
        }

        @Override
        public void close() {}
    }
}
