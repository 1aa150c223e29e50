package aiguillage.hub.dataset;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.yard.NewestRow;
import aiguillage.hub.yard.VersionRow;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Position;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what the yard knows of versions. Safe from any thread.
public final class Versions {

    private final Store store;

    public Versions(Store store) {
        this.store = store;
    }

    /// A version that is in force, was, or is to come.
    record Standing(long number, Position position, Entry.VersionPublished entry) {}

    /// Any version that ever was.
    ///
    /// @param withdrawn the entry that took it back, or null
    public record Past(
            Position position,
            Entry.VersionPublished entry,
            @Nullable Position withdrawn) {}

    /// A publication that waits for a second person.
    public record Held(Position position, Entry.VersionHeld entry) {}

    /// The number of the version that stands last and the highest ever given.
    NewestRow newest(DatasetName dataset) {
        byte[] row = store.get(Table.CURRENT, NewestRow.key(dataset));
        return row == null ? NewestRow.NONE : NewestRow.decode(row);
    }

    /// The versions that stand, in their order.
    List<Standing> standing(DatasetName dataset) {
        List<Standing> standing = new ArrayList<>();
        for (long number = newest(dataset).standing(); number > 0; ) {
            VersionRow row = row(dataset, number);
            standing.add(new Standing(number, row.position(), published(row.position())));
            number = row.from();
        }
        return standing.reversed();
    }

    /// Whether nobody may read this version yet, or one that stands below it: whoever read what lies behind a
    /// sealed version would read that one too.
    boolean isClosed(DatasetName dataset, long number, Instant now) {
        for (long below = number; below > 0; ) {
            VersionRow row = row(dataset, below);
            Entry.VersionPublished entry = published(row.position());
            if (!entry.effective().isAfter(now)) {
                return false; // none holds later than one above it
            }
            if (entry.isSealed()) {
                return true;
            }
            below = row.from();
        }
        return false;
    }

    /// All versions, withdrawn ones too, oldest first.
    public List<Past> all(DatasetName dataset) {
        List<Past> all = new ArrayList<>();
        byte[] from = VersionRow.key(dataset, 0);
        byte[] to = VersionRow.key(dataset, Long.MAX_VALUE);
        try (Store.Scan scan = store.scan(Table.VERSIONS, from, to)) {
            while (scan.next()) {
                VersionRow row = VersionRow.decode(scan.value());
                all.add(new Past(row.position(), published(row.position()), row.withdrawn()));
            }
        }
        return all;
    }

    /// The newest before a number, withdrawn ones too, newest first.
    ///
    /// @param before `Long.MAX_VALUE`: from the newest on
    List<Past> before(DatasetName dataset, long before, int max) {
        List<Past> found = new ArrayList<>();
        byte[] behind = VersionRow.key(dataset, before);
        while (found.size() < max) {
            Store.Row last = store.last(Table.VERSIONS, VersionRow.key(dataset, 0), behind);
            if (last == null) {
                break;
            }
            VersionRow row = VersionRow.decode(last.value());
            found.add(new Past(row.position(), published(row.position()), row.withdrawn()));
            behind = last.key();
        }
        return found;
    }

    VersionRow row(DatasetName dataset, long number) {
        byte[] row = store.get(Table.VERSIONS, VersionRow.key(dataset, number));
        if (row == null) {
            throw new AssertionError("version " + number + " of " + dataset + " stands, and has no row");
        }
        return VersionRow.decode(row);
    }

    boolean exists(DatasetName dataset, long number) {
        return store.get(Table.VERSIONS, VersionRow.key(dataset, number)) != null;
    }

    Entry.VersionPublished published(DatasetName dataset, long number) {
        return published(row(dataset, number).position());
    }

    private Entry.VersionPublished published(Position position) {
        if (entry(position) instanceof Entry.VersionPublished published) {
            return published;
        }
        throw new AssertionError("the view names a version at position " + position + ", the journal has none there");
    }

    private Entry entry(Position position) {
        byte[] stored = store.get(Table.ENTRIES, Key.of(position.value()));
        if (stored == null) {
            throw new AssertionError("a view names position " + position + ", the journal has nothing there");
        }
        return EntryCodec.decodeStored(stored);
    }

    /// What waits for a second person, oldest first.
    public List<Held> held(DatasetName dataset) {
        List<Held> held = new ArrayList<>();
        try (Store.Scan scan = store.scan(Table.HELD, heldKey(dataset, 0), heldKey(dataset, Long.MAX_VALUE))) {
            while (scan.next()) {
                held.add(held(new Position(Key.lastNumber(scan.key()))));
            }
        }
        return held;
    }

    Optional<Held> held(DatasetName dataset, Position position) {
        return store.get(Table.HELD, heldKey(dataset, position.value())) == null
                ? Optional.empty()
                : Optional.of(held(position));
    }

    private Held held(Position position) {
        if (entry(position) instanceof Entry.VersionHeld held) {
            return new Held(position, held);
        }
        throw new AssertionError("the view names a held publication at " + position + ", the journal has none there");
    }

    private static byte[] heldKey(DatasetName dataset, long position) {
        return Key.text(dataset.toString()).then(position).done();
    }

    /// The layer of every version and of everything held, with the position of the entry that names it.
    public Map<Digest, Position> layers() {
        Map<Digest, Position> layers = new LinkedHashMap<>();
        for (DatasetName dataset : datasets()) {
            all(dataset).forEach(one -> layers.put(one.entry().content().layer(), one.position()));
            held(dataset).forEach(one -> layers.put(one.entry().content().layer(), one.position()));
        }
        return layers;
    }

    /// Every dataset that ever had a version or a held publication.
    public Set<DatasetName> datasets() {
        Set<DatasetName> names = new LinkedHashSet<>();
        for (Table table : List.of(Table.VERSIONS, Table.HELD)) {
            try (Store.Scan scan = store.scan(table, new byte[] {0}, new byte[] {(byte) 0xff})) {
                while (scan.next()) {
                    byte[] key = scan.key();
                    names.add(DatasetName.of(new String(key, 0, key.length - Long.BYTES - 1, StandardCharsets.UTF_8)));
                }
            }
        }
        return names;
    }
}
