package aiguillage.pki.revocation;

import java.time.Instant;

/// How one attempt to get a newer list went.
public sealed interface Refreshed {

    /// A list was verified and applies; it may be the same as before.
    record Loaded(Instant thisUpdate, Instant nextUpdate, int entries) implements Refreshed {}

    /// What was held before goes on applying.
    ///
    /// @param why a sentence for the operator
    record Failed(String why) implements Refreshed {}
}
