package aiguillage.gateway.replica;

import aiguillage.protocol.DatasetName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What brings a replica to where its dataset stands.
///
/// @param now the hub's time
/// @param scope which rows this party sees
/// @param left when versions that the replica has were withdrawn: the last that still stands; else null
/// @param versions in order: at most one that replaces everything, then changes
public record Offers(
        Instant now,
        DatasetName name,
        String scope,
        @Nullable Long left,
        List<Offer> versions) {

    public Offers {
        versions = List.copyOf(versions);
    }
}
