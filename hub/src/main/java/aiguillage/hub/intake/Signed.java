package aiguillage.hub.intake;

import aiguillage.hub.entry.Evidence;
import aiguillage.hub.problem.Refused;

/// The signature that came with a document.
@FunctionalInterface
public interface Signed {

    /// Proves it; the payload was compared with the announced digest before.
    ///
    /// @return the signature for third parties
    /// @throws Refused when it does not hold, or is not fresh
    Evidence proven();
}
