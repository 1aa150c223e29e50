package aiguillage.hub.dataset;

import aiguillage.protocol.Digest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What one scope gets of a version: a layer with the changes it may see.
///
/// @param number of the version
/// @param from the version that the layer changes; 0: it replaces everything
/// @param isSealed whether it needs a key, which is given out when the version holds
/// @param root the digest of all rows that the scope sees in the version
/// @param rows how many keys those are
/// @param layer the digest of the layer's bytes
/// @param bytes the layer's length
/// @param content the layer's bytes, when they are few
/// @param file where they lie otherwise
record Share(
        long number,
        long from,
        boolean isSealed,
        Digest root,
        long rows,
        Digest layer,
        long bytes,
        byte @Nullable [] content,
        @Nullable Path file)
        implements Kept.Made {

    @Override
    public long weight() {
        return 512L + (content == null ? 0 : content.length);
    }
}
