/// The one way in: what every door does with a document, once it knows who sends it and what it says it is.
/// Routing, what its flow asks, the signature, the schema, the journal, the receipt, a retry: the same through
/// every door (I1, I2, I4, I6).
///
/// A flat file of a flow that takes such becomes documents here ([FlatIntake]), each of which then goes this
/// way.
///
/// **In:** from a door, a party that it has identified (I8), an envelope and bytes. **Out:** the receipt, or
/// the refusal, through a [Reply]; how that is said is the door's. **Knows:** `format`, `flows`, `routing`,
/// `schema`, `quota`, `payload`, `journal`, `ledger`, `document`, `health`, `problem`, `entry`, `yard`,
/// `protocol`, `directory`. **Start at** [Intake#take]. **Tests:** `OnceOverTheWireTest`, `FlatFilesTest`,
/// `TableChangesTest`, `EveryProblemTest`.
@NullMarked
package aiguillage.hub.intake;

import org.jspecify.annotations.NullMarked;
