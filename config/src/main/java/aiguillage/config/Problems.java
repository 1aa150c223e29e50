package aiguillage.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects what is wrong with one file, so that it is reported together. One thread.
public final class Problems {

    /// More than this nobody reads at once; the rest is counted.
    public static final int KEPT_MAX = 500;

    private static final Comparator<ConfigProblem> BY_PLACE = Comparator.comparingInt(
                    (ConfigProblem problem) -> problem.at().line())
            .thenComparingInt(problem -> problem.at().column());

    private final List<ConfigProblem> kept = new ArrayList<>();
    private int count;

    /// Adds a problem; why and remedy may be empty.
    public void add(Location at, String path, String what, String why, String remedy) {
        count++;
        if (kept.size() < KEPT_MAX) {
            kept.add(new ConfigProblem(at, path, what, why, remedy));
        }
    }

    /// How many were added, those no longer kept included.
    public int count() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /// The problems kept, in the order of the file.
    public List<ConfigProblem> inOrder() {
        return kept.stream().sorted(BY_PLACE).toList();
    }

    /// Does nothing when there is none.
    ///
    /// @throws ConfigException with all of them
    public void throwIfAny() {
        if (count > 0) {
            throw new ConfigException(inOrder(), count);
        }
    }
}
