package aiguillage.hub.operators;

/// What an operator may do; each may what those before it may.
public enum Rank {
    /// Look at everything but contents.
    SEE,
    /// Decide about documents and dealers: release, return, invite, revoke, replay.
    OPERATE,
    /// Change what holds for all: flows, prices, alerts, operators.
    ADMINISTER;

    public boolean includes(Rank other) {
        return compareTo(other) >= 0;
    }
}
