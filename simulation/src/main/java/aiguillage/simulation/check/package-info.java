/// What must hold, checked by a model of plain maps and lists that knows nothing of how the product works: it reads
/// the journals as they lie on the disks, remembers what clients were told, and compares.
///
/// **Start at** [Truth]; [HubTruth] is one hub's journal read again; [ReplicaTruth] is what one replica
/// answers, beside [ListTruth], what was published. **Knows:** `dataset`, `hub`, `gateway`, `disk`, `protocol`,
/// `network`, `time`.
@NullMarked
package aiguillage.simulation.check;

import org.jspecify.annotations.NullMarked;
