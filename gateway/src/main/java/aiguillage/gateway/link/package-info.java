/// The line to one hub: submissions up, a permanent stream of deliveries down, acknowledgements up.
///
/// **In:** documents from `outbox`, the hub's stream. **Out:** [aiguillage.gateway.outbox.Answer] values,
/// deliveries to `inbox`, news of datasets to `replica`. **Knows:** `protocol`, `outbox`, `inbox`, `replica`,
/// `pace`, `status`, `pki`, `dataset`.
///
/// The stream is watched: a hub that has sent nothing, not even a beat, for the silence allowed is taken for gone,
/// and the next address is tried. The gateway never says where it stood (no `Last-Event-ID`): the hub offers
/// everything that is still pending, and the inbox knows what it has handed over. HTTP/1.1 throughout: one
/// connection for the stream, a few for submissions; nothing shares a flow-control window with the stream.
///
/// **Start at** [Link#run]. **Tests:** `EventReaderTest`, `AnswersTest`, `GatewayTest`, `ProxyTest`.
@NullMarked
package aiguillage.gateway.link;

import org.jspecify.annotations.NullMarked;
