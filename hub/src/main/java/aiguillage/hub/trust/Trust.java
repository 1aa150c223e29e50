package aiguillage.hub.trust;

import aiguillage.hub.directory.As4Certificate;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Table;
import aiguillage.pki.PartyCertificate;
import aiguillage.pki.revocation.CertificateStatus;
import aiguillage.protocol.PartyId;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// Identifies callers. Safe from any thread.
public final class Trust {

    /// Under this name the session remembers what its certificate says.
    private static final String REMEMBERED = "aiguillage.caller";

    private final Supplier<Table> table;
    private final Revoked revoked;
    private final Suspended suspended;
    private final Corporate corporate;
    private final InstantSource clock;

    public Trust(
            Supplier<Table> table, Revoked revoked, Suspended suspended, Corporate corporate, InstantSource clock) {
        this.table = table;
        this.revoked = revoked;
        this.suspended = suspended;
        this.corporate = corporate;
        this.clock = clock;
    }

    /// Who is at the other end.
    ///
    /// @throws Refused when the certificate names no party, is past its time or revoked, or its party is not
    ///     known here or suspended
    public Caller identify(SSLSession session) {
        return known(caller(session));
    }

    /// Whose certificate this is. That it leads to a trusted root was checked before.
    ///
    /// @throws Refused as for a session
    Caller identify(X509Certificate x509) {
        return known(read(x509));
    }

    private Caller known(Caller caller) {
        requireCurrent(caller);
        if (table.get().party(caller.party()).isEmpty()) {
            throw new Refused(Problem.PARTY_UNKNOWN, "No party " + caller.party() + " is in the routing table.");
        }
        suspended.find(caller.party()).ifPresent(row -> {
            throw new Refused(Problem.PARTY_SUSPENDED, caller.party() + " is suspended since " + row.since() + ".");
        });
        return caller;
    }

    /// Which party the certificate of a session names, whether it may ask anything or not; null when it names
    /// none. Remembers nothing: before its first request is refused, nobody's connection is over.
    public @Nullable PartyId named(SSLSession session) {
        try {
            return read(certificate(session)).party();
        } catch (Refused namesNone) {
            return null;
        }
    }

    private static Caller caller(SSLSession session) {
        if (session.getValue(REMEMBERED) instanceof Caller caller) {
            return caller;
        }
        Caller caller = read(certificate(session));
        session.putValue(REMEMBERED, caller);
        return caller;
    }

    private static Caller read(X509Certificate x509) {
        try {
            PartyCertificate certificate = PartyCertificate.of(x509);
            return new Caller(certificate.party(), certificate, x509);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.CERTIFICATE_UNUSABLE, e.getMessage() + ".");
        }
    }

    private static X509Certificate certificate(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            if (chain.length > 0 && chain[0] instanceof X509Certificate leaf) {
                return leaf;
            }
        } catch (SSLPeerUnverifiedException e) {
            throw new Refused(Problem.CERTIFICATE_UNUSABLE, "The connection was opened without a certificate.");
        }
        throw new Refused(Problem.CERTIFICATE_UNUSABLE, "The connection was opened without an X.509 certificate.");
    }

    private void requireCurrent(Caller caller) {
        requireCurrent(caller.x509());
    }

    private void requireCurrent(X509Certificate certificate) {
        Instant notAfter = certificate.getNotAfter().toInstant();
        if (!notAfter.isAfter(clock.instant())) {
            throw new Refused(Problem.CERTIFICATE_EXPIRED, "It was valid until " + notAfter + ".");
        }
        if (isRevoked(certificate)) {
            throw new Refused(
                    Problem.CERTIFICATE_REVOKED, "Its serial is " + Revoked.text(certificate.getSerialNumber()) + ".");
        }
    }

    /// Whether the flows file names a certificate as one that this party signs messages with. It counts because
    /// it is named there, whoever issued it.
    ///
    /// @throws Refused when it is named, and not within its time, or revoked
    public boolean isNamedSigner(PartyId party, X509Certificate signer) {
        boolean isNamed = table.get()
                .party(party)
                .map(known -> known.as4().signing().contains(new As4Certificate(signer)))
                .orElse(false);
        if (isNamed) {
            requireUsable(signer);
        }
        return isNamed;
    }

    /// That a certificate which is known by name may be used now.
    ///
    /// @throws Refused when it is not within its time, or revoked
    public void requireUsable(X509Certificate certificate) {
        if (certificate.getNotBefore().toInstant().isAfter(clock.instant())) {
            throw new Refused(
                    Problem.SIGNATURE_INVALID,
                    "The certificate is valid from "
                            + certificate.getNotBefore().toInstant() + " on.");
        }
        requireCurrent(certificate);
    }

    private boolean isRevoked(Caller caller) {
        return isRevoked(caller.x509());
    }

    /// Whether it is known to be revoked.
    public boolean isRevoked(X509Certificate certificate) {
        return revoked.contains(certificate.getSerialNumber())
                || corporate.status(certificate, clock.instant()) instanceof CertificateStatus.Revoked;
    }

    /// Whether a party is refused at every door until an operator resumes it.
    public boolean isSuspended(PartyId party) {
        return suspended.contains(party);
    }

    /// Refuses new documents on a certificate of which nobody can say whether it was revoked.
    ///
    /// @throws Refused then
    public void requireKnownStatus(Caller caller) {
        requireKnownStatus(caller.x509());
    }

    /// The same of the certificate that a document is signed with.
    ///
    /// @throws Refused then
    public void requireKnownStatus(X509Certificate certificate) {
        if (corporate.status(certificate, clock.instant()) instanceof CertificateStatus.Unknown unknown) {
            throw new Refused(Problem.REVOCATION_UNKNOWN, unknown.why());
        }
    }

    /// Whether an open connection is to be closed: its certificate was revoked or has expired since, or its
    /// party is suspended or no longer in the routing table.
    public boolean isOver(SSLSession session) {
        if (!(session.getValue(REMEMBERED) instanceof Caller caller)) {
            return false; // nothing was asked on it yet; the first request is checked
        }
        return isRevoked(caller)
                || !caller.certificate().notAfter().isAfter(clock.instant())
                || suspended.contains(caller.party())
                || table.get().party(caller.party()).isEmpty();
    }
}
