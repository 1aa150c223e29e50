package aiguillage.hub.dataset;

import aiguillage.dataset.mark.MarkSecret;
import aiguillage.pki.DurableFile;
import aiguillage.protocol.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The file of the secret that marks and seals are made from: 32 bytes in hex, and the first 4 bytes of their digest,
/// so that a changed character is noticed and not taken for another secret.
public final class DatasetsKey {

    private static final int CHECK_BYTES = 4;

    private DatasetsKey() {}

    /// Reads the secret.
    ///
    /// @throws IOException when the file is missing, damaged, or open to others on this machine
    public static byte[] read(Path file) throws IOException {
        try {
            String text = DurableFile.readSecret(file).strip();
            byte[] secret = HexFormat.of().parseHex(text.substring(0, Math.min(text.length(), 2 * MarkSecret.BYTES)));
            if (secret.length == MarkSecret.BYTES && text.equals(text(secret))) {
                return secret;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: put your copy of it back", e);
        }
        throw new IOException(file + " is damaged: put your copy of it back");
    }

    /// Reads the secret, or makes it.
    ///
    /// @param isNew whether nothing was made with a secret yet: only then one is made
    static byte[] open(Path file, boolean isNew, SecureRandom random) throws IOException {
        if (Files.exists(file)) {
            return read(file);
        }
        if (!isNew) {
            throw new IOException(file + " is missing: marks and seals were made from it. Put your copy of it back"
                    + " (docs/operations.md, \"Keys\").");
        }
        var secret = new byte[MarkSecret.BYTES];
        random.nextBytes(secret);
        DurableFile.writeSecret(file, (text(secret) + "\n").getBytes(StandardCharsets.US_ASCII));
        return secret;
    }

    private static String text(byte[] secret) {
        HexFormat hex = HexFormat.of();
        return hex.formatHex(secret) + "-" + hex.formatHex(Digest.of(secret).bytes(), 0, CHECK_BYTES);
    }
}
