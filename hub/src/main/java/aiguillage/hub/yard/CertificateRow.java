package aiguillage.hub.yard;

import aiguillage.hub.entry.ByteReader;
import aiguillage.hub.entry.ByteWriter;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A certificate the hub issued, or was told to revoke.
///
/// @param party whose, or null when it was revoked without having been issued here
/// @param revoked whether it is not to be trusted any more
/// @param key the hash of the public key it is for (its SubjectPublicKeyInfo); null where the entry has none
public record CertificateRow(
        @Nullable PartyId party,
        Instant notAfter,
        boolean revoked,
        @Nullable Digest key) {

    byte[] encode() {
        var out = new ByteWriter(80)
                .text(party == null ? null : party.value())
                .time(notAfter)
                .one(revoked ? 1 : 0);
        return (key == null ? out : out.fixed(key.bytes())).done();
    }

    public static CertificateRow decode(byte[] bytes) {
        var in = new ByteReader(bytes);
        String party = in.textOrNull();
        Instant notAfter = in.time();
        boolean revoked = in.one() == 1;
        Digest key = in.hasMore() ? new Digest(in.fixed(Digest.BYTES)) : null;
        return new CertificateRow(party == null ? null : new PartyId(party), notAfter, revoked, key);
    }
}
