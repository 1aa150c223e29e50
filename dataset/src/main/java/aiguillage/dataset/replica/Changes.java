package aiguillage.dataset.replica;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which rows differ between two versions.
///
/// @param changed in the order of keys
/// @param next the last key, behind which it goes on; null when this is the end
/// @param exact false when the rows are known to be others than those of the root
public record Changes(
        Version from,
        Version to,
        List<Changed> changed,
        @Nullable Key next,
        boolean exact) {

    public Changes {
        changed = List.copyOf(changed);
    }

    /// @param before none: the key is new
    /// @param after none: the key is gone
    public record Changed(Key key, Rows before, Rows after) {}
}
