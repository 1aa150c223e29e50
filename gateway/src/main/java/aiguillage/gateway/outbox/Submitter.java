package aiguillage.gateway.outbox;

import java.nio.file.Path;

/// Sends one document to the hub that its brand belongs to, once.
@FunctionalInterface
public interface Submitter {

    /// Sends it and waits for the answer.
    ///
    /// @param payload its file; streamed, never held in memory
    Answer submit(Waiting document, Path payload) throws InterruptedException;
}
