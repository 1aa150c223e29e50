/// What a benchmark says: figures with what they are held against, and how they are shown.
///
/// **Start at** [aiguillage.bench.figure.Figure].
@NullMarked
package aiguillage.bench.figure;

import org.jspecify.annotations.NullMarked;
