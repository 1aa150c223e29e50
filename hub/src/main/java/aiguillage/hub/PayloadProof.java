package aiguillage.hub;

import aiguillage.hub.entry.Payload;
import aiguillage.hub.payload.CorruptPayload;
import aiguillage.hub.payload.Payloads;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;

/// Proves that a stored payload is the one that was accepted.
final class PayloadProof {

    private static final int BUFFER_BYTES = 1 << 20;

    private PayloadProof() {}

    /// A payload is another than its entry says.
    static final class Wrong extends Exception {

        @java.io.Serial
        private static final long serialVersionUID = 1;

        Wrong(String what) {
            super(what);
        }
    }

    /// Reads a payload's whole file.
    ///
    /// @throws CorruptPayload when it is missing or its blocks are not what was written
    static void require(Path file, Position position, Payload payload) throws IOException, Wrong {
        MessageDigest sha256 = Digest.sha256();
        var buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        try (InputStream in = Payloads.read(file, payload.bytes(), 0, payload.bytes())) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha256.update(buffer, 0, n);
                bytes += n;
            }
        } catch (CorruptPayload e) {
            throw new Wrong("the payload file " + file.getFileName() + " of entry " + position
                    + " is not what was accepted: " + e.getMessage());
        }
        require("payload file " + file.getFileName(), position, payload, bytes, new Digest(sha256.digest()));
    }

    static void require(String what, Position position, Payload payload, long bytes, Digest digest) throws Wrong {
        if (bytes != payload.bytes() || !digest.equals(payload.digest())) {
            throw new Wrong("the " + what + " of entry " + position + " is not what was accepted: it has " + bytes
                    + " bytes and the digest " + digest + ", not " + payload.bytes() + " and " + payload.digest());
        }
    }
}
