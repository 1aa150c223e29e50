package aiguillage.gateway.testing;

import aiguillage.pki.CertificateRequest;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.est.EstMessages;
import aiguillage.protocol.PartyId;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// A hub's enrolment for tests: one code, and certificates of a chosen lifetime.
public final class TestEst implements AutoCloseable {

    private static final String NO = "{\"type\":\"urn:x\",\"status\":401,\"detail\":\"The code is not known.\"}";

    private final TestAuthority authority;
    private final PartyId party;
    private String code;
    private @Nullable PublicKey certified;
    private int lostAnswers;
    private final HttpsServer server;
    private final AtomicInteger issued = new AtomicInteger();
    private volatile Duration lifetime = Duration.ofDays(30);
    private volatile boolean down;

    public TestEst(TestAuthority authority, PartyId party, String code) throws IOException {
        this.authority = authority;
        this.party = party;
        this.code = code;
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(authority.hub()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/.well-known/est/", this::serve);
        server.start();
    }

    public URI address() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    /// How many certificates were issued.
    public int issued() {
        return issued.get();
    }

    /// A new code, which holds once.
    public synchronized void code(String printed) {
        code = printed;
        certified = null;
    }

    /// The answers to the next so many enrolments never arrive.
    public synchronized void loseAnswers(int answers) {
        lostAnswers = answers;
    }

    /// Certificates issued from now on live so long.
    public void lifetime(Duration from) {
        lifetime = from;
    }

    /// From now on every answer is 503.
    public void breakDown() {
        down = true;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange http) throws IOException {
        try (http) {
            byte[] body = http.getRequestBody().readAllBytes();
            String operation = http.getRequestURI().getPath().substring("/.well-known/est/".length());
            if (down) {
                TestHub.answer(http, 503, "text/plain", "down");
            } else if (operation.equals("cacerts")) {
                Path root = authority.root();
                certificates(http, List.copyOf(TrustAnchors.read(root).roots()));
            } else if (operation.equals("simpleenroll")
                    ? hasCode(http, EstMessages.request(body))
                    : hasCertificate(http)) {
                CertificateRequest request = EstMessages.request(body);
                issued.incrementAndGet();
                if (isLost()) {
                    return; // closed without a byte
                }
                certificates(
                        http,
                        authority
                                .authority()
                                .issue(request, party, new CertificateUse.Client(), lifetime, Instant.now())
                                .certificates());
            } else {
                TestHub.answer(http, 401, "application/problem+json", NO);
            }
        }
    }

    private synchronized boolean isLost() {
        lostAnswers--;
        return lostAnswers >= 0;
    }

    /// A code holds once; for the key it was spent on it holds again, should the answer have been lost.
    private synchronized boolean hasCode(HttpExchange http, CertificateRequest request) {
        String expected =
                Base64.getEncoder().encodeToString((party.value() + ":" + code).getBytes(StandardCharsets.US_ASCII));
        boolean holds = ("Basic " + expected).equals(http.getRequestHeaders().getFirst("Authorization"))
                && (certified == null || certified.equals(request.publicKey()));
        certified = holds ? request.publicKey() : certified;
        return holds;
    }

    private static boolean hasCertificate(HttpExchange http) throws IOException {
        return ((HttpsExchange) http).getSSLSession().getPeerCertificates().length > 0;
    }

    private static void certificates(HttpExchange http, List<X509Certificate> certificates) throws IOException {
        http.getResponseHeaders().set("Content-Transfer-Encoding", EstMessages.TRANSFER_ENCODING);
        String text = new String(EstMessages.body(certificates), StandardCharsets.US_ASCII);
        TestHub.answer(http, 200, EstMessages.CERTIFICATES_TYPE, text);
    }
}
