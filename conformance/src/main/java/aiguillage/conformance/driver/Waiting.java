package aiguillage.conformance.driver;

import aiguillage.protocol.Digest;
import aiguillage.protocol.FlowName;

/// A delivery as a reader sees it.
///
/// @param handle by which the door takes it back: a position, a content's id, a path
/// @param content its bytes
public record Waiting(FlowName flow, String handle, byte[] content) {

    public Digest digest() {
        return Digest.of(content);
    }
}
