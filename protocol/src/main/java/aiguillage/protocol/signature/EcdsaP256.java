package aiguillage.protocol.signature;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECKey;

/// The one algorithm: ECDSA on P-256 with SHA-256, the signature being r and s, 32 bytes each (RFC 9421,
/// 3.3.4).
final class EcdsaP256 {

    static final String NAME = "ecdsa-p256-sha256";
    static final int SIGNATURE_BYTES = 64;

    private static final String JDK_NAME = "SHA256withECDSAinP1363Format";

    /// P-256's order (FIPS 186-5): a curve is known by it.
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private EcdsaP256() {}

    static byte[] sign(PrivateKey key, byte[] message) {
        if (!isOnCurve(key)) {
            throw new IllegalArgumentException("documents are signed with a P-256 key, and this one is "
                    + key.getAlgorithm() + " or on another curve");
        }
        try {
            Signature signature = Signature.getInstance(JDK_NAME);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key cannot sign: " + e.getMessage(), e);
        }
    }

    static boolean verifies(PublicKey key, byte[] message, byte[] signed) {
        if (!isOnCurve(key) || signed.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(JDK_NAME);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (SignatureException | InvalidKeyException e) {
            return false; // r or s out of range, or a point off the curve: no signature of anything
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK verifies ECDSA on P-256", e);
        }
    }

    static boolean isOnCurve(Key key) {
        return key instanceof ECKey ec && ec.getParams().getOrder().equals(ORDER);
    }
}
