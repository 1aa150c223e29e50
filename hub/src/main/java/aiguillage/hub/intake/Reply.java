package aiguillage.hub.intake;

import aiguillage.hub.problem.Refused;
import aiguillage.protocol.Position;

/// Who waits for what becomes of a document. One of these is called, once, on any thread: it must not wait.
public interface Reply {

    /// The hub has it, durably (I1).
    ///
    /// @param isFirst false when it came before, with the same content (I2)
    /// @param document where it stands in the journal; of a flat file the first that was made of it
    /// @param receipt the same bytes for every retry
    void accepted(boolean isFirst, Position document, byte[] receipt);

    /// It was refused: nothing was kept of it but, where it was read, that it was refused and why.
    void refused(Refused refused);

    /// It failed for a reason nobody foresaw; whether it was kept is not known.
    void failed(Throwable failure);
}
