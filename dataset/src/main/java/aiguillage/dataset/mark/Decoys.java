package aiguillage.dataset.mark;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.row.Key;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// The pool of a dataset's decoys: rows that look like their neighbours, under keys that were never in use,
/// with prices that no row has. Each recipient's copy has some of them.
///
/// The pool is made once and kept, since a decoy that changed with each version would betray itself. It is no
/// secret from the hub's disk that it could not make again, but it must not leave the hub. Who keeps it may
/// write it as a layer: a decoy is a change like any other.
///
/// **When a decoy's key comes into use** the rows stand in its place for everybody, in the same version, and
/// the key leaves the pool for good ([#without]): after the rows are gone again people may still ask for it,
/// and must not find a price that never was. Leaks of versions from before are traced with the pool of then.
public final class Decoys {

    public static final Decoys NONE = new Decoys(List.of());

    private final List<Change> decoys;

    /// @param decoys in any order, each key once
    public Decoys(Collection<Change> decoys) {
        this.decoys = decoys.stream().sorted(Comparator.comparing(Change::key)).toList();
        for (int i = 1; i < this.decoys.size(); i++) {
            if (this.decoys.get(i - 1).key().equals(this.decoys.get(i).key())) {
                throw new IllegalArgumentException(
                        "two decoys have the key " + this.decoys.get(i).key());
            }
        }
    }

    /// Makes the pool from a list: the same list makes the same pool. A decoy is missing where a key without
    /// digits leaves nothing to change, or all prices nearby are taken.
    ///
    /// @param list in the order of keys; read twice. Memory: 8 bytes for each price, and the pool
    /// @param inUse whether a key is or was ever in use
    public static Decoys make(
            MarkSecret secret, String dataset, Markable markable, Iterable<Change> list, Predicate<Key> inUse) {
        return new DecoyMaker(new Code(secret, dataset), markable, inUse).make(list);
    }

    /// In the order of keys.
    public List<Change> all() {
        return decoys;
    }

    /// The pool without the decoys whose keys came into use; this one when there are none.
    public Decoys without(Predicate<Key> inUse) {
        List<Change> left = new ArrayList<>();
        for (Change decoy : decoys) {
            if (!inUse.test(decoy.key())) {
                left.add(decoy);
            }
        }
        return left.size() == decoys.size() ? this : new Decoys(left);
    }
}
