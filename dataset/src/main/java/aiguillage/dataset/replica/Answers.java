package aiguillage.dataset.replica;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.replica.NotKnown.Kind;
import aiguillage.dataset.replica.RowStore.Family;
import aiguillage.dataset.replica.Standing.Step;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a replica that stands so says, out of layers, rows and history. It changes nothing and holds nothing;
/// when the standing became another meanwhile, the answer may be nonsense, or a failure to read: [Replica] asks
/// again then.
///
/// Safe from any thread.
final class Answers {

    /// How much of one source is read at once in a walk.
    private static final int ROWS_AT_ONCE = 1_000;

    private static final int BYTES_AT_ONCE = 256 << 10;

    private final RowStore store;
    private final History history;

    Answers(RowStore store) {
        this.store = store;
        this.history = new History(store);
    }

    /// The index of the version that holds at this instant.
    int index(Standing seen, Instant at) throws NotKnown {
        int index = seen.at(at);
        if (index < 0) {
            Step first = seen.steps().isEmpty() ? null : seen.steps().getFirst();
            throw new NotKnown(
                    first == null ? Kind.NOT_YET : Kind.NOT_HERE,
                    first == null
                            ? "no version has come yet"
                            : "this replica begins with version "
                                    + first.version().number() + ", which holds from "
                                    + first.version().effective() + " on");
        }
        Instant end = end(seen, index);
        if (end != null && !at.isBefore(end)) {
            throw new NotKnown(
                    Kind.NOT_HERE,
                    "another version than "
                            + seen.steps().get(index).version().number() + " held at " + at
                            + ", and this replica was away then");
        }
        return index;
    }

    /// The index of the last version with this number.
    static int numbered(Standing seen, long number) throws NotKnown {
        for (int i = seen.steps().size() - 1; i >= 0; i--) {
            if (seen.steps().get(i).version().number() == number) {
                return i;
            }
        }
        throw new NotKnown(Kind.NOT_HERE, "version " + number + " is not here");
    }

    /// When the version at this index ends to hold, as far as one knows; null when there is no end. What a later
    /// version skipped may have held before one that is here: that one was withdrawn, and nobody had told.
    private static @Nullable Instant end(Standing seen, int index) {
        Instant end = null;
        for (Step later : seen.steps().subList(index + 1, seen.steps().size())) {
            end = sooner(sooner(later.version().effective(), later.version().skippedSince()), end);
        }
        return end;
    }

    Found found(Standing seen, int index, Key key, Instant at) throws NotKnown, IOException {
        Rows rows = rows(seen, index, key);
        Instant until = sooner(rows.nextChange(at), end(seen, index));
        return new Found(key, seen.steps().get(index).version(), rows.at(at), until, seen.exact());
    }

    private static @Nullable Instant sooner(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    /// The rows of a key in the version at this index.
    Rows rows(Standing seen, int index, Key key) throws NotKnown, IOException {
        for (int i = index; i >= seen.folded(); i--) {
            Rows rows = layer(seen, i).find(key);
            if (rows != null) {
                return rows;
            }
        }
        // Rows before history: what is folded away in between is found there. The other way round it
        // would be missed.
        byte[] stored = store.get(Family.ROWS, key.bytes());
        if (isFoldedOver(seen, index)) {
            long place = index < seen.folded() ? seen.steps().get(index).place() : seen.base();
            Rows before = history.at(key, place);
            if (before != null) {
                return before;
            }
        }
        return stored == null ? Rows.NONE : Rows.ofBytes(stored);
    }

    private static boolean isFoldedOver(Standing seen, int index) {
        return index < seen.folded() - 1 || seen.folding();
    }

    private static Layer layer(Standing seen, int index) throws NotKnown {
        Step step = seen.steps().get(index);
        Layer layer = step.layer();
        if (layer == null) {
            throw new NotKnown(
                    Kind.NOT_YET, "version " + step.version().number() + " cannot be read: " + step.unreadable());
        }
        return layer;
    }

    /// Where keys of the version at this index may be: nowhere below a layer that replaces all, be it sealed or
    /// damaged. Rows come before history, as in [#rows].
    private List<Keys.Source> sources(Standing seen, int index) throws NotKnown {
        List<Keys.Source> sources = new ArrayList<>();
        for (int i = index; i >= seen.folded(); i--) {
            Layer layer = layer(seen, i);
            sources.add(Keys.of(layer));
            if (layer.replaces()) {
                return sources;
            }
        }
        sources.add((from, taker) -> store.read(Family.ROWS, from, (key, rows) -> taker.test(Key.ofBytes(key))));
        if (isFoldedOver(seen, index)) {
            sources.add(history::keys);
        }
        return sources;
    }

    /// Rows of a version, in the order of keys.
    ///
    /// @param next where the next ones begin, or null when there are none
    record Some(List<Change> rows, byte @Nullable [] next) {}

    /// The next rows of this version.
    Some some(Standing seen, Step step, byte[] from) throws NotKnown, IOException {
        int index = seen.index(step);
        if (index < 0) {
            throw new NotKnown(
                    Kind.NOT_HERE, "version " + step.version().number() + " was forgotten or withdrawn meanwhile");
        }
        return isFoldedOver(seen, index) ? looked(seen, index, from) : laid(seen, index, from);
    }

    /// Keys first, and then the rows of each, which may be in its history.
    private Some looked(Standing seen, int index, byte[] from) throws NotKnown, IOException {
        Keys window = Keys.window(sources(seen, index), from);
        List<Change> some = new ArrayList<>();
        for (Key key : window.keys()) {
            Rows rows = rows(seen, index, key);
            if (!rows.isEmpty()) {
                some.add(new Change(key, rows));
            }
        }
        return new Some(some, window.next());
    }

    /// The rows as they lie, and over them the layers: all is read once, in order.
    private Some laid(Standing seen, int index, byte[] from) throws NotKnown {
        Deque<Layer> above = new ArrayDeque<>();
        boolean replaced = false;
        for (int i = index; i >= seen.folded() && !replaced; i--) {
            Layer layer = layer(seen, i);
            above.push(layer);
            replaced = layer.replaces();
        }
        List<Change> rows = new ArrayList<>();
        Key end = replaced ? null : readRows(from, rows);
        if (above.isEmpty()) {
            return new Some(rows, end == null ? null : Folding.behind(end));
        }
        NavigableMap<Key, Rows> all = new TreeMap<>();
        rows.forEach(change -> all.put(change.key(), change.rows()));
        for (Layer layer : above) {
            var window = new Window();
            Iterator<Change> changes = layer.from(Key.ofBytes(from));
            while (changes.hasNext() && window.add(changes.next())) {}
            window.changes.forEach(change -> all.put(change.key(), change.rows()));
            end = sooner(end, window.end());
        }
        List<Change> some = new ArrayList<>();
        (end == null ? all : all.headMap(end, true)).forEach((key, last) -> {
            if (!last.isEmpty()) {
                some.add(new Change(key, last));
            }
        });
        return new Some(some, end == null ? null : Folding.behind(end));
    }

    /// Reads rows of the base.
    ///
    /// @return the last key, when there may be others behind it; else null
    private @Nullable Key readRows(byte[] from, List<Change> into) {
        var window = new Window();
        store.read(Family.ROWS, from, (key, rows) -> window.add(new Change(Key.ofBytes(key), Rows.ofBytes(rows))));
        into.addAll(window.changes);
        return window.end();
    }

    private static @Nullable Key sooner(@Nullable Key one, @Nullable Key other) {
        return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
    }

    /// As many changes of one source as are read at once.
    private static final class Window {

        private final List<Change> changes = new ArrayList<>();
        private int bytes;

        /// Whether another one may come.
        boolean add(Change change) {
            changes.add(change);
            bytes += change.key().bytes().length + change.rows().bytes().length;
            return !isFull();
        }

        private boolean isFull() {
            return changes.size() >= ROWS_AT_ONCE || bytes >= BYTES_AT_ONCE;
        }

        /// The key behind which there may be others; null when there are none.
        @Nullable
        Key end() {
            return isFull() ? changes.getLast().key() : null;
        }
    }

    Listed list(Standing seen, Instant at, byte[] beginning, @Nullable Key after, int max)
            throws NotKnown, IOException {
        int index = index(seen, at);
        Version version = seen.steps().get(index).version();
        List<Found> found = new ArrayList<>();
        Instant until = end(seen, index);
        List<Keys.Source> sources = sources(seen, index);
        byte[] from = after == null ? beginning : Folding.behind(after);
        while (from != null) {
            Keys window = Keys.window(sources, from);
            for (Key key : window.keys()) {
                if (!key.beginsWith(beginning)) {
                    return new Listed(version, found, until, null);
                }
                Found one = found(seen, index, key, at);
                until = sooner(until, one.until());
                if (one.row() != null) {
                    found.add(one);
                }
                if (found.size() == max) {
                    return new Listed(version, found, until, key);
                }
            }
            from = window.next();
        }
        return new Listed(version, found, until, null);
    }

    Changes changes(Standing seen, long since, Instant at, @Nullable Key after, int max) throws NotKnown, IOException {
        int to = index(seen, at);
        int from = since(seen, since, to);
        Version before = seen.steps().get(from).version();
        Version now = seen.steps().get(to).version();
        List<Changes.Changed> changed = new ArrayList<>();
        List<Keys.Source> sources = changedBetween(seen, from, to);
        byte[] next = after == null ? new byte[0] : Folding.behind(after);
        while (next != null) {
            Keys window = Keys.window(sources, next);
            for (Key key : window.keys()) {
                Rows old = rows(seen, from, key);
                Rows current = rows(seen, to, key);
                if (!old.equals(current)) {
                    changed.add(new Changes.Changed(key, old, current));
                }
                if (changed.size() == max) {
                    return new Changes(before, now, changed, key, seen.exact());
                }
            }
            next = window.next();
        }
        return new Changes(before, now, changed, null, seen.exact());
    }

    /// The index of the version with this number, when whoever has it has those rows.
    private static int since(Standing seen, long number, int to) throws NotKnown {
        int found = -1;
        for (int i = 0; i <= to; i++) {
            Step step = seen.steps().get(i);
            if (step.version().number() == number) {
                if (found >= 0 || step.place() == seen.repaired()) {
                    throw new NotKnown(
                            Kind.NOT_HERE,
                            "the rows of version " + number + " became others: its reader may see others, or"
                                    + " they were repaired. Take a whole list");
                }
                found = i;
            }
        }
        if (found < 0) {
            throw new NotKnown(
                    Kind.NOT_HERE,
                    "version " + number + " is not known here, or holds later than version "
                            + seen.steps().get(to).version().number() + ". Take a whole list");
        }
        return found;
    }

    private List<Keys.Source> changedBetween(Standing seen, int from, int to) throws NotKnown {
        List<Keys.Source> sources = new ArrayList<>();
        for (int i = from + 1; i <= to; i++) {
            if (i < seen.folded()) {
                long place = seen.steps().get(i).place();
                sources.add((key, taker) -> history.changed(place, key, taker));
            } else if (layer(seen, i).replaces()) {
                sources.addAll(sources(seen, from));
                sources.addAll(sources(seen, i));
            } else {
                sources.add(Keys.of(layer(seen, i)));
            }
        }
        return sources;
    }

    /// What the rows of a key were in each version that changed them, as far as versions can be read.
    List<Past> past(Standing seen, Key key) throws IOException {
        List<Past> past = new ArrayList<>();
        for (int i = 0; i < seen.steps().size(); i++) {
            try {
                Rows rows = rows(seen, i, key);
                if (past.isEmpty() || !past.getLast().rows().equals(rows)) {
                    past.add(new Past(seen.steps().get(i).version(), rows));
                }
            } catch (NotKnown unreadable) {
                return past; // later ones may still change
            }
        }
        return past;
    }
}
