/// What `aiguillage conformance` shows: the table of situations and doors, what failed and what mends it, and
/// the page of the reference.
///
/// **In:** results. **Out:** lines. **Knows:** `conformance`, `terminal`. **Start at** [Shown]. **Tests:**
/// `ConformanceCommandTest`, `ReferenceTest`.
@NullMarked
package aiguillage.app.conformance;

import org.jspecify.annotations.NullMarked;
