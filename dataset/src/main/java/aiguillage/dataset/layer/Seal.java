package aiguillage.dataset.layer;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The key under which a layer travels ahead of its time: AES-256-GCM, one key for one layer, the number of a
/// page as nonce. Whoever has the key can read the layer; whoever changed a page is found out.
public final class Seal {

    public static final int BYTES = 32;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final byte[] key;

    /// @param key [#BYTES] bytes; copied
    public Seal(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("a seal has " + BYTES + " bytes, not " + key.length);
        }
        this.key = key.clone();
    }

    public static Seal fresh(SecureRandom random) {
        var key = new byte[BYTES];
        random.nextBytes(key);
        return new Seal(key);
    }

    public byte[] bytes() {
        return key.clone();
    }

    byte[] close(long page, byte[] content) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, page).doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("encryption cannot fail", e);
        }
    }

    /// @throws DamagedLayer when the page is another one, was changed, or was sealed with another key
    byte[] open(long page, byte[] sealed) throws DamagedLayer {
        try {
            return cipher(Cipher.DECRYPT_MODE, page).doFinal(sealed);
        } catch (AEADBadTagException e) {
            throw new DamagedLayer("page " + page + " does not open with this key", e);
        } catch (GeneralSecurityException e) {
            throw new DamagedLayer("page " + page + " is no sealed page", e);
        }
    }

    private Cipher cipher(int mode, long page) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putLong(0, page).array();
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    @Override
    public String toString() {
        return "seal"; // never its bytes: texts get into logs
    }
}
