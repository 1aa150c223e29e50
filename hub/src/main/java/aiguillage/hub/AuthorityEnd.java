package aiguillage.hub;

import aiguillage.pki.CertificateAuthority;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When the built-in authority ends: on that day no party can enrol or renew any more, and thirty days later none is
/// left that can connect. Said in good time, since a new one needs the root's key, which is not on this machine.
final class AuthorityEnd {

    /// From here on it is said once a day.
    static final Duration WARNING = Duration.ofDays(365);

    private static final Logger LOG = LoggerFactory.getLogger(AuthorityEnd.class);

    private final Instant end;

    /// Ends with whichever ends first: the issuing certificate or one above it.
    AuthorityEnd(CertificateAuthority authority) {
        end = authority.chain().certificates().stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    long daysLeft(Instant now) {
        return Duration.between(now, end).toDays();
    }

    boolean isNear(Instant now) {
        return now.plus(WARNING).isAfter(end);
    }

    void warn(Instant now) {
        if (isNear(now)) {
            LOG.atWarn()
                    .addKeyValue("end", end)
                    .addKeyValue("daysLeft", daysLeft(now))
                    .log("The issuing authority comes to its end; after it nobody can enrol or renew. Bring the root's"
                            + " folder back, run `aiguillage ca renew`, take it away again, and restart the hub.");
        }
    }
}
