/// A starting configuration that runs as it stands: the hub's file, its flows, schemas, a gateway's file per party,
/// a sample claim, and the next commands. `aiguillage init` writes it for one dealer and one centre, the demo for
/// more.
///
/// The comments come from the records that read the files, so they cannot grow stale.
///
/// **In:** a [Plan]: parties, brands, listeners. **Out:** a folder. **Knows:** `config`, `hub`, `gateway`,
/// `warranty`, `terminal`, `pki`, `protocol`.
///
/// **Start at** [StartingFolder#write]. **Tests:** `CommandsTest`.
@NullMarked
package aiguillage.app.start;

import org.jspecify.annotations.NullMarked;
