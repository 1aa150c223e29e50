package aiguillage.hub.dataset;

import aiguillage.dataset.layer.Seal;
import aiguillage.hub.entry.Entry;
import aiguillage.protocol.DatasetName;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The keys under which shares travel ahead of their time: one for each share, made from the hub's secret, so
/// that none is stored and none opens another (I4). Safe from any thread.
final class Seals {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;

    /// @param secret the hub's alone
    Seals(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /// Two layers under one key would betray each other: so it is of what the share changes, and of the
    /// version's own layer, since after a backup was restored another version may have the same number.
    Seal seal(DatasetName dataset, Entry.VersionPublished version, long from, Scope scope) {
        String share = "seal\n" + dataset + "\n" + version.number() + "\n"
                + version.content().layer() + "\n" + from + "\n" + scope.name();
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return new Seal(mac.doFinal(share.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HMAC with SHA-256", e);
        }
    }
}
