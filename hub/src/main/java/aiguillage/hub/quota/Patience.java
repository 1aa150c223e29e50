package aiguillage.hub.quota;

/// How a refusal is told to a party that asked too often.
public enum Patience {
    /// At once: most callers listen.
    AT_ONCE,
    /// Later: whoever does not wait is made to.
    LATER,
    /// Not at all: the connection is closed.
    NEVER
}
