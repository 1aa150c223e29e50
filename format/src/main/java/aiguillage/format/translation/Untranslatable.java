package aiguillage.format.translation;

import aiguillage.format.report.Fault;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Fields, or a document, of which the stylesheet can make nothing.
public final class Untranslatable extends Exception {

    private static final long serialVersionUID = 1;

    private final transient @Nullable Fault fault;

    public Untranslatable(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.fault = null;
    }

    public Untranslatable(Fault fault) {
        super(fault.toString());
        this.fault = fault;
    }

    /// Where in the file, when the stylesheet said so.
    public Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }
}
