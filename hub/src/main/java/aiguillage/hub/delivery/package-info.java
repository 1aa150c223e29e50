/// The end of deliveries, the same through every door: a reader has them, or cannot use them. Each end is an
/// entry of its own, with its own receipt.
///
/// **In:** positions, from doors. **Out:** how many came to which end, once that is durable. **Knows:**
/// `mailbox`, `journal`, `ledger`, `entry`, `health`, `problem`. **Start at** [Deliveries#end]. **Tests:**
/// `WireTest`, `NothingDroppedOverTheWireTest`.
@NullMarked
package aiguillage.hub.delivery;

import org.jspecify.annotations.NullMarked;
