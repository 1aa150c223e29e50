package aiguillage.simulation.planted;

import java.io.IOException;
import java.util.function.LongFunction;

/// Tries seeds on a product with one planted bug.
public final class Trials {

    /// A bug that is not found in so many runs counts as missed.
    public static final int RUNS_MAX = 400;

    private Trials() {}

    /// What became of a planted bug.
    ///
    /// @param check what found it, empty when nothing did
    public record Caught(boolean isCaught, String check, long seed, int runs) {}

    /// Runs until it is found.
    public static Caught of(Planted bug) throws ReflectiveOperationException, IOException {
        var loader = new PlantingLoader(Trials.class.getClassLoader(), bug);
        loader.plant();
        Object trial = loader.loadClass(Trial.class.getName()).getConstructor().newInstance();
        if (!(trial instanceof LongFunction<?> run)) {
            throw new AssertionError("a trial is a function of the seed");
        }
        for (int i = 1; i <= RUNS_MAX; i++) {
            Object check = run.apply(i);
            if (check != null) {
                return new Caught(true, check.toString(), i, i);
            }
        }
        return new Caught(false, "", 0, RUNS_MAX);
    }
}
