package aiguillage.conformance;

/// What came of a situation at a door.
public enum Verdict {
    /// What was demanded was seen.
    PASSED,
    /// Something else was seen.
    FAILED,
    /// The door's protocol has no way to express it.
    INEXPRESSIBLE,
    /// Something that it needs was not at hand.
    NOT_RUN
}
