package aiguillage.hub.as4;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;

/// The ways in which a message's AES-128 key is wrapped for its reader: RSA-OAEP (SHA-256 for digest and mask);
/// X25519, or ECDH on P-256, with HKDF-SHA256 (RFC 5869) and AES key wrap (RFC 3394).
final class Wrapping {

    static final int KEY_BYTES = 16;

    private static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

    private Wrapping() {}

    static byte[] byRsa(PublicKey reader, SecretKey key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.WRAP_MODE, reader, OAEP);
        return cipher.wrap(key);
    }

    static Key ofRsa(PrivateKey own, byte[] wrapped) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.UNWRAP_MODE, own, OAEP);
        return cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
    }

    static byte[] byAgreement(PrivateKey own, PublicKey other, byte[] salt, SecretKey key)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AESWrap");
        cipher.init(Cipher.WRAP_MODE, agreed(own, other, salt, new byte[0]));
        return cipher.wrap(key);
    }

    static Key ofAgreement(PrivateKey own, PublicKey other, byte @Nullable [] salt, byte[] info, byte[] wrapped)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AESWrap");
        cipher.init(Cipher.UNWRAP_MODE, agreed(own, other, salt, info));
        return cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
    }

    private static SecretKey agreed(PrivateKey own, PublicKey other, byte @Nullable [] salt, byte[] info)
            throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance(own.getAlgorithm().equals("EC") ? "ECDH" : "X25519");
        agreement.init(own);
        agreement.doPhase(other, true);
        HKDFParameterSpec.Builder extract = HKDFParameterSpec.ofExtract().addIKM(agreement.generateSecret());
        if (salt != null) {
            extract.addSalt(salt);
        }
        return KDF.getInstance("HKDF-SHA256").deriveKey("AES", extract.thenExpand(info, KEY_BYTES));
    }
}
