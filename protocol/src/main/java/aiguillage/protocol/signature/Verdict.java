package aiguillage.protocol.signature;

import java.time.Instant;

/// Whether a message is signed by whom it should be.
public sealed interface Verdict {

    /// Exactly one signature is good.
    ///
    /// @param created when the signer says it signed
    /// @param evidence to be kept with the document
    record Valid(Instant created, SignatureEvidence evidence) implements Verdict {}

    /// None is, or more than one.
    ///
    /// @param reason a sentence for the sender
    record Invalid(String reason) implements Verdict {}

    /// One is good but for the time at which it says it was made: the same message, signed anew by a right clock, is
    /// taken.
    ///
    /// @param reason a sentence for the sender
    record NotFresh(String reason) implements Verdict {}
}
