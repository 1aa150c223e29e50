/// Layers: a version of a dataset, as the changes it makes to the one before, in a file that can be asked as it
/// lies.
///
/// A layer is how versions travel, and how they hold before anything was unpacked: sorted pages of changes,
/// deflated, and an index of their first keys behind them ([Layer] has the file, [Page] a page). A sealed layer
/// travels ahead of its time; without its key it tells its size and nothing else ([Seal]).
///
/// **In:** keys and all their rows, in order ([LayerWriter]); files from the hub, which may hold anything.
/// **Out:** the rows of a key, or that the layer says nothing of it ([Layer#find]); all changes in order.
///
/// **What holds:** a page is taken for what it says only when its checksum, or its seal, its order and its
/// first key are right; so no changed bit is ever read as another row ([DamagedLayer]). Memory is bounded by
/// the index and a few pages, whatever the file says of itself.
///
/// **A crash** while writing leaves a file without its end, which does not open.
///
/// **Knows:** `row`, `protocol`. **Start at** [Layer]. **Tests:** `LayerTest`, `SealTest`.
@NullMarked
package aiguillage.dataset.layer;

import org.jspecify.annotations.NullMarked;
