/// The local REST door: a DMS on the same machine hands documents in and takes deliveries out over HTTP, one
/// brand per token.
///
/// | call | what |
/// |---|---|
/// | `GET /v1` | 204: the door is open, and the token is a brand's |
/// | `POST /v1/documents` | CloudEvents binary mode, or a plain body with `?flow=`; 202 once it is durable |
/// | `GET /v1/documents/<id>` | waiting, accepted or refused, with receipt, reason and notices |
/// | `GET /v1/inbox?after=<name>` | the brand's deliveries that were not taken yet, by name |
/// | `GET /v1/inbox/<name>` | one delivery's payload; `<name>.envelope.json` is its envelope |
/// | `DELETE /v1/inbox/<name>` | it was taken |
/// | `GET /v1/datasets` | the brand's datasets, and how each is |
/// | `GET /v1/datasets/<brand>/<name>` | one of them, with its columns |
/// | `GET …/rows/<key cell>/…?at=` | what holds for a key |
/// | `GET …/rows?prefix=&at=&after=&limit=` | what holds for keys that begin so |
/// | `POST …/lookups` | what holds for up to 1,000 keys |
/// | `GET …/changes?since=<version>&at=&after=&limit=` | what became another |
/// | `GET …/history/<key cell>/…` | what a key's rows were, and since which version |
/// | `GET /v1/status` | how the gateway is |
///
/// What is not below `/v1` is for people: the page of `page`, which is handed in.
///
/// It answers on loopback only. Each brand has its bearer token in `<data>/tokens/<brand>`, mode 0600, made at
/// the first start; what belongs to another brand is not found (I4). Refusals are RFC 9457 problems.
///
/// **Datasets.** Every answer names its version, and says whether it is stale and why. It can be kept until the
/// next change that is known, and no longer than the dataset allows without news; stale ones cannot be kept at
/// all.
///
/// **In:** HTTP/1.1 from this machine. **Out:** documents to `outbox`. **Knows:** `protocol`, `pki`, `disk`,
/// `outbox`, `dms`, `replica`, `dataset`, `status`.
///
/// **Start at** [LocalDoor]. **Tests:** `LocalDoorTest`, `DatasetDoorTest`, `TokensTest`.
@NullMarked
package aiguillage.gateway.door;

import org.jspecify.annotations.NullMarked;
