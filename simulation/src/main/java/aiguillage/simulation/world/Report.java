package aiguillage.simulation.world;

import aiguillage.simulation.check.Violation;
import aiguillage.simulation.fault.Fault;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of one run.
///
/// @param seed repeats it exactly
/// @param violation what must hold and did not, or null
/// @param versions of datasets that were published
/// @param prices answers of replicas that were compared
/// @param trace equal for equal runs
public record Report(
        long seed,
        @Nullable Violation violation,
        long documents,
        long receipts,
        long versions,
        long prices,
        long crashes,
        Map<Fault, Long> faults,
        long simulatedMillis,
        long steps,
        long trace) {

    public Report {
        faults = new EnumMap<>(faults);
    }
}
