package aiguillage.hub.trust;

import aiguillage.pki.revocation.CertificateStatus;
import aiguillage.pki.revocation.RevocationList;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/// The revocation lists of the corporate authorities this hub believes beside its own. Safe from any thread.
///
/// @param own the name of the hub's own issuing authority: what it issued, the journal knows to be revoked or not
public record Corporate(List<RevocationList> lists, X500Principal own) {

    public Corporate {
        lists = List.copyOf(lists);
    }

    /// What is known of a certificate. Of one that neither the hub's own authority issued nor any list covers (a
    /// root may have more authorities below it than were configured) nobody can say whether it was revoked.
    CertificateStatus status(X509Certificate certificate, Instant now) {
        for (RevocationList list : lists) {
            if (list.covers(certificate)) {
                return list.status(certificate, now);
            }
        }
        if (certificate.getIssuerX500Principal().equals(own)) {
            return new CertificateStatus.Good();
        }
        return new CertificateStatus.Unknown("no revocation list of \""
                + certificate.getIssuerX500Principal().getName() + "\" is configured at this hub");
    }
}
