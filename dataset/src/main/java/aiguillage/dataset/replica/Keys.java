package aiguillage.dataset.replica;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.row.Key;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A window on the keys of several sources: the next ones in order, each once.
///
/// @param keys those that any source has, none left out between them
/// @param next where the next window begins, or null when there is none
record Keys(List<Key> keys, byte @Nullable [] next) {

    static final int AT_ONCE = 256;

    /// Gives keys in order, from this one on, until the taker has enough.
    interface Source {
        void keys(byte[] from, Predicate<Key> taker);
    }

    static Source of(Layer layer) {
        return (from, taker) -> {
            Iterator<Change> changes = layer.from(Key.ofBytes(from));
            while (changes.hasNext() && taker.test(changes.next().key())) {}
        };
    }

    /// A source that had more than it gave ends the window at its last key: behind that it may have others
    /// before those of the rest.
    ///
    /// @param sources read in this order
    static Keys window(List<Source> sources, byte[] from) {
        NavigableSet<Key> keys = new TreeSet<>();
        Key end = null;
        for (Source source : sources) {
            List<Key> some = new ArrayList<>();
            source.keys(from, key -> {
                some.add(key);
                return some.size() < AT_ONCE;
            });
            if (some.size() == AT_ONCE && (end == null || some.getLast().compareTo(end) < 0)) {
                end = some.getLast();
            }
            keys.addAll(some);
        }
        return end == null
                ? new Keys(List.copyOf(keys), null)
                : new Keys(List.copyOf(keys.headSet(end, true)), Folding.behind(end));
    }
}
