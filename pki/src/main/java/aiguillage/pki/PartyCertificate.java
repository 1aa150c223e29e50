package aiguillage.pki;

import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import java.math.BigInteger;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a party's certificate says. That it is trusted was checked elsewhere, in the handshake.
///
/// @param party whom it stands for: its one SAN URI of the form `urn:aiguillage:party:<id>`
/// @param thumbprint SHA-256 of the certificate's DER bytes; names this certificate among all of the party's
public record PartyCertificate(
        PartyId party, BigInteger serial, Digest thumbprint, Instant notBefore, Instant notAfter) {

    /// The type of a URI among subject alternative names (RFC 5280, 4.2.1.6).
    private static final int URI = 6;

    /// Reads a certificate.
    ///
    /// @throws IllegalArgumentException when it names no party, or several; the message says what it names
    public static PartyCertificate of(X509Certificate certificate) {
        return new PartyCertificate(
                party(certificate),
                certificate.getSerialNumber(),
                Fingerprint.of(certificate).digest(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    private static PartyId party(X509Certificate certificate) {
        List<String> urns = alternativeNames(certificate).stream()
                .filter(name -> name.getFirst() instanceof Integer type && type == URI)
                .map(name -> (String) name.get(1))
                .filter(uri -> uri.startsWith(PartyId.URN_PREFIX))
                .toList();
        if (urns.size() != 1) {
            throw new IllegalArgumentException("the certificate \""
                    + certificate.getSubjectX500Principal().getName() + "\" names "
                    + (urns.isEmpty() ? "no party" : "several parties " + urns) + "; it needs exactly one subject"
                    + " alternative name URI:" + PartyId.URN_PREFIX + "<id>");
        }
        return PartyId.ofUrn(urns.getFirst());
    }

    private static List<List<?>> alternativeNames(X509Certificate certificate) {
        try {
            @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : List.copyOf(names);
        } catch (CertificateParsingException e) {
            throw new IllegalArgumentException("the certificate's alternative names are malformed", e);
        }
    }

    /// When its holder should renew it: at two thirds of its lifetime, which leaves a third for retries.
    public Instant renewAt() {
        return notBefore.plus(
                Duration.between(notBefore, notAfter).multipliedBy(2).dividedBy(3));
    }
}
