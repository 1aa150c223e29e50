package aiguillage.pki.est;

import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import aiguillage.pki.PartyCertificate;
import aiguillage.pki.Scene;
import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyKeyManager;
import aiguillage.pki.tls.PartyTrustManager;
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
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// An EST server on loopback that issues from a scene's authority. It answers as it is told to, also wrongly.
final class EstDouble implements AutoCloseable {

    final EnrolmentCode code = EnrolmentCode.random(new SecureRandom());

    /// The calls that came through TLS, as `POST /path party`.
    final List<String> calls = new CopyOnWriteArrayList<>();

    /// Overrides the status and body of enrolments when not 200.
    volatile int status = 200;

    volatile byte[] body = new byte[0];

    /// Whether answers stop behind their headers and one byte, as on a line that dies.
    volatile boolean silent;

    private final CountDownLatch closing = new CountDownLatch(1);

    private final Scene scene;
    private final HttpsServer server;

    EstDouble(Scene scene) throws IOException {
        this.scene = scene;
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext tls = MutualTls.context(
                new PartyKeyManager(scene.server("hub")), new PartyTrustManager(scene.anchors, () -> scene.now));
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = MutualTls.parameters(false);
                wanted.setNeedClientAuth(false);
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/.well-known/est/", this::answer);
        server.start();
    }

    EstServer server() {
        return new EstServer(
                URI.create("https://127.0.0.1:" + server.getAddress().getPort()), null, EstServer.TIMEOUT_DEFAULT);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            answerOpen(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answerOpen(HttpExchange exchange) throws IOException, InterruptedException {
        String operation = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
        byte[] sent = exchange.getRequestBody().readAllBytes();
        calls.add(operation);
        if (silent) {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('M');
            exchange.getResponseBody().flush();
            closing.await();
        } else if (operation.equals("cacerts")) {
            CertificateAuthority authority = scene.authority;
            write(exchange, 200, EstMessages.body(authority.chain().certificates()));
        } else if (status != 200) {
            exchange.getResponseHeaders().set("Retry-After", "7");
            write(exchange, status, body);
        } else if (body.length > 0) {
            write(exchange, 200, body);
        } else {
            PartyId party = operation.equals("simpleenroll") ? byCode(exchange) : byCertificate(exchange);
            CertificateRequest request = EstMessages.request(sent);
            write(
                    exchange,
                    200,
                    EstMessages.body(scene.authority
                            .issue(request, party, new CertificateUse.Client(), Duration.ofDays(30), scene.now)
                            .certificates()));
        }
    }

    private PartyId byCode(HttpExchange exchange) {
        String basic = exchange.getRequestHeaders().getFirst("Authorization").replaceFirst("Basic ", "");
        String[] user = new String(Base64.getDecoder().decode(basic), StandardCharsets.US_ASCII).split(":", 2);
        if (!EnrolmentCode.parse(user[1]).fits(code.hash())) {
            throw new IllegalStateException("wrong code");
        }
        return new PartyId(user[0]);
    }

    private static PartyId byCertificate(HttpExchange exchange) throws IOException {
        var session = ((HttpsExchange) exchange).getSSLSession();
        return PartyCertificate.of((X509Certificate) session.getPeerCertificates()[0])
                .party();
    }

    private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", EstMessages.CERTIFICATES_TYPE);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /// Answers with another party's certificate.
    void answerWith(Credential other) {
        body = EstMessages.body(other.chain().certificates());
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
