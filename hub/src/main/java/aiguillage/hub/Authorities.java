package aiguillage.hub;

import aiguillage.hub.trust.Corporate;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificateChain;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.revocation.Refreshed;
import aiguillage.pki.revocation.RevocationList;
import aiguillage.pki.revocation.RevocationState;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The authorities whose certificates count at this hub: its own, and existing ones with their revocation lists. Safe
/// from any thread.
final class Authorities {

    private static final Logger LOG = LoggerFactory.getLogger(Authorities.class);

    private final CertificateAuthority own;
    private final AuthorityEnd end;
    private final List<RevocationList> lists = new ArrayList<>(); // as made by the constructor
    private final List<X509Certificate> issuing;
    private final TrustAnchors anchors;

    /// Reads the existing ones' certificates, and asks for each of their lists once.
    ///
    /// @throws IOException when a certificate cannot be read
    Authorities(HubConfig config, CertificateAuthority own, Instant now) throws IOException, InterruptedException {
        this.own = own;
        this.end = new AuthorityEnd(own);
        this.issuing = new ArrayList<>(own.chain().certificates());
        TrustAnchors roots = TrustAnchors.of(own.chain().certificates().getLast());
        for (HubConfig.Authority corporate : config.authorities()) {
            X509Certificate issues = CertificateChain.read(corporate.issuing()).leaf();
            Path kept = config.data().resolve("revocation-" + lists.size() + ".crl");
            lists.add(new RevocationList(corporate.revocationList(), issues, kept, corporate.grace(), now));
            issuing.add(issues);
            roots = roots.and(TrustAnchors.read(corporate.root()));
        }
        this.anchors = roots;
        refresh(now);
    }

    /// Asks for the lists anew, and says which of them nobody renews.
    void refresh(Instant now) throws InterruptedException {
        for (RevocationList list : lists) {
            if (list.refresh(now) instanceof Refreshed.Failed(var why)) {
                LOG.atWarn()
                        .addKeyValue("why", why)
                        .log("A revocation list could not be refreshed; the last one applies, if there is one.");
            }
            if (list.state(now) instanceof RevocationState.Stale stale) {
                LOG.atWarn()
                        .addKeyValue("list", list.address())
                        .addKeyValue("overdue", stale.overdue())
                        .log("A revocation list is overdue: its authority no longer renews it. Ask there; past the"
                                + " grace, new documents of its parties are refused.");
            }
        }
    }

    /// How many lists are overdue or missing.
    long notFresh(Instant now) {
        return lists.stream()
                .filter(list -> !(list.state(now) instanceof RevocationState.Fresh))
                .count();
    }

    /// What the lists say of certificates that the hub did not issue.
    Corporate corporate() {
        return new Corporate(lists, own.certificate().getSubjectX500Principal());
    }

    /// All roots.
    TrustAnchors anchors() {
        return anchors;
    }

    /// The certificates that sign parties' certificates, and the hub's own root.
    List<X509Certificate> issuing() {
        return List.copyOf(issuing);
    }

    /// When the hub's own ends.
    AuthorityEnd end() {
        return end;
    }
}
