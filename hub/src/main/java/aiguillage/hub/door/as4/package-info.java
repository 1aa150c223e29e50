/// AS4 over HTTP: messages pushed to the hub, pulled from it, and pushed by it.
///
/// **In:** messages that the hub's package `as4` reads and proves. **Out:** submissions and ends of deliveries;
/// receipts, errors, user messages. **Start at** [As4Door]; what is given out is [As4Deliveries], what is
/// pushed [As4Pusher]. **Knows:** `call`, what `HubParts` names, `as4`, `delivery`, `directory`, `entry`,
/// `intake`, `problem`, `yard`, `pki`, `protocol`, `memory`. **Tests:** `As4OverTheWireTest`, `As4PushTest`,
/// `As4StrangersTest`, `As4MemoryTest`, `As4PostingTest`.
@NullMarked
package aiguillage.hub.door.as4;

import org.jspecify.annotations.NullMarked;
