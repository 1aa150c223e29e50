package aiguillage.conformance.driver;

import aiguillage.pki.CertificatePem;
import aiguillage.pki.PartyCertificate;
import aiguillage.protocol.PartyId;
import java.security.cert.X509Certificate;
import java.util.List;

/// A hub as AS4 knows it, by the certificates that it gives out itself.
///
/// @param certificates with which its messages may be signed
/// @param encryption to which payloads are encrypted; of X25519
record As4Partner(PartyId name, List<X509Certificate> certificates, X509Certificate encryption) {

    /// @param page what it answers at `/as4/certificates`
    static As4Partner of(byte[] page) {
        try {
            List<X509Certificate> all = CertificatePem.parse(page);
            X509Certificate encryption = all.stream()
                    .filter(As4Partner::isAgreement)
                    .findFirst()
                    .orElseThrow(() -> new DealerDriver.Unintelligible(
                            "/as4/certificates has no certificate of X25519 to encrypt to"));
            PartyId name = PartyCertificate.of(encryption).party();
            return new As4Partner(
                    name, all.stream().filter(one -> isOf(one, name)).toList(), encryption);
        } catch (IllegalArgumentException e) {
            throw new DealerDriver.Unintelligible("/as4/certificates cannot be used: " + e.getMessage(), e);
        }
    }

    private static boolean isAgreement(X509Certificate certificate) {
        String algorithm = certificate.getPublicKey().getAlgorithm();
        return algorithm.equals("X25519") || algorithm.equals("XDH");
    }

    /// The authority that issued them stands there too, and signs no message.
    private static boolean isOf(X509Certificate certificate, PartyId name) {
        return certificate.getBasicConstraints() < 0
                && PartyCertificate.of(certificate).party().equals(name);
    }
}
