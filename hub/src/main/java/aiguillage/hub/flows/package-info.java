/// The routing table in force, and what its flows ask of payloads: replaced as one when a new table's entry is
/// durable.
///
/// **In:** [aiguillage.hub.entry.Entry.TableApplied]. **Out:** [InForce]. [Proposals] looks at those to come
/// and at those that were. **Knows:** `format`, `dataset`, `document`, `entry`, `journal`, `problem`,
/// `routing`, `schema`, `store`, `yard`, `config`, `protocol`.
@NullMarked
package aiguillage.hub.flows;

import org.jspecify.annotations.NullMarked;
