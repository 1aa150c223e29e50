package aiguillage.dataset.publish;

import java.util.Locale;

/// What a publication makes of the version in force. A key counts once, however many rows it has over time.
///
/// @param lines how many rows were published
/// @param added keys that were not there
/// @param changed keys whose rows are others now
/// @param removed keys that are gone
/// @param unchanged keys that stay as they were
/// @param absent keys that were to be removed, and were not there
public record Summary(long lines, long added, long changed, long removed, long unchanged, long absent) {

    /// How many keys the new version has.
    public long keys() {
        return added + changed + unchanged;
    }

    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        "%,d lines: %,d added, %,d changed, %,d removed, %,d unchanged",
                        lines,
                        added,
                        changed,
                        removed,
                        unchanged)
                + (absent == 0 ? "" : String.format(Locale.ROOT, ", %,d to be removed and not there", absent));
    }
}
