package aiguillage.bench.load;

/// What one round counted.
///
/// @param answered all answers, also those before and after the measured window
/// @param perSecond answers per second of the window; 0, and so is all else, when none came within it
/// @param serverMicros the server's CPU time per answer, in µs
/// @param clientMicros the load generator's
/// @param verified receipts that were verified
public record Round(
        long answered,
        double perSecond,
        double p50Millis,
        double p99Millis,
        double serverMicros,
        double clientMicros,
        int verified) {}
