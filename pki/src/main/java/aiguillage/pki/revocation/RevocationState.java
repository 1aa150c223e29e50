package aiguillage.pki.revocation;

import java.time.Duration;

/// How good the list in hand is.
public sealed interface RevocationState {

    /// Before its `nextUpdate`.
    ///
    /// @param age since its `thisUpdate`
    record Fresh(Duration age) implements RevocationState {}

    /// Past its `nextUpdate`.
    ///
    /// @param age since its `thisUpdate`
    /// @param overdue since its `nextUpdate`
    record Stale(Duration age, Duration overdue) implements RevocationState {}

    /// There has never been one.
    ///
    /// @param why a sentence for the operator
    record Missing(String why) implements RevocationState {}
}
