package aiguillage.simulation.fault;

import java.util.Locale;

/// A kind of fault, and how often it strikes at most.
public enum Fault {
    /// A request does not arrive.
    REQUEST_LOST(0.2),
    /// The answer to a request does not arrive, though the hub did the work.
    ANSWER_LOST(0.2),
    /// A request arrives twice, the second time perhaps much later.
    REQUEST_DOUBLED(0.2),
    /// A request or an answer takes seconds.
    LATE(0.2),
    /// Two computers cannot reach each other for a while; nobody is told.
    PARTITION(0.2),
    /// A stream breaks, and both ends learn of it.
    STREAM_CUT(0.05),
    /// A stream goes on in appearance, but nothing arrives any more.
    STREAM_DEAD(0.05),
    /// A process is killed between any two of its steps.
    KILL(0.2),
    /// The same, and everything not yet forced to disk is at risk.
    POWER_LOSS(0.2),
    /// A process dies inside a write, before or after it is durable.
    DEATH_IN_WRITE(0.01),
    /// A clock jumps, forward or back.
    CLOCK_JUMP(0.1),
    /// A record read from the hub's store has one bit another way.
    BIT_FLIP(0.0005),
    /// The gateway's disk refuses a file operation.
    DISK_REFUSES(0.02),
    /// A hub makes a dataset's layer in which a change is missing.
    SHARE_WRONG(0.3),
    /// An event of a dataset comes twice.
    EVENT_DOUBLED(0.3),
    /// A row of a replica becomes another on the disk.
    ROW_DAMAGED(0.08),
    /// A reader takes nothing for a while.
    READER_STALLS(0.2),
    /// A reader rejects what it could have taken.
    REJECTED(0.2),
    /// A reader that comes back has forgotten where it was.
    READER_FORGETS(0.3),
    /// A sender sends an accepted document once more.
    SENT_AGAIN(0.3),
    /// A sender uses an id again for other content.
    ID_REUSED(0.2);

    private final double rateMax;

    Fault(double rateMax) {
        this.rateMax = rateMax;
    }

    double rateMax() {
        return rateMax;
    }

    /// As it is shown: `request-lost`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
