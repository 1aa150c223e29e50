package aiguillage.pki;

import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// A request for a certificate (PKCS#10, RFC 2986) whose sender has proven to hold the private key. It never
/// carries the private key itself.
///
/// Of what it asks for, only the public key is used; who it is for is decided by whoever issues.
public final class CertificateRequest {

    public static final int BYTES_MAX = 16 * 1024;

    private static final Set<ASN1ObjectIdentifier> SIGNATURES = Set.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256,
            X9ObjectIdentifiers.ecdsa_with_SHA384,
            X9ObjectIdentifiers.ecdsa_with_SHA512);

    private final PKCS10CertificationRequest pkcs10;
    private final PublicKey publicKey;

    private CertificateRequest(PKCS10CertificationRequest pkcs10) {
        this.pkcs10 = pkcs10;
        this.publicKey = EcKeys.publicKey(pkcs10.getSubjectPublicKeyInfo());
        refuseUnlessKeyIsHeld();
    }

    /// Reads a request in DER and checks its proof of possession.
    ///
    /// @throws IllegalArgumentException when it is malformed, too large, signed with another key, or its key is
    ///     not on P-256 or P-384
    public static CertificateRequest parse(byte[] der) {
        if (der.length > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "the certificate request has " + der.length + " bytes; at most " + BYTES_MAX + " are read");
        }
        try {
            return new CertificateRequest(new PKCS10CertificationRequest(der));
        } catch (IOException | ClassCastException | IllegalStateException e) {
            throw new IllegalArgumentException("not a certificate request; PKCS#10 was expected (openssl req -new)", e);
        }
    }

    /// Makes a request for a party, signed with its key.
    public static CertificateRequest create(KeyPair pair, PartyId party) {
        try {
            var extensions = new ExtensionsGenerator();
            extensions.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(
                            GeneralName.uniformResourceIdentifier, party.urn().toString())));
            return new CertificateRequest(new JcaPKCS10CertificationRequestBuilder(subject(party), pair.getPublic())
                    .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
                    .build(new JcaContentSignerBuilder(EcKeys.signatureAlgorithm(pair.getPrivate()))
                            .build(pair.getPrivate())));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalArgumentException("the key cannot sign a certificate request: " + e.getMessage(), e);
        }
    }

    static X500Principal subject(PartyId party) {
        return new X500Principal("CN=" + party.value());
    }

    private void refuseUnlessKeyIsHeld() {
        if (!SIGNATURES.contains(pkcs10.getSignatureAlgorithm().getAlgorithm())) {
            throw new IllegalArgumentException("the request is signed with "
                    + pkcs10.getSignatureAlgorithm().getAlgorithm() + "; sign it with ECDSA and SHA-256 or stronger");
        }
        boolean held;
        try {
            held = pkcs10.isSignatureValid(new JcaContentVerifierProviderBuilder().build(publicKey));
        } catch (OperatorCreationException | PKCSException e) {
            throw new IllegalArgumentException("the request's signature cannot be checked: " + e.getMessage(), e);
        }
        if (!held) {
            throw new IllegalArgumentException("the request's signature does not fit its public key, so its sender"
                    + " does not prove to hold the private key; sign the request with that key");
        }
    }

    /// Refuses a request that names another party than the one it will be issued for.
    void refuseUnlessFor(PartyId party) {
        for (String uri : askedUris()) {
            if (!uri.equals(party.urn().toString())) {
                throw new IllegalArgumentException("the request names \"" + shown(uri) + "\", but it was made by "
                        + party + "; ask for " + party.urn() + ", or leave the name out");
            }
        }
    }

    private List<String> askedUris() {
        try {
            Extensions asked = pkcs10.getRequestedExtensions();
            GeneralNames names =
                    asked == null ? null : GeneralNames.fromExtensions(asked, Extension.subjectAlternativeName);
            return names == null
                    ? List.of()
                    : Arrays.stream(names.getNames())
                            .filter(name -> name.getTagNo() == GeneralName.uniformResourceIdentifier)
                            .map(name -> name.getName().toString())
                            .toList();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the extensions that the request asks for are malformed", e);
        }
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(text.length(), 100)).replaceAll("[^ -~]", "?");
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    /// The request in DER.
    public byte[] der() {
        try {
            return pkcs10.getEncoded();
        } catch (IOException e) {
            throw new AssertionError("a request in memory has a DER form", e);
        }
    }
}
