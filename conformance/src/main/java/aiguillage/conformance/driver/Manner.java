package aiguillage.conformance.driver;

/// How a document goes over the line.
public enum Manner {
    /// As fast as it goes.
    AT_ONCE,
    /// In pieces, with pauses between them that every hub bears.
    SLOWLY,
    /// The line breaks when half of it is sent.
    CUT_HALF_WAY,
    /// All is sent, then the line breaks: the answer is lost.
    CUT_BEFORE_ANSWER
}
