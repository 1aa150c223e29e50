package aiguillage.dataset.publish;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Rows in force, in memory.
final class MapInForce implements InForce {

    private final NavigableMap<Key, Rows> rows = new TreeMap<>();

    /// What was taken over, the newest first.
    private final List<NavigableMap<Key, Rows>> earlier = new ArrayList<>();

    private NavigableMap<Key, Rows> now = new TreeMap<>();

    NavigableMap<Key, Rows> rows() {
        return rows;
    }

    /// What comes from here on is still to come.
    void holdsNow() {
        now = new TreeMap<>(rows);
    }

    MapInForce copy() {
        var copy = new MapInForce();
        copy.rows.putAll(rows);
        return copy;
    }

    /// Takes a layer over them, as a replica does.
    void take(Path file) throws IOException {
        earlier.addFirst(new TreeMap<>(rows));
        try (Layer layer = Layer.open(file, null)) {
            if (layer.replaces()) {
                rows.clear();
            }
            layer.all().forEachRemaining(change -> {
                if (change.rows().isEmpty()) {
                    rows.remove(change.key());
                } else {
                    rows.put(change.key(), change.rows());
                }
            });
        }
    }

    @Override
    public Iterator<Change> all() {
        return rows.entrySet().stream()
                .map(entry -> new Change(entry.getKey(), entry.getValue()))
                .iterator();
    }

    @Override
    public Rows find(Key key) {
        return rows.getOrDefault(key, Rows.NONE);
    }

    @Override
    public List<Rows> earlier(Key key) {
        return earlier.stream()
                .map(version -> version.getOrDefault(key, Rows.NONE))
                .toList();
    }

    @Override
    public Rows now(Key key) {
        return now.getOrDefault(key, Rows.NONE);
    }

    @Override
    public long keys() {
        return rows.size();
    }

    /// From the beginning, never from the hash before.
    @Override
    public SetHash hash() {
        var hash = new SetHash();
        var expander = new SetHash.Expander();
        rows.forEach((key, all) -> all.eachDigest(key, digest -> expander.add(hash, digest)));
        return hash;
    }
}
