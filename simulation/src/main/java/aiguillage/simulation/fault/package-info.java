/// What goes wrong, how often, and how often it did. Rates are drawn from the seed, and drawn again during a run, so
/// that quiet and wild times alternate; many seeds leave a kind of fault out, so that another is seen alone.
///
/// **Start at** [Faults]. **Knows:** `time`. The list with its reasons is `docs/fault-model.md`.
@NullMarked
package aiguillage.simulation.fault;

import org.jspecify.annotations.NullMarked;
