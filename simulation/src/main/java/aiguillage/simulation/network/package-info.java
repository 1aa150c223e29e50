/// The network between gateways, senders, readers and hubs: requests and answers that get lost, come late or come
/// twice, streams that break or go on dead, computers that cannot reach each other. A stream carries the bytes that
/// the hub's production code writes, cut anywhere, to the production code that reads them.
///
/// **Start at** [Network#call]. **Knows:** `hub`, `fault`, `time`.
@NullMarked
package aiguillage.simulation.network;

import org.jspecify.annotations.NullMarked;
