package aiguillage.hub.door.enrolment;

import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.Sessions;
import aiguillage.hub.door.call.SourceLimit;
import aiguillage.hub.door.call.Uploads;
import aiguillage.hub.door.call.Wire;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.trust.Caller;
import aiguillage.hub.trust.Revoked;
import aiguillage.hub.yard.Outcome;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificateChain;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.est.EstMessages;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Enrolment over Secure Transport (RFC 7030). A first certificate costs a one-time code; every later one only
/// the certificate before it. Runs on threads that may wait.
public final class EstDoor {

    private static final Logger LOG = LoggerFactory.getLogger(EstDoor.class);
    private static final int TRIES = 10;
    private static final Duration TRY_AGAIN = Duration.ofSeconds(6);

    private final HubParts hub;
    private final CertificateAuthority authority;
    private final Duration lifetime;
    private final Uploads uploads;
    private final SourceLimit limit;

    public EstDoor(HubParts hub, CertificateAuthority authority, Duration lifetime, Uploads uploads) {
        this.hub = hub;
        this.authority = authority;
        this.lifetime = lifetime;
        this.uploads = uploads;
        this.limit = new SourceLimit(TRIES, TRY_AGAIN, System::nanoTime);
    }

    /// `GET /.well-known/est/cacerts` (RFC 7030, 4.1).
    void certificates(Call call) {
        give(call, authority.chain().certificates());
    }

    /// `POST /.well-known/est/simpleenroll` (RFC 7030, 4.2): HTTP Basic with the party's name and its code.
    void enrol(Call call) throws IOException {
        limit.take(SourceLimit.source(call.request()));
        Credentials credentials;
        try {
            credentials = Credentials.of(call.header(HttpHeader.AUTHORIZATION));
        } catch (IllegalArgumentException e) {
            call.response().getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"enrolment\"");
            throw new Refused(Problem.CODE_REFUSED, e.getMessage() + ".");
        }
        give(call, issue(call, credentials.party(), credentials.code()).certificates());
    }

    /// `POST /.well-known/est/simplereenroll` (RFC 7030, 4.2.2): the certificate proves who asks.
    void renew(Call call) throws IOException {
        limit.take(SourceLimit.source(call.request()));
        Caller holder = hub.trust().identify(Sessions.of(call.request()));
        hub.trust().requireKnownStatus(holder); // else an unknown certificate would become one of our own
        CertificateChain chain = issue(call, holder.party(), null);
        requireStillTrusted(call, chain);
        give(call, chain.certificates());
    }

    /// A body may come slowly: what was revoked meanwhile lives on in no other certificate.
    private void requireStillTrusted(Call call, CertificateChain issued) {
        try {
            hub.trust().identify(Sessions.of(call.request()));
        } catch (Refused e) {
            Instant now = hub.clock().instant().truncatedTo(ChronoUnit.MILLIS);
            String serial = Revoked.text(issued.leaf().getSerialNumber());
            Journal.await(hub.journal()
                    .append(new Entry.CertificateRevoked(
                            now, serial, "The certificate it renews ended while it was asked for.")));
            throw e;
        }
    }

    private CertificateChain issue(Call call, PartyId party, @Nullable Digest code) throws IOException {
        if (party.equals(hub.name())) {
            throw new Refused(
                    Problem.BAD_REQUEST, party + " is this hub itself: nobody else has a certificate of that name.");
        }
        byte[] body = Wire.body(call, uploads, EstMessages.REQUEST_BODY_BYTES_MAX);
        Instant now = hub.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        CertificateRequest request;
        try {
            request = EstMessages.request(body);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_REQUEST, e.getMessage() + ".");
        }
        CertificateChain chain;
        try {
            chain = authority.issue(request, party, new CertificateUse.Client(), lifetime, now);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_REQUEST, e.getMessage() + ".");
        } catch (IllegalStateException e) {
            LOG.atError().addKeyValue("why", e.getMessage()).log("The authority cannot issue certificates: renew it.");
            throw new Refused(Problem.AUTHORITY_UNUSABLE, "No certificate was issued; your code is still good.");
        }
        String serial = Revoked.text(chain.leaf().getSerialNumber());
        Instant notAfter = chain.leaf().getNotAfter().toInstant();
        Digest key = Digest.of(request.publicKey().getEncoded());
        var entry = new Entry.CertificateIssued(now, party, serial, notAfter, code, key);
        return switch (Journal.await(hub.journal().append(entry)).outcome()) {
            case Outcome.Recorded _ -> {
                LOG.atInfo()
                        .addKeyValue("party", party.value())
                        .addKeyValue("serial", serial)
                        .addKeyValue("renewal", code == null)
                        .log("A certificate was issued.");
                yield chain;
            }
            case Outcome.CodeRefused(var fault) ->
                throw fault == Outcome.CodeFault.SUSPENDED
                        ? new Refused(Problem.PARTY_SUSPENDED, party + " is suspended; a code is still good.")
                        : new Refused(
                                Problem.CODE_REFUSED,
                                "The code is unknown, used with another key, void, or past its time.");
            case Outcome.Repeated _,
                    Outcome.Conflict _,
                    Outcome.TableChanged _,
                    Outcome.Ended _,
                    Outcome.VersionOvertaken _ -> throw new AssertionError("issuing a certificate cannot come to this");
        };
    }

    private static void give(Call call, List<X509Certificate> certificates) {
        call.response().getHeaders().put("Content-Transfer-Encoding", EstMessages.TRANSFER_ENCODING);
        call.answer(200, EstMessages.CERTIFICATES_TYPE, EstMessages.body(certificates));
    }
}
