package aiguillage.hub.dataset;

import aiguillage.hub.dataset.Versions.Standing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What brings a reader to the version that stands last: at most one version with all its rows, then one after
/// the other as changes.
///
/// @param whole or null
record Chain(@Nullable Standing whole, List<Standing> changes) {

    /// Whoever is further behind gets all rows: each change of the chain would be made for it. With as many
    /// that are still to come, and a layer of 16 kB within each, an answer has 12 MB. A gateway reads 16, and
    /// no more than 10,000 versions.
    static final int BEHIND_MAX = 256;

    /// @param standing all versions that stand, in their order
    /// @param after the version the reader has; 0, or one that does not stand: none
    static Chain of(List<Standing> standing, long after, Instant now) {
        int known = -1;
        int inForce = -1;
        for (int i = 0; i < standing.size(); i++) {
            known = standing.get(i).number() == after ? i : known;
            inForce = standing.get(i).entry().effective().isAfter(now) ? inForce : i;
        }
        int whole = Math.max(inForce, 0);
        boolean isWhole = known < 0 || (known < whole && isShorterWhole(standing, known, whole));
        int next = Math.min((isWhole ? whole : known) + 1, standing.size());
        return new Chain(
                isWhole && !standing.isEmpty() ? standing.get(whole) : null, standing.subList(next, standing.size()));
    }

    /// Whether everything is smaller than all that has changed since, as far as that is known without making
    /// both.
    private static boolean isShorterWhole(List<Standing> standing, int known, int whole) {
        long changed = 0;
        long largest = 0;
        for (int i = 0; i <= whole; i++) {
            long bytes = standing.get(i).entry().content().bytes();
            changed += i > known ? bytes : 0;
            largest = Math.max(largest, bytes);
        }
        return changed > largest || whole - known > BEHIND_MAX;
    }
}
