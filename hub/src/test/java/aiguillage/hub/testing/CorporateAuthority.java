package aiguillage.hub.testing;

import aiguillage.pki.CertificateChain;
import aiguillage.pki.Credential;
import aiguillage.pki.EcKeys;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// A company's own authority: a root, and one or more authorities below it that issue certificates and lists.
public final class CorporateAuthority {

    private static final Duration LIFETIME = Duration.ofDays(300);

    private final Instant now;
    private final Below root;
    private long serials = 1;

    /// @param certificate of an authority
    public record Below(KeyPair pair, X509Certificate certificate) {}

    public CorporateAuthority(Instant now) throws Exception {
        this.now = now;
        KeyPair pair = EcKeys.generate();
        var name = new X500Name("CN=Corporate root");
        var self = builder(name, name, pair.getPublic());
        self.addExtension(Extension.basicConstraints, true, new BasicConstraints(1));
        self.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        root = new Below(pair, signed(self, pair));
    }

    public void writeRoot(Path file) throws IOException {
        new CertificateChain(List.of(root.certificate)).write(file);
    }

    /// A new authority below the root.
    public Below below(String name) throws Exception {
        KeyPair pair = EcKeys.generate();
        var below = builder(new X500Name("CN=Corporate root"), new X500Name("CN=" + name), pair.getPublic());
        below.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        below.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        below.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        return new Below(pair, signed(below, root.pair));
    }

    /// A certificate for clients; without a party when `party` is null.
    public Credential issue(Below authority, @Nullable String party) throws Exception {
        return issue(authority, party, KeyPurposeId.id_kp_clientAuth);
    }

    public Credential issue(Below authority, @Nullable String party, KeyPurposeId purpose) throws Exception {
        KeyPair pair = EcKeys.generate();
        var issuer =
                new X500Name(authority.certificate.getSubjectX500Principal().getName());
        var leaf = builder(issuer, new X500Name("CN=garage"), pair.getPublic());
        leaf.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        leaf.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        String uri = party == null ? "urn:example:garage" : PartyId.URN_PREFIX + party;
        leaf.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
        return new Credential(
                pair.getPrivate(), new CertificateChain(List.of(signed(leaf, authority.pair), authority.certificate)));
    }

    /// Writes an authority's list.
    public void writeList(Path file, Below authority, Instant nextUpdate, BigInteger... revoked) throws Exception {
        var list = new X509v2CRLBuilder(
                new X500Name(authority.certificate.getSubjectX500Principal().getName()),
                Date.from(now.minusSeconds(60)));
        list.setNextUpdate(Date.from(nextUpdate));
        for (BigInteger serial : revoked) {
            list.addCRLEntry(serial, Date.from(now.minusSeconds(60)), CRLReason.keyCompromise);
        }
        Files.write(
                file,
                list.build(new JcaContentSignerBuilder("SHA256withECDSA").build(authority.pair.getPrivate()))
                        .getEncoded());
    }

    private JcaX509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(1_000 + serials++),
                Date.from(now.minusSeconds(3_600)),
                Date.from(now.plus(LIFETIME)),
                subject,
                key);
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder builder, KeyPair issuer) throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
    }
}
