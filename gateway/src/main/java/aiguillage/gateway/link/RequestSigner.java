package aiguillage.gateway.link;

import aiguillage.gateway.outbox.Waiting;
import java.net.URI;
import java.util.Map;

/// Signs submissions of flows that ask for it, so that a document can be proven to third parties (RFC 9421).
@FunctionalInterface
public interface RequestSigner {

    /// The headers that prove who made this submission.
    ///
    /// @param headers the submission's headers, names in lower case
    /// @return the headers to add, none when the flow is not signed
    Map<String, String> sign(Waiting document, URI target, Map<String, String> headers);
}
