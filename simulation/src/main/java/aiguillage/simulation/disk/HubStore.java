package aiguillage.simulation.disk;

import aiguillage.hub.store.Changes;
import aiguillage.hub.store.Checked;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.simulation.fault.Fault;
import aiguillage.simulation.fault.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The store below the journal, over all lives of a hub. Values lie in it with the checksum that production code
/// puts there, and are read through the same check.
public final class HubStore implements Store {

    private final Map<Table, NavigableMap<byte[], byte[]>> tables = new EnumMap<>(Table.class);
    private @Nullable Machine machine;
    private @Nullable Changes inFlight;
    private boolean damaged;
    private @Nullable String served;

    public HubStore() {
        for (Table table : Table.values()) {
            tables.put(table, new TreeMap<>(Arrays::compareUnsigned));
        }
    }

    /// A hub opens it.
    public void opened(Machine by) {
        machine = by;
        damaged = false;
    }

    /// The hub is gone. What was being written is there as a whole, or not at all.
    public void crashed(boolean written) {
        if (inFlight != null && written) {
            apply(inFlight);
        }
        inFlight = null;
        machine = null;
    }

    /// Whether a damaged record was read in this life: the hub must stop.
    public boolean isDamaged() {
        return damaged;
    }

    /// What was served though it was damaged, or null.
    public @Nullable String served() {
        return served;
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        byte[] stored = rows(table).get(key);
        return stored == null ? null : read(table, key, stored);
    }

    private byte[] read(Table table, byte[] key, byte[] stored) {
        if (machine == null || !machine.faults().strikes(Fault.BIT_FLIP)) {
            return Checked.unwrap(table, key, stored);
        }
        damaged = true;
        byte[] flipped = stored.clone();
        int bit = machine.faults().random().nextInt(8 * stored.length);
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        byte[] value = Checked.unwrap(table, key, flipped);
        served = "a damaged record of table " + table;
        return value;
    }

    @Override
    public Scan scan(Table table, byte[] from, byte[] to) {
        List<Row> found = new ArrayList<>();
        rows(table).subMap(from, true, to, false).forEach((key, value) -> found.add(new Row(key, value)));
        return new Found(table, found);
    }

    @Override
    public @Nullable Row last(Table table, byte[] from, byte[] to) {
        Map.Entry<byte[], byte[]> last =
                rows(table).subMap(from, true, to, false).lastEntry();
        return last == null ? null : new Row(last.getKey(), read(table, last.getKey(), last.getValue()));
    }

    @Override
    public void write(Changes changes) {
        Machine at = machine;
        if (at == null) {
            apply(changes);
            return;
        }
        at.mayDie();
        inFlight = changes;
        at.diskWorks();
        at.mayDie();
        apply(changes);
        inFlight = null;
        at.mayDie();
    }

    private void apply(Changes changes) {
        for (Table table : Table.values()) {
            NavigableMap<byte[], byte[]> rows = rows(table);
            changes.forEach(table, (key, change) -> {
                byte[] value = change.value();
                if (value == null) {
                    rows.remove(key);
                } else {
                    rows.put(key, Checked.wrap(table, key, value));
                }
            });
        }
    }

    @Override
    public void close() {
        machine = null;
    }

    /// All rows of a table, as they are durable, for whoever checks them.
    public NavigableMap<byte[], byte[]> durable(Table table) {
        var values = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        rows(table).forEach((key, stored) -> values.put(key, Checked.unwrap(table, key, stored)));
        return values;
    }

    /// One durable row, or null.
    public byte @Nullable [] durable(Table table, byte[] key) {
        byte[] stored = rows(table).get(key);
        return stored == null ? null : Checked.unwrap(table, key, stored);
    }

    private NavigableMap<byte[], byte[]> rows(Table table) {
        NavigableMap<byte[], byte[]> rows = tables.get(table);
        if (rows == null) {
            throw new AssertionError(table);
        }
        return rows;
    }

    private final class Found implements Scan {

        private final Table table;
        private final List<Row> rows;
        private int next;

        Found(Table table, List<Row> rows) {
            this.table = table;
            this.rows = rows;
        }

        @Override
        public boolean next() {
            next++;
            return next <= rows.size();
        }

        @Override
        public byte[] key() {
            return rows.get(next - 1).key();
        }

        @Override
        public byte[] value() {
            return read(table, key(), rows.get(next - 1).value());
        }

        @Override
        public void close() {}
    }
}
