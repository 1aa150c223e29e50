/// The dealer's replicas: each dataset that this party reads, kept where the hub stands, and honest about it (I7).
///
/// ```
/// stream: datasets, dataset  →  Replicas  →  Keeper (one per dataset)  →  KeptReplica  →  local door, exports
///                                              ↕ versions, layers, keys, buckets
///                                            DatasetSource (the hub)
/// ```
///
/// A [Keeper] adopts what an event brings when it fits, and asks the hub when it does not: a version that was
/// missed, another scope, versions withdrawn. It opens sealed versions once they hold, folds what holds into the rows,
/// compares with the signed root, and repairs what differs: first bucket by bucket, then with a whole list, at last
/// with an empty folder. A layer that broke off half-way goes on where it broke, after a restart too.
///
/// **Time.** What holds is asked by the hub's time ([HubClock]), not by the dealer's clock. Before the hub has said
/// it since the start, or since the computer slept, the dealer's clock is used, nothing is folded, and every answer is
/// stale.
///
/// **Stale** ([Freshness]) is an answer when the hub was not heard for longer than the dataset allows, when the rows
/// are not those of the signed root, when a version that is due cannot be read, when a newer one is known for longer
/// than that and is not here, or when a newer one held here before ([NewestHeld]): an old list is signed, too.
///
/// **Folder** `<data>/datasets/<hub>/`: `ledger-key`, the key that statements are checked with, learned once; below
/// `<brand>/<name>/`: `subscription.json` (as the hub told it), `rows` and `stack` (the replica), `coming` (layers
/// half here, named by digest), `verified` (when all rows were looked through last). A dataset that is not the
/// dealer's any more goes with its folder; beside it stays `<brand>/<name>.newest`: which version held last, and
/// the key it was signed with.
///
/// **In:** news from `link`, answers of a [DatasetSource]. **Out:** [KeptReplica]s. **Knows:** `protocol`,
/// `dataset`, `disk`, `pace`, `status`.
///
/// **Start at** [Keeper#run]. **Tests:** `KeeperTest`, `HubClockTest`; against a real hub `WireOfDatasetsTest` and
/// `DatasetsAtTheDealerTest`.
@NullMarked
package aiguillage.gateway.replica;

import org.jspecify.annotations.NullMarked;
