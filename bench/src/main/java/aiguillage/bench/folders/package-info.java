/// From the dealer's folder through the hub into the centre's folder: two gateways and a hub, each a process of its
/// own, at a steady pace. Beside it the least that two durable hand-overs can cost: two files, each synced and
/// renamed.
///
/// The pace does not wait for arrivals, so a stall shows in every document that comes in while it lasts.
///
/// **Start at** [aiguillage.bench.folders.FoldersBench].
@NullMarked
package aiguillage.bench.folders;

import org.jspecify.annotations.NullMarked;
