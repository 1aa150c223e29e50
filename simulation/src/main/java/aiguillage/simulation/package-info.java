/// The simulation: hubs, gateways, senders and readers in one process, on a clock, a network and disks of which a
/// seed decides what goes wrong. Production classes run in it; only what touches the machine is a model. The same
/// seed gives the same run, step by step.
///
/// | package | is |
/// |---|---|
/// | `time` | the scheduler of all threads, and the clock |
/// | `fault` | what goes wrong, and how often |
/// | `disk`, `network` | models with exactly the promises production relies on |
/// | `world` | who is there: the computers, the people, and what befalls them |
/// | `check` | what must hold (I1 to I5, I7), by a model of plain maps |
/// | `planted` | bugs put into production classes, to prove that the checks find them |
///
/// Datasets (I7): the gateway's end is production code, the hub's end a model
/// ([aiguillage.simulation.check.ListTruth]).
///
/// **Knows:** `hub`, `gateway`, `dataset`, `protocol`. **Start at** [Main]; one run is
/// [aiguillage.simulation.world.World#run].
@NullMarked
package aiguillage.simulation;

import org.jspecify.annotations.NullMarked;
