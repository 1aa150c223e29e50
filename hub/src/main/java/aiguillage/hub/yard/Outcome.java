package aiguillage.hub.yard;

import aiguillage.protocol.Digest;
import aiguillage.protocol.Position;

/// What the yard made of an entry.
public sealed interface Outcome {

    /// It took effect and stands in the journal at this position.
    record Recorded(Position position) implements Outcome {}

    /// The same document came in before; nothing changed (I2).
    record Repeated(Position first) implements Outcome {}

    /// Another document came in under this id before; nothing changed (I2).
    ///
    /// @param payload the digest of the payload that came in first
    /// @param envelope the content digest of its envelope
    record Conflict(Position first, Digest payload, Digest envelope) implements Outcome {}

    /// Another routing table came into force since the document's way was looked up; nothing changed.
    record TableChanged() implements Outcome {}

    /// What the entry is about has come to its end already, or never was; nothing changed.
    record Ended() implements Outcome {}

    /// The version was made for another one than the newest, or would hold before it; nothing changed.
    ///
    /// @param newest the number of the version that stands last; 0: none does
    record VersionOvertaken(long newest) implements Outcome {}

    /// The enrolment code does not hold; nothing changed.
    record CodeRefused(CodeFault fault) implements Outcome {}

    /// Why an enrolment code does not hold.
    enum CodeFault {
        UNKNOWN,
        USED,
        EXPIRED,
        VOID,
        SUSPENDED
    }
}
