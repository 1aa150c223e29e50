package aiguillage.bench.peer;

import aiguillage.bench.server.Site;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// RSA-2048, as AS4's profiles ask for; one key for both sides.
///
/// @param store with the key
/// @param trust with its certificate
record As4Keys(KeyStore store, KeyStore trust) {

    /// Of stores that never leave the memory.
    static final String PASSWORD = Site.AS4_PASSWORD;

    private static final int BITS = 2_048;
    private static final Duration HOLDS = Duration.ofDays(1);

    static As4Keys generate(String alias) throws GeneralSecurityException, IOException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        KeyPair pair = generator.generateKeyPair();
        var name = new X500Principal("CN=" + alias);
        Instant now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                name, BigInteger.ONE, Date.from(now.minus(HOLDS)), Date.from(now.plus(HOLDS)), name, pair.getPublic());
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
        KeyStore store = empty();
        store.setKeyEntry(alias, pair.getPrivate(), PASSWORD.toCharArray(), new X509Certificate[] {certificate});
        KeyStore trust = empty();
        trust.setCertificateEntry(alias, certificate);
        return new As4Keys(store, trust);
    }

    /// A key that a site has, and its certificate.
    static As4Keys read(Path file, String alias) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyStore trust = empty();
        trust.setCertificateEntry(alias, store.getCertificate(alias));
        return new As4Keys(store, trust);
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
