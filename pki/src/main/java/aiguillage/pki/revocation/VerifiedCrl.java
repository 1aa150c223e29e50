package aiguillage.pki.revocation;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.jspecify.annotations.Nullable;

/// A certificate revocation list that its authority signed, complete for the parties' certificates it issued.
final class VerifiedCrl {

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
    private static final String DISTRIBUTION_POINT = "2.5.29.28";
    private static final int CRL_SIGN = 6;

    private final X509CRL crl;
    private final Instant nextUpdate;

    private VerifiedCrl(X509CRL crl, Instant nextUpdate) {
        this.crl = crl;
        this.nextUpdate = nextUpdate;
    }

    /// Reads a list in DER or PEM and verifies it.
    ///
    /// @throws IllegalArgumentException when it cannot be used; the message says why
    static VerifiedCrl parse(byte[] derOrPem, X509Certificate authority, Instant now) {
        try {
            var crl = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(derOrPem));
            refuseUnlessSigned(crl, authority);
            refuseUnlessComplete(crl);
            if (crl.getThisUpdate().toInstant().isAfter(now.plus(CLOCK_SKEW))) {
                throw new IllegalArgumentException("the list begins in the future, at "
                        + crl.getThisUpdate().toInstant() + ", and this machine's clock says " + now
                        + "; set the clock");
            }
            if (crl.getNextUpdate() == null) {
                throw new IllegalArgumentException("the list does not say when the next one comes (nextUpdate)");
            }
            return new VerifiedCrl(crl, crl.getNextUpdate().toInstant());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a usable certificate revocation list: " + e.getMessage(), e);
        }
    }

    private static void refuseUnlessSigned(X509CRL crl, X509Certificate authority) throws GeneralSecurityException {
        String algorithm = crl.getSigAlgName().toUpperCase(Locale.ROOT);
        boolean @Nullable [] usage = authority.getKeyUsage();
        if (algorithm.startsWith("SHA1") || algorithm.startsWith("MD")) {
            throw new IllegalArgumentException("the list is signed with " + algorithm + ", which can be forged");
        }
        if (!crl.getIssuerX500Principal().equals(authority.getSubjectX500Principal())
                || (usage != null && !usage[CRL_SIGN])) {
            throw new IllegalArgumentException("the list is of \""
                    + crl.getIssuerX500Principal().getName() + "\", and was expected of \""
                    + authority.getSubjectX500Principal().getName() + "\" with the key usage cRLSign");
        }
        crl.verify(authority.getPublicKey());
    }

    private static void refuseUnlessComplete(X509CRL crl) {
        @Nullable Set<String> critical = crl.getCriticalExtensionOIDs();
        Set<String> unknown = critical == null ? new HashSet<>() : new HashSet<>(critical);
        unknown.remove(DISTRIBUTION_POINT);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the list has critical extensions " + unknown
                    + " that are not understood; give the address of a complete list, not a delta");
        }
        byte @Nullable [] extension = crl.getExtensionValue(DISTRIBUTION_POINT);
        if (extension != null) {
            var point = IssuingDistributionPoint.getInstance(
                    ASN1OctetString.getInstance(extension).getOctets());
            if (point.isIndirectCRL()
                    || point.onlyContainsAttributeCerts()
                    || point.onlyContainsCACerts()
                    || point.getOnlySomeReasons() != null) {
                throw new IllegalArgumentException("the list does not cover all reasons and all certificates of"
                        + " parties; give the address of one that does");
            }
        }
    }

    /// Since when and why a certificate of this authority is revoked, if it is.
    Optional<CertificateStatus.Revoked> revoked(X509Certificate certificate) {
        @Nullable X509CRLEntry entry = crl.getRevokedCertificate(certificate.getSerialNumber());
        if (entry == null) {
            return Optional.empty();
        }
        @Nullable CRLReason reason = entry.getRevocationReason();
        String word = (reason == null ? CRLReason.UNSPECIFIED : reason).name();
        return Optional.of(
                new CertificateStatus.Revoked(entry.getRevocationDate().toInstant(), word));
    }

    boolean isOlderThan(VerifiedCrl other) {
        return thisUpdate().isBefore(other.thisUpdate());
    }

    Instant thisUpdate() {
        return crl.getThisUpdate().toInstant();
    }

    Instant nextUpdate() {
        return nextUpdate;
    }

    int entries() {
        @Nullable Set<? extends X509CRLEntry> entries = crl.getRevokedCertificates();
        return entries == null ? 0 : entries.size();
    }
}
