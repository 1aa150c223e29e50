/// The kit as the hub, for a dealer's system that somebody else runs. The same scripts are played; in the place
/// of a driver stands an [Editor], who is told step by step what his system is to do, and whose steps are seen
/// in the journal, in the hub's figures and at the [Line] between the two, which breaks when a situation wants
/// it.
///
/// **In:** a situation's steps. **Out:** tasks for the editor; what came of them. **Knows:** `driver`,
/// `ground`, `protocol`.
///
/// **Start at** [EditorDoor]. **Tests:** `ListenTest`, `LineTest`.
@NullMarked
package aiguillage.conformance.listen;

import org.jspecify.annotations.NullMarked;
