/// The inbox hands each delivery to the DMS's folder exactly once, then lets the hub know.
///
/// **In:** [Delivery] values from `link`. **Out:** files in `in/<kind>/`, the hub's notices beside the documents
/// they speak of, and per batch the positions to acknowledge or reject. **Knows:** `protocol`, `disk`, `dms`,
/// `outbox`, `status`.
///
/// # What a crash leaves behind
///
/// | step | durable | after a crash |
/// |---|---|---|
/// | 1 | envelope and payload in the staging folder, digest checked | no record: removed, the hub offers it again |
/// | 2 | the record `delivery/<hub>/<position>`: name, folder, digest | still staged: step 3 |
/// | 3 | moved into `in`, envelope first | record, but nothing staged: it was handed over, whatever the DMS did since |
/// | 4 | (acknowledged at the hub) | offered again: the record says it was handed over; acknowledged again |
///
/// One batch shares one forcing of the staging folder, one write of the book, and one forcing of each target.
/// Records are kept for the last [Inbox#RECORDS_KEPT] deliveries of each hub. Staging and DMS folders share a file
/// system.
///
/// The one gap no gateway can close alone: when the power fails within the milliseconds between the move and its
/// forcing, and the DMS has already acted on the file, the move may be undone and repeated. The name stays the
/// same.
///
/// **Start at** [Inbox#handOver]. **Tests:** `HandOverTest`, `InboxCrashTest`.
@NullMarked
package aiguillage.gateway.inbox;

import org.jspecify.annotations.NullMarked;
