/// Documents that were offered once are offered once more: one, or all of a range, to one of their readers.
/// What comes of it is planned first and shown; carrying it out again does nothing twice.
///
/// **In:** wishes of operators. **Out:** a [Plan], and entries that offer. **Knows:** `document`, `journal`,
/// `ledger`, `flows`, `directory`, `routing`, `entry`, `yard`, `problem`, `protocol`. **Start at**
/// [Replays#plan]. **Tests:** `ReplaysTest`.
@NullMarked
package aiguillage.hub.replay;

import org.jspecify.annotations.NullMarked;
