/// What does not go on by itself: deliveries in quarantine, mailboxes in which much waits for long, and
/// documents that are to be offered once more.
///
/// **Knows:** `web`, the hub, `protocol`. **Start at** [TroublePages].
@NullMarked
package aiguillage.console.trouble;

import org.jspecify.annotations.NullMarked;
