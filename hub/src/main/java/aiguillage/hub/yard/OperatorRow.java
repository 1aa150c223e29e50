package aiguillage.hub.yard;

import aiguillage.hub.entry.ByteReader;
import aiguillage.hub.entry.ByteWriter;
import aiguillage.protocol.Brand;
import aiguillage.protocol.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Somebody who looks after the hub, or did.
///
/// @param rank in lower case; empty: this person was removed, and nobody is called so again
/// @param brands empty: all
/// @param link the hash of the link by which this person may add a key, once; null: there is none
/// @param expires when the link holds no more; [Instant#EPOCH] without one
/// @param keys hashes of what the person's keys call themselves, in the order in which they were added
public record OperatorRow(
        String rank, Set<Brand> brands, @Nullable Digest link, Instant expires, List<Digest> keys) {

    public OperatorRow {
        brands = Set.copyOf(brands);
        keys = List.copyOf(keys);
    }

    /// Whose name nobody gets again: what was done under it stays this person's.
    static OperatorRow gone() {
        return new OperatorRow("", Set.of(), null, Instant.EPOCH, List.of());
    }

    /// Whether this person was removed.
    public boolean isGone() {
        return rank.isEmpty();
    }

    byte[] encode() {
        var out = new ByteWriter(128).text(rank).size(brands.size());
        new TreeSet<>(brands).forEach(brand -> out.text(brand.value()));
        out.bytes(link == null ? null : link.bytes()).time(expires).size(keys.size());
        keys.forEach(key -> out.fixed(key.bytes()));
        return out.done();
    }

    public static OperatorRow decode(byte[] bytes) {
        var in = new ByteReader(bytes);
        String rank = in.text();
        var brands = new TreeSet<Brand>();
        for (int n = in.size(); n > 0; n--) {
            brands.add(new Brand(in.text()));
        }
        byte[] link = in.bytesOrNull();
        Instant expires = in.time();
        var keys = new ArrayList<Digest>();
        for (int n = in.size(); n > 0; n--) {
            keys.add(new Digest(in.fixed(Digest.BYTES)));
        }
        in.end();
        return new OperatorRow(rank, brands, link == null ? null : new Digest(link), expires, keys);
    }
}
