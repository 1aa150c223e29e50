/// What the hub does by the clock: expire deliveries, remove payloads whose keeping has ended. The clock only
/// appends entries; the yard decides whether they are due.
///
/// **Start at** [Demands#meet]. **Knows:** `document`, `entry`, `health`, `journal`, `mailbox`, `payload`,
/// `store`, `yard`. **Tests:** `NothingDroppedOverTheWireTest`.
@NullMarked
package aiguillage.hub.clock;

import org.jspecify.annotations.NullMarked;
