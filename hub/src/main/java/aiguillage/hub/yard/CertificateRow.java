package aiguillage.hub.yard;

import aiguillage.hub.entry.ByteReader;
import aiguillage.hub.entry.ByteWriter;
import aiguillage.protocol.PartyId;
import java.time.Instant;

/// A certificate the hub issued, or was told to revoke.
///
/// @param party whose, or null when it was revoked without having been issued here
/// @param revoked whether it is not to be trusted any more
public record CertificateRow(
        @org.jspecify.annotations.Nullable PartyId party, Instant notAfter, boolean revoked) {

    byte[] encode() {
        return new ByteWriter(48)
                .text(party == null ? null : party.value())
                .time(notAfter)
                .one(revoked ? 1 : 0)
                .done();
    }

    public static CertificateRow decode(byte[] bytes) {
        var in = new ByteReader(bytes);
        String party = in.textOrNull();
        return new CertificateRow(party == null ? null : new PartyId(party), in.time(), in.one() == 1);
    }
}
