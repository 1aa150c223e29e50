package aiguillage.hub.operators;

import java.util.Locale;

/// What an operator may do; each may what those before it may.
public enum Rank {
    /// Look at everything but contents.
    SEE,
    /// Decide about documents and dealers: release, return, invite, revoke, replay.
    OPERATE,
    /// Change what holds for all: flows, prices, alerts, operators.
    ADMINISTER;

    /// As entries, files and commands write it: in lower case.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads [#text].
    ///
    /// @throws IllegalArgumentException when there is no such rank
    public static Rank of(String text) {
        for (Rank rank : values()) {
            if (rank.text().equals(text)) {
                return rank;
            }
        }
        throw new IllegalArgumentException("A rank is see, operate or administer");
    }

    public boolean includes(Rank other) {
        return compareTo(other) >= 0;
    }
}
