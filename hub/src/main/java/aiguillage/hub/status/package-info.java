/// What the hub tells the public about itself: working, degraded or in maintenance, since when, and what is
/// planned. No secret is in it, and nothing that counts documents or names parties.
///
/// **In:** what operators set (`maintenance`), the disk, the journal. **Out:** page and feed, for the addresses
/// in `door.call`. **Knows:** `settings`, `pki`, `protocol`. **Bounds:** changes of the last 90 days, at most
/// 500; a notice has 500 characters in each language; looked at every 5 s, so that a request costs nothing but its
/// bytes.
///
/// **Start at** [StatusBoard]; [StatusPage] is page and feed for a hub, and for the process that watches
/// several. **Tests:** `StatusBoardTest`, `StatusWatchTest`, `StatusServeTest`.
@NullMarked
package aiguillage.hub.status;

import org.jspecify.annotations.NullMarked;
