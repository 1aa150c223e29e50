package aiguillage.hub.yard;

import aiguillage.hub.entry.ByteReader;
import aiguillage.hub.entry.ByteWriter;
import aiguillage.protocol.PartyId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// A party that is refused at every door until it is resumed.
///
/// @param since when it was suspended
/// @param reason why, in an operator's words
/// @param by who did it
public record SuspensionRow(Instant since, String reason, String by) {

    /// The key of a party's row.
    public static byte[] key(PartyId party) {
        return party.value().getBytes(StandardCharsets.US_ASCII);
    }

    byte[] encode() {
        return new ByteWriter(128).time(since).text(reason).text(by).done();
    }

    public static SuspensionRow decode(byte[] bytes) {
        var in = new ByteReader(bytes);
        return new SuspensionRow(in.time(), in.text(), in.text());
    }
}
