package aiguillage.pki.est;

import aiguillage.pki.CertificateChain;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.Credential;
import aiguillage.pki.Fingerprint;
import aiguillage.pki.PartyCertificate;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.tls.HttpProxy;
import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyKeyManager;
import aiguillage.pki.tls.PartyTrustManager;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// A gateway's end of EST: learns the root by its fingerprint, enrols with a code, renews with the certificate
/// it has. Every call blocks, for at most twice the server's timeout. Safe from any thread.
public final class EstClient {

    public static final int DETAIL_CHARS_MAX = 500;

    private static final Duration LATER_DEFAULT = Duration.ofMinutes(1);
    private static final Duration LATER_MAX = Duration.ofDays(1);

    private final EstServer server;
    private final InstantSource clock;

    public EstClient(EstServer server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
    }

    /// First contact: the root that has this fingerprint, and nothing else of what the server says.
    ///
    /// @throws IOException when the server cannot be reached, or shows no such root
    public TrustAnchors root(Fingerprint pinned) throws IOException, InterruptedException {
        List<X509Certificate> shown = certificates(new UnverifiedTrust());
        return shown.stream()
                .filter(certificate -> Fingerprint.of(certificate).equals(pinned))
                .findAny()
                .map(TrustAnchors::of)
                .orElseThrow(() -> new IOException(server.address() + " shows no root with the fingerprint " + pinned
                        + " but " + shown.stream().map(Fingerprint::of).toList()
                        + ". Nothing was sent to it. Compare the fingerprint with the operator's; if it is typed"
                        + " right, somebody else answers at this address"));
    }

    private List<X509Certificate> certificates(X509ExtendedTrustManager trust)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response = answer(null, trust, request("cacerts").GET());
        if (response.statusCode() != 200) {
            throw new IOException(server.operation("cacerts") + " answered " + response.statusCode() + " "
                    + detail(response) + "; is this the hub's enrolment address?");
        }
        return parsed(response);
    }

    /// Asks for a first certificate.
    ///
    /// @param request made with the key pair that the certificate is for
    /// @return the certificate, checked to be for this party and key and to lead to these roots; or why not
    public EstAnswer enrol(TrustAnchors anchors, PartyId party, EnrolmentCode code, CertificateRequest request)
            throws IOException, InterruptedException {
        byte[] user = (party.value() + ":" + code.printed()).getBytes(StandardCharsets.US_ASCII);
        HttpRequest.Builder call = posted("simpleenroll", request)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
        return enrolled(null, anchors, party, request, call);
    }

    /// Asks for the next certificate, proving oneself with the present one.
    ///
    /// @param request made with a new key pair, or the present one
    public EstAnswer renew(TrustAnchors anchors, Credential present, CertificateRequest request)
            throws IOException, InterruptedException {
        PartyId party = present.party().party();
        return enrolled(present, anchors, party, request, posted("simplereenroll", request));
    }

    private EstAnswer enrolled(
            @Nullable Credential present,
            TrustAnchors anchors,
            PartyId party,
            CertificateRequest request,
            HttpRequest.Builder call)
            throws IOException, InterruptedException {
        var trust = new PartyTrustManager(anchors, clock);
        HttpResponse<byte[]> response = answer(present, trust, call);
        int status = response.statusCode();
        if (status == 200) {
            return new EstAnswer.Issued(checked(trust, party, request, parsed(response)));
        }
        boolean askAgain = status == 202 || status == 408 || status == 429 || status >= 500;
        return askAgain
                ? new EstAnswer.Later(status, later(response))
                : new EstAnswer.Refused(status, detail(response));
    }

    private HttpRequest.Builder request(String operation) {
        return HttpRequest.newBuilder(server.operation(operation)).timeout(server.timeout());
    }

    private HttpRequest.Builder posted(String operation, CertificateRequest request) {
        return request(operation)
                .header("Content-Type", EstMessages.REQUEST_TYPE)
                .header("Content-Transfer-Encoding", EstMessages.TRANSFER_ENCODING)
                .POST(HttpRequest.BodyPublishers.ofByteArray(EstMessages.body(request)));
    }

    private HttpResponse<byte[]> answer(
            @Nullable Credential present, X509ExtendedTrustManager trust, HttpRequest.Builder call)
            throws IOException, InterruptedException {
        SSLContext tls = MutualTls.context(present == null ? null : new PartyKeyManager(present), trust);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(server.timeout())
                .sslContext(tls)
                .sslParameters(MutualTls.parameters(true));
        HttpProxy.use(server.proxy(), builder);
        // One client per call: enrolment is rare, and a certificate must not travel on another's connection.
        try (HttpClient client = builder.build()) {
            return HttpProxy.sendWhole(
                    server.proxy(),
                    client,
                    call.build(),
                    BodyHandlers.limiting(BodyHandlers.ofByteArray(), EstMessages.CERTIFICATES_BODY_BYTES_MAX),
                    server.timeout().multipliedBy(2));
        }
    }

    private List<X509Certificate> parsed(HttpResponse<byte[]> response) throws IOException {
        try {
            return EstMessages.certificates(response.body());
        } catch (IllegalArgumentException e) {
            throw new IOException(response.uri() + ": " + e.getMessage(), e);
        }
    }

    /// What was issued, in order, and fit to be used: an unfit certificate must not replace a good one.
    private CertificateChain checked(
            PartyTrustManager trust, PartyId party, CertificateRequest request, List<X509Certificate> issued)
            throws IOException {
        try {
            CertificateChain chain = ordered(request, issued);
            PartyId named = PartyCertificate.of(chain.leaf()).party();
            if (!named.equals(party)) {
                throw new IllegalArgumentException("it is for " + named + ", not for " + party);
            }
            trust.checkClientTrusted(chain.certificates().toArray(new X509Certificate[0]), "UNKNOWN");
            return chain;
        } catch (IllegalArgumentException | CertificateException e) {
            throw new IOException(server.address() + " issued a certificate that cannot be used: " + e.getMessage(), e);
        }
    }

    private static CertificateChain ordered(CertificateRequest request, List<X509Certificate> issued) {
        X509Certificate leaf = issued.stream()
                .filter(certificate -> certificate.getPublicKey().equals(request.publicKey()))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("it is not for the key that was sent"));
        List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
        for (Optional<X509Certificate> above = above(leaf, issued);
                above.isPresent() && chain.size() < CertificateChain.LENGTH_MAX;
                above = above(above.get(), issued)) {
            chain.add(above.get());
        }
        return new CertificateChain(chain);
    }

    private static Optional<X509Certificate> above(X509Certificate certificate, List<X509Certificate> issued) {
        return issued.stream()
                .filter(other -> !other.equals(certificate)
                        && other.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .findAny();
    }

    private static Duration later(HttpResponse<byte[]> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("");
        if (!seconds.matches("[0-9]{1,9}")) {
            return LATER_DEFAULT;
        }
        Duration asked = Duration.ofSeconds(Math.max(1, Long.parseLong(seconds)));
        return asked.compareTo(LATER_MAX) > 0 ? LATER_MAX : asked;
    }

    private static String detail(HttpResponse<byte[]> response) {
        String text = new String(response.body(), StandardCharsets.UTF_8);
        String shown = text.substring(0, Math.min(text.length(), DETAIL_CHARS_MAX));
        return shown.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
