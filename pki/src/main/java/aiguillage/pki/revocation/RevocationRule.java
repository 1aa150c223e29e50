package aiguillage.pki.revocation;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The decision, without fetching, files or a clock: the table on the package's page.
///
/// @param grace how long past its `nextUpdate` a list is still believed about certificates that it does not
///     name
record RevocationRule(Duration grace) {

    RevocationRule {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("the grace of a revocation list is at least zero, not " + grace);
        }
    }

    static RevocationState state(@Nullable VerifiedCrl held, String whyMissing, Instant now) {
        if (held == null) {
            return new RevocationState.Missing(whyMissing);
        }
        Duration age = Duration.between(held.thisUpdate(), now);
        return now.isAfter(held.nextUpdate())
                ? new RevocationState.Stale(age, Duration.between(held.nextUpdate(), now))
                : new RevocationState.Fresh(age);
    }

    CertificateStatus status(@Nullable VerifiedCrl held, String whyMissing, X509Certificate certificate, Instant now) {
        if (held != null && held.revoked(certificate).isPresent()) {
            return held.revoked(certificate).get();
        }
        return switch (state(held, whyMissing, now)) {
            case RevocationState.Fresh(var _) -> new CertificateStatus.Good();
            case RevocationState.Missing(var why) -> new CertificateStatus.Unknown(why);
            case RevocationState.Stale(var _, var overdue) ->
                overdue.compareTo(grace) <= 0
                        ? new CertificateStatus.Good()
                        : new CertificateStatus.Unknown("the revocation list of \""
                                + certificate.getIssuerX500Principal().getName() + "\" was to be replaced "
                                + overdue + " ago, longer than the grace of " + grace);
        };
    }
}
