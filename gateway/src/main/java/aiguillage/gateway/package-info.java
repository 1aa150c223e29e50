/// The dealer's end: one gateway speaks for all of a dealer's brands with one identity, stands between the dealer
/// management system (DMS) and the hubs, and goes on working while the line is down.
///
/// ```
/// DMS folder or local door  →  outbox  →  link  →  hub       submissions, in order per flow
/// DMS folder                ←  inbox   ←  link  ←  hub       deliveries and notices, each once
/// local door, price files   ←  replica ←  link  ←  hub       datasets, as the hub has them
/// ```
///
/// In the order of the flow: `dms` (folders), `door` (local REST), `outbox`, `link` (the line to a hub), `inbox`,
/// `replica` (datasets), `export` (datasets as files), `client` (for whoever writes a DMS in Java),
/// `identity` (certificate), `status`; below them `disk` and `pace`, the seams to files and time.
///
/// **In:** `gateway.yaml`, read into a [GatewayConfig]. **Knows:** `protocol`, `config`, `pki`, `dataset`.
///
/// **Start at** [Gateway#start].
@NullMarked
package aiguillage.gateway;

import org.jspecify.annotations.NullMarked;
