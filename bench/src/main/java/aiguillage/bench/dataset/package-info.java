/// Price lists: published at the hub, replicated at gateways, asked there.
///
/// The list ([aiguillage.bench.dataset.PartsList]) is made from a seed. One process plays the gateways
/// ([aiguillage.bench.dataset.ReplicasProcess]): each has an mTLS connection, a certificate and a stream of
/// its own. The light ones remember what they were told; the others have whole replicas, as the product's
/// gateway has, and answer lookups from them.
///
/// **When a version counts as seen.** Not when its bytes came: a light gateway has put it where it looks
/// things up, a whole replica has checked the hub's signature, made the version durable, and answered a
/// lookup from it.
///
/// **Start at** [aiguillage.bench.dataset.SpreadBench]. **Tests:** `ListBenchTest`.
@NullMarked
package aiguillage.bench.dataset;

import org.jspecify.annotations.NullMarked;
