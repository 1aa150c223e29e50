/// The hub's doors, each beside the REST door of the same hub and beside the bare engine of its protocol.
///
/// An engine is measured twice where it can be: as it is when nothing is kept, or kept in the page cache alone,
/// and when what it took is in a file that was forced to the disk before the answer. Only the second has
/// promised anything, so the goal is held against it; the first shows what the protocol costs by itself.
///
/// **Start at** [aiguillage.bench.doors.DoorsBench].
@NullMarked
package aiguillage.bench.doors;

import org.jspecify.annotations.NullMarked;
