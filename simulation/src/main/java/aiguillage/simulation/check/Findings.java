package aiguillage.simulation.check;

import aiguillage.simulation.time.Trace;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The first violation found in a run. It is kept rather than thrown: the code under test would catch it.
public final class Findings {

    private final Trace trace;
    private @Nullable Violation first;

    public Findings(Trace trace) {
        this.trace = trace;
    }

    /// Something that must hold did not.
    public void violated(String check, String what) {
        if (first == null) {
            first = new Violation(check, what);
            trace.line("checker", "VIOLATION " + first);
        }
    }

    /// Requires that something holds.
    public void require(boolean holds, String check, String otherwise) {
        if (!holds) {
            violated(check, otherwise);
        }
    }

    /// The same, where the words cost more than the check.
    public void require(boolean holds, String check, Supplier<String> otherwise) {
        if (!holds) {
            violated(check, otherwise.get());
        }
    }

    public @Nullable Violation first() {
        return first;
    }
}
