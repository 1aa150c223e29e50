package aiguillage.dataset.replica;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The answer to: what holds for this key at this instant?
///
/// @param version that the answer is from
/// @param row what holds, or null when nothing does
/// @param until the next instant at which, by all that is known now, the answer may be another; null when none
///     is known
/// @param exact false when the rows are known to be others than those of the root: the answer may be wrong
public record Found(
        Key key,
        Version version,
        @Nullable Row row,
        @Nullable Instant until,
        boolean exact) {}
