/// Time and threads of a simulation. The threads of the hubs and gateways are virtual threads whose every step waits
/// in one list; a number drawn from the seed says which goes next, on the one thread that runs the simulation. When
/// none can go on, the clock moves to the next alarm. So a seed decides every interleaving, and the same seed gives
/// the same one again (`docs/decisions/0009`).
///
/// What runs here must not wait for real time, nor for a thread of the machine.
///
/// **Start at** [Scheduler#step]. **Knows:** nothing. **Tests:** `RepeatableTest`.
@NullMarked
package aiguillage.simulation.time;

import org.jspecify.annotations.NullMarked;
