/// Mailboxes: what waits for each party, read by position and as often as one likes; and who is to be woken when
/// something new is there. Nothing here grows with the number of mailboxes: what waits is on disk.
///
/// **In:** questions from doors; recorded entries, from the journal. **Out:** rows of deliveries. **Knows:**
/// `document`, `yard`, `store`, `entry`, `protocol`. **Start at** [Mailboxes#pending]. **Tests:** `MailboxesTest`.
@NullMarked
package aiguillage.hub.mailbox;

import org.jspecify.annotations.NullMarked;
