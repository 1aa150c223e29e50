package aiguillage.hub.yard;

import aiguillage.hub.entry.ByteReader;
import aiguillage.hub.entry.ByteWriter;
import java.time.Instant;

/// A security key that signs somebody in.
///
/// @param operator whose it is
/// @param credential what it calls itself, base64url
/// @param key its public key: COSE, base64url
/// @param label what the person calls it
/// @param added when
public record OperatorKeyRow(String operator, String credential, String key, String label, Instant added) {

    byte[] encode() {
        return new ByteWriter(256)
                .text(operator)
                .text(credential)
                .text(key)
                .text(label)
                .time(added)
                .done();
    }

    public static OperatorKeyRow decode(byte[] bytes) {
        var in = new ByteReader(bytes);
        var row = new OperatorKeyRow(in.text(), in.text(), in.text(), in.text(), in.time());
        in.end();
        return row;
    }
}
