package aiguillage.protocol.proof;

import aiguillage.protocol.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// The key pair with which a hub signs its ledger's head, in the text forms of C2SP `signed-note`. Bouncy Castle's
/// Ed25519 signs about six times faster than the JDK's, and one signature is made per commit.
public final class LedgerKey {

    private static final byte ED25519 = 1;
    private static final String PRIVATE_PREFIX = "PRIVATE+KEY+";

    private final Public verifier;
    private final Ed25519PrivateKeyParameters secret;

    private LedgerKey(String name, Ed25519PrivateKeyParameters secret) {
        this.verifier = new Public(name, secret.generatePublicKey());
        this.secret = secret;
    }

    /// A new key for the ledger `name`, as in `hub.example/ledger`; no white space, no `+`.
    public static LedgerKey generate(String name, SecureRandom random) {
        return new LedgerKey(name, new Ed25519PrivateKeyParameters(random));
    }

    /// Reads `PRIVATE+KEY+<name>+<hash>+<base64>`.
    ///
    /// @throws IllegalArgumentException when it is anything else; the message does not repeat the key
    public static LedgerKey ofText(String text) {
        String[] parts = text.strip().split("\\+", 5);
        if (!text.startsWith(PRIVATE_PREFIX) || parts.length != 5) {
            throw new IllegalArgumentException("not a ledger's private key: PRIVATE+KEY+<name>+<hash>+<base64>");
        }
        byte[] typed = Base64.getDecoder().decode(parts[4]);
        if (typed.length != 1 + Ed25519.SECRET_KEY_SIZE || typed[0] != ED25519) {
            throw new IllegalArgumentException("not an Ed25519 private key of " + Ed25519.SECRET_KEY_SIZE + " bytes");
        }
        var key = new LedgerKey(parts[2], new Ed25519PrivateKeyParameters(typed, 1));
        if (!key.verifier.hashText().equals(parts[3])) {
            throw new IllegalArgumentException(
                    "the private key of " + parts[2] + " does not fit its own hash: it is damaged");
        }
        return key;
    }

    public Public verifier() {
        return verifier;
    }

    /// The private key as text. Whoever holds it can sign for this hub: keep it in a file of mode 0600, and never
    /// log it.
    public String secretText() {
        return PRIVATE_PREFIX + verifier.name + "+" + verifier.hashText() + "+" + typedBase64(secret.getEncoded());
    }

    byte[] sign(byte[] text) {
        var signature = new byte[Ed25519.SIGNATURE_SIZE];
        secret.sign(Ed25519.Algorithm.Ed25519, null, text, 0, text.length, signature, 0);
        return signature;
    }

    private static String typedBase64(byte[] key) {
        byte[] typed = new byte[1 + key.length];
        typed[0] = ED25519;
        System.arraycopy(key, 0, typed, 1, key.length);
        return Base64.getEncoder().encodeToString(typed);
    }

    /// The public half: all that is needed to check a receipt. Its text is `<name>+<hash>+<base64>`.
    public static final class Public {

        private final String name;
        private final Ed25519PublicKeyParameters key;
        private final byte[] hash;

        private Public(String name, Ed25519PublicKeyParameters key) {
            if (name.isEmpty() || name.length() > 128 || !name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '+')) {
                throw new IllegalArgumentException(
                        "a ledger's name has 1 to 128 printable ASCII characters without white space and '+'");
            }
            this.name = name;
            this.key = key;
            MessageDigest sha256 = Digest.sha256();
            sha256.update((name + "\n").getBytes(StandardCharsets.US_ASCII));
            sha256.update(ED25519);
            this.hash = Arrays.copyOf(sha256.digest(key.getEncoded()), 4);
        }

        /// Reads `<name>+<hash>+<base64>`.
        ///
        /// @throws IllegalArgumentException when it is anything else, or damaged
        public static Public ofText(String text) {
            String[] parts = text.strip().split("\\+", 3);
            if (parts.length != 3) {
                throw new IllegalArgumentException("not a ledger's public key: write <name>+<hash>+<base64>");
            }
            byte[] typed = Base64.getDecoder().decode(parts[2]);
            if (typed.length != 1 + Ed25519.PUBLIC_KEY_SIZE || typed[0] != ED25519) {
                throw new IllegalArgumentException(
                        "not an Ed25519 public key of " + Ed25519.PUBLIC_KEY_SIZE + " bytes");
            }
            var key = new Public(parts[0], new Ed25519PublicKeyParameters(typed, 1));
            if (!key.hashText().equals(parts[1])) {
                throw new IllegalArgumentException(
                        "the public key of " + parts[0] + " does not fit its own hash: it is damaged");
            }
            return key;
        }

        public String name() {
            return name;
        }

        /// The first four bytes of the key's hash, which mark its signatures.
        byte[] hash() {
            return hash.clone();
        }

        String hashText() {
            return String.format(
                    java.util.Locale.ROOT, "%08x", ByteBuffer.wrap(hash).getInt());
        }

        boolean verifies(byte[] text, byte[] signature) {
            return signature.length == Ed25519.SIGNATURE_SIZE
                    && key.verify(Ed25519.Algorithm.Ed25519, null, text, 0, text.length, signature, 0);
        }

        @Override
        public String toString() {
            return name + "+" + hashText() + "+" + typedBase64(key.getEncoded());
        }
    }
}
