package aiguillage.pki;

import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// How a certificate is made, by the profile of RFC 5280: two kinds, an authority's and a party's, and no way
/// between them.
final class CertificateTemplate {

    /// How far a clock may be behind ours and still find a new certificate valid.
    static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final int SERIAL_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private CertificateTemplate() {}

    /// A root's own certificate, which may have one authority below it.
    static X509Certificate root(
            X500Principal name, PublicKey publicKey, PrivateKey privateKey, Instant now, Duration lifetime) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    name, serial(), Date.from(now.minus(CLOCK_SKEW)), Date.from(now.plus(lifetime)), name, publicKey);
            addAuthority(builder, publicKey, 1);
            return signed(builder, privateKey);
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("the root's certificate could not be made: " + e.getMessage(), e);
        }
    }

    /// An issuing authority's certificate, which has only parties below it.
    static X509Certificate issuing(
            X500Principal name, PublicKey publicKey, Signer root, Instant now, Duration lifetime) {
        try {
            JcaX509v3CertificateBuilder builder = below(root.certificate(), name, publicKey, now, lifetime);
            addAuthority(builder, publicKey, 0);
            return signed(builder, root.key());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("the issuing certificate could not be made: " + e.getMessage(), e);
        }
    }

    /// A party's certificate. Never an authority's: `CA:FALSE` is critical in it.
    static X509Certificate party(
            PartyId party, CertificateUse use, PublicKey publicKey, Signer authority, Instant now, Duration lifetime) {
        try {
            JcaX509v3CertificateBuilder builder =
                    below(authority.certificate(), CertificateRequest.subject(party), publicKey, now, lifetime);
            addParty(builder, party, use, publicKey);
            return signed(builder, authority.key());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("the certificate of " + party + " could not be made: " + e.getMessage(), e);
        }
    }

    /// A server's that signs itself, and can sign nothing else.
    static X509Certificate selfSigned(CertificateUse.Server use, KeyPair keys, Instant now, Duration lifetime) {
        try {
            List<GeneralName> names = names(use);
            var name = new X500Principal("CN=aiguillage gateway page");
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    serial(),
                    Date.from(now.minus(CLOCK_SKEW)),
                    Date.from(now.plus(lifetime)),
                    name,
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(new GeneralName[0])));
            return signed(builder, keys.getPrivate());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("the server's certificate could not be made: " + e.getMessage(), e);
        }
    }

    private static JcaX509v3CertificateBuilder below(
            X509Certificate issuer, X500Principal name, PublicKey publicKey, Instant now, Duration lifetime)
            throws IOException, GeneralSecurityException {
        Instant notBefore = now.minus(CLOCK_SKEW);
        Instant notAfter = now.plus(lifetime);
        Instant issuersEnd = issuer.getNotAfter().toInstant();
        Date end = Date.from(notAfter.isBefore(issuersEnd) ? notAfter : issuersEnd);
        var builder = new JcaX509v3CertificateBuilder(issuer, serial(), Date.from(notBefore), end, name, publicKey);
        var identifiers = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuer));
        return builder;
    }

    private static void addAuthority(JcaX509v3CertificateBuilder builder, PublicKey publicKey, int authoritiesBelow)
            throws IOException, GeneralSecurityException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authoritiesBelow));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(publicKey));
    }

    private static void addParty(
            JcaX509v3CertificateBuilder builder, PartyId party, CertificateUse use, PublicKey publicKey)
            throws IOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage(use, publicKey)));
        if (purposes(use).length > 0) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes(use)));
        }
        List<GeneralName> names = new ArrayList<>();
        names.add(new GeneralName(
                GeneralName.uniformResourceIdentifier, party.urn().toString()));
        names.addAll(names(use));
        builder.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(new GeneralName[0])));
    }

    /// RFC 5280, 4.2.1.3; for X25519 RFC 8410, 5.
    private static int usage(CertificateUse use, PublicKey publicKey) {
        return switch (use) {
            case CertificateUse.Client(), CertificateUse.Server(var _, var _) -> KeyUsage.digitalSignature;
            case CertificateUse.Messages() ->
                switch (publicKey.getAlgorithm()) {
                    case "XDH", "X25519" -> KeyUsage.keyAgreement;
                    case "RSA" -> KeyUsage.digitalSignature | KeyUsage.keyEncipherment;
                    default -> KeyUsage.digitalSignature;
                };
        };
    }

    private static KeyPurposeId[] purposes(CertificateUse use) {
        return switch (use) {
            case CertificateUse.Messages() -> new KeyPurposeId[0];
            case CertificateUse.Client() -> new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth};
            case CertificateUse.Server(var _, var _) ->
                new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};
        };
    }

    private static List<GeneralName> names(CertificateUse use) {
        return switch (use) {
            case CertificateUse.Client(), CertificateUse.Messages() -> List.of();
            case CertificateUse.Server(var dnsNames, var addresses) -> {
                List<GeneralName> names = new ArrayList<>();
                dnsNames.forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
                addresses.forEach(address ->
                        names.add(new GeneralName(GeneralName.iPAddress, new DEROctetString(address.getAddress()))));
                yield names;
            }
        };
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        var signer = new JcaContentSignerBuilder(EcKeys.signatureAlgorithm(key)).build(key);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static BigInteger serial() {
        // The top bit is set, so that a serial number is never zero and always equally long.
        return new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1);
    }

    /// Who signs: an authority's certificate and its key.
    record Signer(X509Certificate certificate, PrivateKey key) {}
}
