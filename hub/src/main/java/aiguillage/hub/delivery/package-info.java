/// Deliveries, the same through every door: how one is told ([Offers]), and how it ends ([Deliveries]): a
/// reader has it, or cannot use it. Each end is an entry of its own, with its own receipt.
///
/// **In:** positions, from doors. **Out:** events in JSON; how many came to which end, once that is durable.
/// **Knows:** `mailbox`, `memory`, `document`, `journal`, `ledger`, `entry`, `yard`, `health`, `problem`, `protocol`.
/// **Start at** [Deliveries#end]. **Tests:** `WireTest`, `NothingDroppedOverTheWireTest`, `OffersTest`,
/// `BroadcastsTest`.
@NullMarked
package aiguillage.hub.delivery;

import org.jspecify.annotations.NullMarked;
