package aiguillage.hub.yard;

import aiguillage.hub.entry.ByteReader;
import aiguillage.hub.entry.ByteWriter;
import aiguillage.protocol.PartyId;
import java.time.Instant;

/// An enrolment code, known by its hash only.
record CodeRow(PartyId party, Instant expires, boolean used) {

    byte[] encode() {
        return new ByteWriter(48)
                .text(party.value())
                .time(expires)
                .one(used ? 1 : 0)
                .done();
    }

    static CodeRow decode(byte[] bytes) {
        var in = new ByteReader(bytes);
        return new CodeRow(new PartyId(in.text()), in.time(), in.one() == 1);
    }
}
