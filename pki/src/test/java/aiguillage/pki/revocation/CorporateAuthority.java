package aiguillage.pki.revocation;

import aiguillage.pki.EcKeys;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// A corporate authority that issues certificates and revocation lists.
final class CorporateAuthority {

    static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final X500Principal NAME = new X500Principal("CN=Corp CA");

    private final KeyPair pair = EcKeys.generate();
    final X509Certificate certificate;

    CorporateAuthority() throws Exception {
        var builder = builder(NAME, BigInteger.ONE, pair);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        certificate = signed(builder);
    }

    X509Certificate issued(long serial) throws Exception {
        var builder = builder(new X500Principal("CN=garage"), BigInteger.valueOf(serial), EcKeys.generate());
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
        return signed(builder);
    }

    private static JcaX509v3CertificateBuilder builder(X500Principal subject, BigInteger serial, KeyPair subjects) {
        return new JcaX509v3CertificateBuilder(
                NAME,
                serial,
                Date.from(NOW.minusSeconds(60)),
                Date.from(NOW.plusSeconds(86_400 * 365)),
                subject,
                subjects.getPublic());
    }

    private X509Certificate signed(JcaX509v3CertificateBuilder builder) throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }

    byte[] list(Instant thisUpdate, @Nullable Instant nextUpdate, long... revoked) throws Exception {
        return list(thisUpdate, nextUpdate, null, new ASN1Integer(1), revoked);
    }

    byte[] list(
            Instant thisUpdate,
            @Nullable Instant nextUpdate,
            @Nullable ASN1ObjectIdentifier criticalExtension,
            ASN1Encodable extensionValue,
            long... revoked)
            throws Exception {
        var builder = new X509v2CRLBuilder(X500Name.getInstance(NAME.getEncoded()), Date.from(thisUpdate));
        if (nextUpdate != null) {
            builder.setNextUpdate(Date.from(nextUpdate));
        }
        if (criticalExtension != null) {
            builder.addExtension(criticalExtension, true, extensionValue);
        }
        for (long serial : revoked) {
            builder.addCRLEntry(BigInteger.valueOf(serial), Date.from(thisUpdate), CRLReason.keyCompromise);
        }
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                .getEncoded();
    }
}
