/// Who of the parties was last heard: when, through which door, with which program; and who holds a line open.
///
/// It is a convenience of this hub, no truth of the journal: known again after a start from a file that is at
/// most a minute old, and where that is missing the hub says that it does not know.
///
/// **Bounds.** One line of some 200 bytes for each party of the routing table. **Knows:** `protocol`, `pki`'s
/// files. **Start at** [Presence]. **Tests:** `PresenceTest`, `HeardTest`.
@NullMarked
package aiguillage.hub.presence;

import org.jspecify.annotations.NullMarked;
