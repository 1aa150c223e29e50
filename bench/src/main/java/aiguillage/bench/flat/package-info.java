/// Flat files of 100,000 lines: read and made documents, beside a copy line by line, in a small heap.
///
/// **Start at** [aiguillage.bench.flat.FlatProcess].
@NullMarked
package aiguillage.bench.flat;

import org.jspecify.annotations.NullMarked;
