/// The one way in: what every door does with a document, once it knows who sends it and what it says it is.
/// Routing, what its flow asks, the signature, the schema, the journal, the receipt, a retry: the same through
/// every door (I1, I2, I4, I6).
///
/// **In:** from a door, a party that it has identified (I8), an envelope and bytes. **Out:** the receipt, or
/// the refusal, through a [Reply]; how that is said is the door's. **Knows:** `flows`, `routing`, `schema`,
/// `payload`, `journal`, `ledger`, `document`, `health`, `problem`. **Start at** [Intake#take]. **Tests:**
/// `OnceOverTheWireTest`, `TableChangesTest`, `EveryProblemTest`.
@NullMarked
package aiguillage.hub.intake;

import org.jspecify.annotations.NullMarked;
