package aiguillage.dataset.replica;

import aiguillage.dataset.layer.Layer;
import aiguillage.protocol.Digest;
import aiguillage.protocol.proof.VersionStatement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A version of a dataset as one replica has it.
///
/// @param number counted from 1 in the dataset
/// @param from the version of this replica that the layer was made for; 0: for none
/// @param effective from when on it holds
/// @param skippedSince when the first version between `from` and this one held that this replica never had;
///     null when it had all of them. Of that time until `effective` it cannot tell
/// @param published when the hub took it in
/// @param root the digest of the set of its rows ([aiguillage.dataset.row.SetHash]), as its reader may see them; null
///     while it is sealed: its layer has it
/// @param rows how many keys it has for this reader; 0 while it is sealed
/// @param layer the digest of its layer's file
/// @param scope names the rows its reader may see: a change of it means a layer that replaces everything
public record Version(
        long number,
        long from,
        Instant effective,
        @Nullable Instant skippedSince,
        Instant published,
        @Nullable String root,
        long rows,
        String layer,
        String scope) {

    public Version {
        if (number < 1 || from < 0 || from > number) {
            throw new IllegalArgumentException("a version " + number + " made for version " + from);
        }
    }

    /// With what its layer has, now that it is open.
    Version with(Layer.Total total) {
        return new Version(
                number, from, effective, skippedSince, published, total.root().toString(), total.rows(), layer, scope);
    }

    /// The version of which a hub signed this.
    public static Version of(VersionStatement said) {
        Digest root = said.root();
        return new Version(
                said.number(),
                said.from(),
                said.effective(),
                said.skippedSince(),
                said.published(),
                root == null ? null : root.toString(),
                said.rows(),
                said.layer().toString(),
                said.scope());
    }
}
