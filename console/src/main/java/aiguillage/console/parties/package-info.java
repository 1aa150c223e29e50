/// Parties: all in one grid, each on a page of its own; invited, shut out, let in again, added by the thousand;
/// and whose certificate ends when.
///
/// **Knows:** `web`, `flows`, the hub, `protocol`. **Start at** [PartiesPages]. **Tests:** `PartiesPagesTest`,
/// `ActsOnPartiesTest`, `BulkTest`.
@NullMarked
package aiguillage.console.parties;

import org.jspecify.annotations.NullMarked;
