package aiguillage.gateway.disk;

import aiguillage.protocol.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/// The digest of a file, read in constant memory.
public final class FileDigest {

    private static final int CHUNK_BYTES = 64 * 1024;

    private FileDigest() {}

    public static Digest of(Path file) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        try (var content = Files.newInputStream(file)) {
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int n = content.read(chunk); n >= 0; n = content.read(chunk)) {
                sha256.update(chunk, 0, n);
            }
        }
        return new Digest(sha256.digest());
    }
}
