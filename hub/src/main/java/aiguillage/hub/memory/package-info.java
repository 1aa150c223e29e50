/// What is remembered in memory alone, within a bound.
///
/// **Knows:** nothing. **Start at** [Latest]. **Tests:** `LatestTest`.
@NullMarked
package aiguillage.hub.memory;

import org.jspecify.annotations.NullMarked;
