/// The journal by itself, beside a file to which the same bytes are appended with group commit.
///
/// **Start at** [aiguillage.bench.journal.JournalProcess].
@NullMarked
package aiguillage.bench.journal;

import org.jspecify.annotations.NullMarked;
