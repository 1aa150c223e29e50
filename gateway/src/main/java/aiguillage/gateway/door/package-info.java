/// The local REST door: a DMS on the same machine hands documents in and takes deliveries out over HTTP, one brand
/// per token.
///
/// | call | what |
/// |---|---|
/// | `POST /v1/documents` | CloudEvents binary mode, or a plain body with `?flow=`; 202 once it is durable |
/// | `GET /v1/documents/<id>` | waiting, accepted or refused, with receipt, reason and notices |
/// | `GET /v1/inbox?after=<name>` | the brand's deliveries that were not taken yet, by name |
/// | `GET /v1/inbox/<name>` | one delivery's payload; `<name>.envelope.json` is its envelope |
/// | `DELETE /v1/inbox/<name>` | it was taken |
/// | `GET /v1/status` | how the gateway is |
///
/// It answers on loopback only. Each brand has its bearer token in `<data>/tokens/<brand>`, mode 0600, made at the
/// first start; what belongs to another brand is not found (I4). Refusals are RFC 9457 problems.
///
/// **In:** HTTP/1.1 from this machine. **Out:** documents to `outbox`. **Knows:** `protocol`, `pki`, `disk`,
/// `outbox`, `dms`, `status`.
///
/// **Start at** [LocalDoor]. **Tests:** `LocalDoorTest`, `TokensTest`.
@NullMarked
package aiguillage.gateway.door;

import org.jspecify.annotations.NullMarked;
