package aiguillage.conformance.listen;

import aiguillage.conformance.driver.Identity;
import aiguillage.conformance.driver.Manner;
import aiguillage.conformance.driver.Offer;
import aiguillage.conformance.driver.Waiting;
import java.nio.file.Path;

/// One step that an editor's system is to do.
public sealed interface Task {

    /// As whom.
    Identity as();

    /// Send this document.
    ///
    /// @param file where its bytes are
    /// @param manner what will happen to the line meanwhile
    record Send(Identity as, Offer offer, Path file, Manner manner) implements Task {}

    /// Read what waits, and acknowledge this.
    record Acknowledge(Identity as, Waiting waiting) implements Task {}

    /// Read what waits, and reject this with the reason.
    record Reject(Identity as, Waiting waiting, String reason) implements Task {}
}
