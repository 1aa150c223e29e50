/// What the operator does: health and figures for anybody on that listener, the rest by [OperatorToken].
///
/// **Start at** [OperatorDoor]; the addresses are in [OperatorEndpoints]. **Knows:** `call`, `rest` (documents
/// and quarantine, seen by the operator), `dataset` (its addresses), what `HubParts` names, the hub's package
/// `dataset`, `entry`, `problem`, `routing`, `yard`, `pki`, `protocol`, `hub`, `admission`, `alerts`,
/// `delivery`, `intake`, `operators`, `replay`, `settings`. **Tests:** `TableChangesTest`, `OpenApiTest`.
@NullMarked
package aiguillage.hub.door.operator;

import org.jspecify.annotations.NullMarked;
