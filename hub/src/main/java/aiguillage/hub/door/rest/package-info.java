/// Documents for parties over REST: submit one, find it, pull or stream a mailbox, acknowledge, reject, decide
/// about a quarantine, prove from the ledger.
///
/// **Start at** [SubmissionDoor#submit]; the addresses are in [PartyEndpoints]. **Knows:** `call`, `dataset`
/// (its addresses), what `HubParts` names, `delivery`, `entry`, `intake`, `problem`, `schema`, `yard`, `pki`,
/// `protocol`. **Tests:** `OnceOverTheWireTest`, `StreamTest`, `NothingDroppedOverTheWireTest`,
/// `NeedToKnowTest`.
@NullMarked
package aiguillage.hub.door.rest;

import org.jspecify.annotations.NullMarked;
