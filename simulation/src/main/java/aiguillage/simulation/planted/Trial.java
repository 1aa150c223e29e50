package aiguillage.simulation.planted;

import aiguillage.simulation.check.Violation;
import aiguillage.simulation.world.World;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// One run, told in words that every class loader has: the name of the check that found something, or null. Loaded
/// anew for each planted bug.
public final class Trial implements LongFunction<@Nullable String> {

    @Override
    public @Nullable String apply(long seed) {
        try {
            Violation violation = new World(seed, false).run().violation();
            return violation == null ? null : violation.check();
        } catch (RuntimeException | Error e) {
            return "crash of the run (" + e.getClass().getSimpleName() + ")";
        }
    }
}
