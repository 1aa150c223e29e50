/// STAR's transport over HTTP: ProcessMessage, PutMessage, PullMessage, in the namespaces of 2009 and 2005; on
/// the main listener, and signed without a client certificate on its own.
///
/// **In:** messages that the hub's packages `star` and `wss` read. **Out:** submissions and ends of deliveries;
/// answers, signed where that was asked. **Start at** [StarDoor]. **Knows:** `call`, `star`, `wss`, `intake`,
/// `delivery`, `trust`, `login`. **Tests:** `StarOverTheWireTest`, `StarSignedTest`, `StarByCxfTest`,
/// `StarExamplesTest`, `NotifyLargeFileTest`.
@NullMarked
package aiguillage.hub.door.star;

import org.jspecify.annotations.NullMarked;
