/// The routing table in force, and what its flows ask of payloads: replaced as one when a new table's entry is
/// durable.
///
/// **In:** [aiguillage.hub.entry.Entry.TableApplied]. **Out:** [InForce]. **Knows:** `format`, `document`,
/// `entry`, `routing`, `schema`, `store`, `yard`, `config`, `protocol`.
@NullMarked
package aiguillage.hub.flows;

import org.jspecify.annotations.NullMarked;
