package aiguillage.hub.login;

import aiguillage.protocol.PartyId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/// Passwords that were right, one of each party that has one, as HMACs by a key that only this process has ever
/// had. In memory alone. Safe from any thread.
final class RightOnes {

    private static final String HMAC = "HmacSHA256";

    private final SecretKey key;
    private final Map<PartyId, Right> known = new HashMap<>(); // guarded by this

    /// @param of a password in the table counts as long as it is the same
    private record Right(Login.ByPassword of, byte[] hmac) {}

    RightOnes() {
        try {
            key = KeyGenerator.getInstance(HMAC).generateKey();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HMAC with SHA-256", e);
        }
    }

    synchronized void remember(Login.ByPassword login, String password) {
        known.put(login.party(), new Right(login, hmac(password)));
    }

    /// Whether a password of this login was right before, so that any other is wrong.
    synchronized boolean has(Login.ByPassword login) {
        Right right = known.get(login.party());
        return right != null && right.of.equals(login);
    }

    synchronized boolean isRight(Login.ByPassword login, String password) {
        Right right = known.get(login.party());
        return right != null && right.of.equals(login) && MessageDigest.isEqual(right.hmac, hmac(password));
    }

    private byte[] hmac(String password) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HMAC with SHA-256", e);
        }
    }
}
