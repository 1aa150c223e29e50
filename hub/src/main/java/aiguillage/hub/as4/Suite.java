package aiguillage.hub.as4;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.util.Optional;

/// How messages are signed, by the kind of the key.
public enum Suite {
    /// eDelivery AS4 2.0.
    ED25519(Names.MORE + "eddsa-ed25519", "Ed25519"),
    /// eDelivery AS4 1.15, for those who lag.
    RSA("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "SHA256withRSA"),
    /// P-256, as the keys that enrolment at a hub makes; an alternative of eDelivery AS4 2.0.
    EC("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", "SHA256withECDSAinP1363Format");

    private static final int RSA_BITS_MIN = 2_048;
    private static final int RSA_BITS_MAX = 8_192;

    private final String algorithm;
    private final String platformName;

    Suite(String algorithm, String platformName) {
        this.algorithm = algorithm;
        this.platformName = platformName;
    }

    /// The identifier in `SignatureMethod`.
    String algorithm() {
        return algorithm;
    }

    static Optional<Suite> of(String algorithm) {
        for (Suite suite : values()) {
            if (suite.algorithm.equals(algorithm)) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }

    /// The suite that a key signs by.
    public static Optional<Suite> of(PublicKey key) {
        for (Suite suite : values()) {
            if (suite.takes(key)) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }

    /// Whether a key is of this kind, and strong enough.
    boolean takes(PublicKey key) {
        return switch (this) {
            case ED25519 ->
                key.getAlgorithm().equals("EdDSA") || key.getAlgorithm().equals("Ed25519");
            case RSA ->
                key instanceof RSAKey rsa
                        && rsa.getModulus().bitLength() >= RSA_BITS_MIN
                        && rsa.getModulus().bitLength() <= RSA_BITS_MAX;
            case EC -> key.getAlgorithm().equals("EC");
        };
    }

    byte[] sign(PrivateKey key, byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(platformName);
            signature.initSign(key);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the hub's AS4 key cannot sign: " + e.getMessage(), e);
        }
    }

    boolean verifies(PublicKey key, byte[] bytes, byte[] signed) {
        try {
            Signature signature = Signature.getInstance(platformName);
            signature.initVerify(key);
            signature.update(bytes);
            return signature.verify(signed);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }
}
