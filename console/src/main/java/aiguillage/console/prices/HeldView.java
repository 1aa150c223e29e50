package aiguillage.console.prices;

import aiguillage.hub.entry.Entry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A publication that waits for a second person.
///
/// @param holdsIn how long until it was to hold; null: at once
/// @param isCurrent whether it was compared with the version that stands last: else it cannot be released
///     any more
/// @param isOwn whether whoever looks published it: another must release it
public record HeldView(
        String dataset,
        String path,
        long position,
        Entry.VersionHeld entry,
        @Nullable Duration holdsIn,
        boolean isCurrent,
        boolean isOwn) {}
