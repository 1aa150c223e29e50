package aiguillage.console.key;

import java.time.Duration;

/// What a key is asked for. A challenge made for one is worth nothing in another.
public enum Ceremony {
    SIGN_IN(Duration.ofMinutes(5)),
    /// A new key, by an invitation's link.
    ENROL(Duration.ofMinutes(5)),
    /// A further key, in a session.
    ADD_KEY(Duration.ofMinutes(5)),
    /// One form, just as it stands.
    CONFIRM(Duration.ofMinutes(2));

    private final Duration holds;

    Ceremony(Duration holds) {
        this.holds = holds;
    }

    /// How long a challenge for it holds.
    public Duration holds() {
        return holds;
    }
}
