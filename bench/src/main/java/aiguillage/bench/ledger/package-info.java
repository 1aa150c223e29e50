/// The ledger: entries that are integrated into the tree, durable, signed, and each given its proof, in one process
/// without doors; and the tree alone, in memory, under JMH.
///
/// *Strict once-only* means that the index of ids is asked for every entry, in the same commit. Some entries are
/// offered a second time, and each such time must be answered with the position of the first.
///
/// **Start at** [aiguillage.bench.ledger.LedgerBench].
@NullMarked
package aiguillage.bench.ledger;

import org.jspecify.annotations.NullMarked;
