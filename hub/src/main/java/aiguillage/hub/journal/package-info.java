/// The journal: the one ordered, durable log of every change. What is not in it did not happen.
///
/// **One writer.** A single thread takes all entries that wait, lets the yard apply them, and writes entries,
/// views and ledger in one synced batch: one fsync serves them all, so a document costs less as load rises. A
/// second thread, the notary, signs the new head, so the next fsync does not wait for a signature. The tellers
/// complete the callers' futures, several at a time.
///
/// **Order of promises (I1).** Durable first, then signed, then told: no receipt leaves before its batch is on
/// disk. When a write fails nobody can say what is on disk: the journal stops for good ([Journal#failure]) and
/// the hub with it.
///
/// **In:** an entry, from a door. **Out:** [Applied]. **Knows:** `entry`, `yard`, `ledger`, `store`, `problem`,
/// `protocol`. **Start at** [Writer#commit]. **Tests:** `JournalTest`, `ReceiptMeansDurableTest`.
@NullMarked
package aiguillage.hub.journal;

import org.jspecify.annotations.NullMarked;
