package aiguillage.hub.wss;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAKey;
import java.util.Map;
import java.util.Optional;

/// What a message may be signed with: SHA-2 throughout, RSA of at least 2,048 bits or ECDSA. SHA-1, in which
/// two messages of one digest can be made, is none of them, and neither are keys that both ends share (RFC
/// 9231).
final class Algorithms {

    static final int RSA_BITS_MIN = 2_048;
    static final String SHA_256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    static final String ECDSA_SHA_256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
    static final String RSA_SHA_256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    private static final Map<String, String> DIGESTS = Map.of(
            SHA_256,
            "SHA-256",
            "http://www.w3.org/2001/04/xmldsig-more#sha384",
            "SHA-384",
            "http://www.w3.org/2001/04/xmlenc#sha512",
            "SHA-512");
    private static final Map<String, String> SIGNATURES = Map.of(
            RSA_SHA_256,
            "SHA256withRSA",
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
            "SHA384withRSA",
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
            "SHA512withRSA",
            ECDSA_SHA_256,
            "SHA256withECDSAinP1363Format",
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
            "SHA384withECDSAinP1363Format",
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512",
            "SHA512withECDSAinP1363Format");

    private Algorithms() {}

    static Optional<MessageDigest> digest(String uri) {
        return Optional.ofNullable(DIGESTS.get(uri)).map(Algorithms::digestNamed);
    }

    private static MessageDigest digestNamed(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has " + name, e);
        }
    }

    static boolean isSignature(String uri) {
        return SIGNATURES.containsKey(uri);
    }

    /// A signature to be made or checked.
    ///
    /// @param uri one for which [#isSignature] holds
    static Signature signature(String uri) {
        try {
            return Signature.getInstance(String.valueOf(SIGNATURES.get(uri)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has " + uri, e);
        }
    }

    /// Whether a key signed these bytes, and is none that is too weak.
    static boolean verifies(String uri, PublicKey key, byte[] signed, byte[] value) {
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < RSA_BITS_MIN) {
            return false;
        }
        Signature signature = signature(uri);
        try {
            signature.initVerify(key);
            signature.update(signed);
            return signature.verify(value);
        } catch (InvalidKeyException | SignatureException e) {
            return false; // a key of another kind, or no signature at all
        }
    }

    /// Signs with a key of the hub's own.
    static byte[] sign(String uri, java.security.PrivateKey key, byte[] what) {
        try {
            Signature signature = signature(uri);
            signature.initSign(key);
            signature.update(what);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the hub's own key cannot sign: " + e.getMessage(), e);
        }
    }
}
