/// The yard applies journal entries, in order, to the hub's views. No clock, no threads, no I/O: time is in the
/// entry, so the same journal gives the same views on any machine (I5).
///
/// **In:** entries, from `journal`. **Out:** an [Outcome] per entry, and changes to the views. An entry that
/// changes nothing (a retry, an acknowledgement of what is not pending) gets no position: positions count what
/// happened.
///
/// **Views:** `documents`: has this sender sent this id before, with which content (I2)? `pending`,
/// `quarantine`, `mailboxes`: what waits, and how much (I3)? `due`: what will the clock demand? `history`,
/// `search`, `subjects`: where is it?
///
/// **Start at** [Yard#apply]. **Knows:** `entry`, `store`, `protocol`. **Tests:** `OnceTest`,
/// `NothingDroppedTest`.
@NullMarked
package aiguillage.hub.yard;

import org.jspecify.annotations.NullMarked;
