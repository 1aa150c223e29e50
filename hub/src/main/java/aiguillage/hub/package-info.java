/// The hub: the switchyard in front of the processing centres.
///
/// The packages in the order in which a document meets them:
///
/// ```
/// door → trust → intake → routing → schema → payload → journal → yard → ledger → mailbox → door
/// bytes  who?    one way   where to?  valid?   large?   durable   apply   proof    waiting   delivered
/// ```
///
/// Beside the way: `directory` (parties), `flows` (the table in force), `document` (where is it?), `delivery` (how
/// a delivery is told and ends), `dataset` (lists), `entry` and `store` (what the journal is made of), `clock`
/// (expiry), `quota` (what a party may ask), `health`, `check`, `problem` (every refusal). Messages of other
/// protocols: `as4`, `star`, `wss`; doors of files: `sftp` and `ftps`, over `files` and `login`.
///
/// [Restore] proves what a backup holds; `Backup` writes one.
///
/// **Start at** `intake.Intake`, then [Hub#start], which puts the parts together. **Knows:** `protocol`,
/// `xml`, `config`, `pki`, `dataset`, `format`.
@NullMarked
package aiguillage.hub;

import org.jspecify.annotations.NullMarked;
