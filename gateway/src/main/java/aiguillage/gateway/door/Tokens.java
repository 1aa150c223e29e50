package aiguillage.gateway.door;

import aiguillage.pki.DurableFile;
import aiguillage.protocol.Brand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The bearer tokens of the local door: one per brand, 256 random bits, in files that only the gateway's user can
/// read.
public final class Tokens {

    private static final int BYTES = 32;
    private static final int FILE_BYTES_MAX = 1_000;

    private final Map<Brand, byte[]> tokens = new TreeMap<>();

    private Tokens() {}

    /// Reads the tokens; makes those that are missing.
    ///
    /// @throws IOException when one cannot be read, is too short, or is open to others on this machine
    public static Tokens open(Path folder, List<Brand> brands, SecureRandom random) throws IOException {
        var tokens = new Tokens();
        Files.createDirectories(folder);
        for (Brand brand : brands) {
            Path file = folder.resolve(brand.value());
            if (!Files.exists(file)) {
                create(file, random);
            }
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new IOException(file + " is no token: remove it, and the gateway makes a new one.");
            }
            byte[] token = DurableFile.readSecret(file).strip().getBytes(StandardCharsets.ISO_8859_1);
            if (token.length < BYTES) {
                throw new IOException(file + " holds a token of " + token.length + " characters, too short to be"
                        + " safe: remove it, and the gateway makes a new one.");
            }
            tokens.tokens.put(brand, token);
        }
        return tokens;
    }

    /// Whose token this is. Takes the same time wherever two tokens differ.
    Optional<Brand> brand(String offered) {
        byte[] bytes = offered.getBytes(StandardCharsets.UTF_8);
        Optional<Brand> found = Optional.empty();
        for (Map.Entry<Brand, byte[]> token : tokens.entrySet()) {
            if (MessageDigest.isEqual(token.getValue(), bytes)) {
                found = Optional.of(token.getKey());
            }
        }
        return found;
    }

    private static void create(Path file, SecureRandom random) throws IOException {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        DurableFile.writeSecret(file, (token + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
