/// Whether all is well, in one glance: each tile leads to the list behind it.
///
/// **Knows:** `web`, the hub, `protocol`. **Start at** [OverviewPages].
@NullMarked
package aiguillage.console.overview;

import org.jspecify.annotations.NullMarked;
