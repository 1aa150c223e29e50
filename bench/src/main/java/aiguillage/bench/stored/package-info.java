/// A hub that has stored much: what a document costs then, and how long a restart takes. Stores are filled through
/// the production journal, in process and at its full speed.
///
/// **Start at** [aiguillage.bench.stored.Seeder].
@NullMarked
package aiguillage.bench.stored;

import org.jspecify.annotations.NullMarked;
