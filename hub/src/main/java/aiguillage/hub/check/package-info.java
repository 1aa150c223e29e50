/// Proves offline that a data folder holds what its ledger signed, and names every part that does not.
///
/// **In:** a data folder on which no hub runs, or a backup. **Out:** a [Report]. Everything is made again from the
/// entries: leaves and nodes of the ledger, and all views, in a scratch store; nothing stored is believed because
/// another stored thing says so. Memory is bounded, whatever the size.
///
/// **Start at** [Replay]. **Knows:** `entry`, `yard`, `store`, `protocol`. **Tests:** `DamagedFolderTest`.
@NullMarked
package aiguillage.hub.check;

import org.jspecify.annotations.NullMarked;
