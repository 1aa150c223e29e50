package aiguillage.dataset.replica;

import aiguillage.dataset.row.Key;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What holds at an instant for keys that begin alike.
///
/// @param version that all of it is from
/// @param found in the order of keys; only keys for which something holds
/// @param until the next instant at which the list may be another; null when none is known
/// @param next the last key, behind which the list goes on; null when this is its end
public record Listed(
        Version version,
        List<Found> found,
        @Nullable Instant until,
        @Nullable Key next) {

    public Listed {
        found = List.copyOf(found);
    }
}
