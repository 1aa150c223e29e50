/// The hub: the switchyard in front of the processing centres.
///
/// The packages in the order in which a document meets them:
///
/// ```
/// door → trust → intake → routing → schema → payload → journal → yard → ledger → mailbox → door
/// bytes  who?    one way   where to?  valid?   large?   durable   apply   proof    waiting   delivered
/// ```
///
/// Beside the way: `directory` (parties), `flows` (the table in force), `document` (where is it?), `entry` and `store`
/// (what the journal is made of), `clock` (expiry), `health`, `problem` (every refusal).
///
/// [Restore] proves what a backup holds; `Backup` writes one.
///
/// **Start at** `intake.Intake`, then [Hub#start], which puts the parts together. **Knows:** `protocol`,
/// `config`, `pki`.
@NullMarked
package aiguillage.hub;

import org.jspecify.annotations.NullMarked;
