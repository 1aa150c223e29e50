/// Datasets for people: which version holds and what is to come, how far it has come among its readers, what
/// changed and how much, what waits for a second person; publishing after a look at what it would do; whose
/// copy leaked.
///
/// Rows are contents: they are shown to those who operate, and each look at them is an entry. Of a version that
/// nobody may read yet they are shown to administrators alone.
///
/// **Bounds:** a file has at most 1 GB, an excerpt 200 MB; 16 files wait to be published, each for an hour; the
/// last 32 traces are kept until the hub stops. **Knows:** `web`, the hub, `dataset`, `protocol`. **Start at**
/// [PricesPages].
@NullMarked
package aiguillage.console.prices;

import org.jspecify.annotations.NullMarked;
