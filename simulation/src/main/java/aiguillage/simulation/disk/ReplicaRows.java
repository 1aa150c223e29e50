package aiguillage.simulation.disk;

import aiguillage.dataset.replica.RowStore;
import aiguillage.dataset.row.Key;
import aiguillage.simulation.fault.Machine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The rows of one replica, over all lives of its gateway. As in [GatewayBook], a loss of power undoes writes that were
/// not asked to be durable, from some write on. A row can be damaged behind everybody's back.
public final class ReplicaRows implements RowStore {

    private final Map<Family, NavigableMap<byte[], byte[]>> families = new EnumMap<>(Family.class);

    /// How to undo what is not durable yet, oldest first.
    private final Deque<List<Put>> undo = new ArrayDeque<>();

    private final Map<Key, byte[]> damages = new HashMap<>();
    private @Nullable List<Put> inFlight;
    private final Runnable reader;
    private @Nullable Machine machine;

    /// @param reader asks something after each write, before whoever wrote can say that it is done
    public ReplicaRows(Runnable reader) {
        this.reader = reader;
        for (Family family : Family.values()) {
            families.put(family, new TreeMap<>(Arrays::compareUnsigned));
        }
    }

    /// A gateway opens it.
    ///
    /// @param anew whether its folder was removed since
    public void opened(Machine by, boolean anew) {
        machine = by;
        if (anew) {
            families.values().forEach(Map::clear);
            undo.clear();
        }
    }

    /// The gateway is gone; as [GatewayBook#crashed].
    public void crashed(boolean written, int undone) {
        List<Put> last = inFlight;
        if (last != null && written && undone == 0) {
            apply(last);
        }
        inFlight = null;
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

    /// Changes the rows of some key on the disk.
    ///
    /// @return whether there are any
    public boolean damage(RandomGenerator random, byte[] rows) {
        List<byte[]> keys = List.copyOf(family(Family.ROWS).keySet());
        if (keys.isEmpty()) {
            return false;
        }
        byte[] key = keys.get(random.nextInt(keys.size()));
        family(Family.ROWS).put(key, rows);
        damages.put(Key.ofBytes(key), rows);
        return true;
    }

    /// Whether what was damaged is still here, or has gone into the history.
    public boolean isDamaged(Key key) {
        byte[] damaged = damages.get(key);
        byte[] bytes = key.bytes();
        return damaged != null
                && (Arrays.equals(damaged, family(Family.ROWS).get(bytes))
                        || family(Family.HISTORY).tailMap(bytes).entrySet().stream()
                                .takeWhile(one -> one.getKey().length > bytes.length
                                        && Arrays.equals(one.getKey(), 0, bytes.length, bytes, 0, bytes.length))
                                .anyMatch(one -> Arrays.equals(damaged, one.getValue())));
    }

    /// Whether anything is damaged.
    public boolean isDamaged() {
        return damages.keySet().stream().anyMatch(this::isDamaged);
    }

    private NavigableMap<byte[], byte[]> family(Family family) {
        NavigableMap<byte[], byte[]> found = families.get(family);
        if (found == null) {
            throw new AssertionError(family);
        }
        return found;
    }

    @Override
    public byte @Nullable [] get(Family family, byte[] key) {
        return family(family).get(key);
    }

    @Override
    public void read(Family family, byte[] from, BiPredicate<byte[], byte[]> reader) {
        for (Map.Entry<byte[], byte[]> row : family(family).tailMap(from).entrySet()) {
            if (!reader.test(row.getKey(), row.getValue())) {
                return;
            }
        }
    }

    @Override
    public void write(List<Put> puts, boolean durable) {
        Machine at = machine;
        if (at == null) {
            throw new IllegalStateException("nobody has these rows open");
        }
        List<Put> copy = List.copyOf(puts);
        at.mayDie();
        inFlight = copy;
        at.diskWorks();
        at.mayDie();
        inFlight = null;
        apply(copy);
        if (durable) {
            undo.clear();
        }
        reader.run();
        at.mayDie();
    }

    private void apply(List<Put> puts) {
        List<Put> before = new ArrayList<>();
        for (Put put : puts) {
            before.addFirst(new Put(put.family(), put.key(), family(put.family()).get(put.key())));
            set(put);
        }
        undo.addLast(before);
    }

    private void set(Put put) {
        byte[] value = put.value();
        if (value == null) {
            family(put.family()).remove(put.key());
        } else {
            family(put.family()).put(put.key(), value);
        }
    }

    @Override
    public void close() {
        // the next one opens it
    }
}
