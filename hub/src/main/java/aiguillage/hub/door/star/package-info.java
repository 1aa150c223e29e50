/// STAR's transport over HTTP: ProcessMessage, PutMessage, PullMessage, in the namespaces of 2009 and 2005; on
/// the main listener, and signed without a client certificate on its own.
///
/// **In:** messages that the hub's packages `star` and `wss` read. **Out:** submissions and ends of deliveries;
/// answers, signed where that was asked. **Start at** [StarDoor]. **Knows:** `call`, what `HubParts` names,
/// `star`, `wss`, `delivery`, `directory`, `entry`, `intake`, `login`, `problem`, `routing`, `yard`, `pki`,
/// `protocol`. **Tests:** `StarOverTheWireTest`, `StarSignedTest`, `StarByCxfTest`, `StarExamplesTest`,
/// `NotifyLargeFileTest`.
@NullMarked
package aiguillage.hub.door.star;

import org.jspecify.annotations.NullMarked;
