package aiguillage.gateway.testing;

import aiguillage.protocol.CloudEvents;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Envelope;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// A hub over mutual TLS for tests: it keeps the once-only rule, offers deliveries until they are ended, and does
/// to each request what the test's faults say. A payload that says `poison` is refused.
public final class TestHub implements AutoCloseable {

    private static final int REQUESTS_KEPT = 1_000;
    private static final int TEXT_BYTES_MAX = 1 << 20;

    private static final String WRONG_TIME =
            "{\"title\":\"The signature is of another time.\",\"code\":\"signature-not-fresh\","
                    + "\"detail\":\"it was created at 2026-03-01T09:06:00Z, in the future of 2026-03-01T09:00:00Z; set the"
                    + " clock\"}";

    private static final String SUSPENDED = "{\"title\":\"This hub has suspended you.\",\"code\":\"party-suspended\","
            + "\"detail\":\"dealer-7 is suspended since 2026-03-01T09:00:00Z.\"}";

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Supplier<Fault> faults;
    private final TestMailbox mailbox;
    private final Map<String, Digest> digests = new LinkedHashMap<>();
    private final Map<String, List<String>> arrived = new ConcurrentHashMap<>();
    private final Map<String, Integer> inFlight = new LinkedHashMap<>();
    private final Map<String, Integer> inFlightMax = new LinkedHashMap<>();
    private final List<Map<String, String>> requests = new ArrayList<>();
    private final List<BigInteger> serials = new ArrayList<>();

    /// What happens to one request.
    public enum Fault {
        NONE,
        /// Cut off before the hub has done anything.
        DROPPED,
        /// Done, but the answer never arrives.
        ANSWER_LOST,
        BUSY,
        DISK_FULL,
        HUB_FAILED,
        /// Done; the answer begins, and then the line is dead.
        ANSWER_STALLS,
        /// The signature's time is not the hub's.
        CLOCK,
        /// The hub's operator shut this party out for a time.
        SUSPENDED
    }

    public TestHub(TestAuthority authority, Supplier<Fault> faults) throws IOException {
        this(authority, faults, 0);
    }

    /// At a chosen port: a hub that comes back where one was before.
    public TestHub(TestAuthority authority, Supplier<Fault> faults, int port) throws IOException {
        this.faults = faults;
        this.mailbox = new TestMailbox(faults);
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        SSLContext tls = authority.hub();
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters required = getSSLContext().getDefaultSSLParameters();
                required.setNeedClientAuth(true);
                required.setProtocols(new String[] {"TLSv1.3"});
                parameters.setSSLParameters(required);
            }
        });
        server.setExecutor(threads);
        server.createContext("/v1/documents", this::submit);
        server.createContext("/v1/inbox", mailbox::serve);
        server.start();
    }

    public URI address() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    public TestMailbox mailbox() {
        return mailbox;
    }

    /// The payloads accepted in this flow, in order; a retry counts once.
    public List<String> arrived(String flow) {
        List<String> documents = arrived.getOrDefault(flow, List.of());
        synchronized (this) {
            return List.copyOf(documents);
        }
    }

    /// How many of a flow were ever here at the same time.
    public synchronized int inFlightMax(String flow) {
        return inFlightMax.getOrDefault(flow, 0);
    }

    /// How many documents were accepted in this flow.
    public synchronized int count(String flow) {
        return arrived.getOrDefault(flow, List.of()).size();
    }

    /// The serial numbers of the certificates that submissions came with, in order.
    public synchronized List<BigInteger> serials() {
        return List.copyOf(serials);
    }

    /// The headers of the first submissions accepted, names in lower case.
    public synchronized List<Map<String, String>> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        mailbox.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void submit(HttpExchange http) throws IOException {
        String flow = http.getRequestHeaders().getFirst("ce-type");
        var session = ((HttpsExchange) http).getSSLSession();
        var certificate = (X509Certificate) session.getPeerCertificates()[0];
        synchronized (this) {
            if (serials.size() < REQUESTS_KEPT) {
                serials.add(certificate.getSerialNumber());
            }
        }
        try (http) {
            Reply reply;
            enters(flow, 1);
            try {
                reply = decide(http);
            } finally {
                // Before the answer goes: the next one may be here before this thread is awake again.
                enters(flow, -1);
            }
            reply.to(http);
        }
    }

    /// What goes back; nothing at all closes the connection without a byte.
    private interface Reply {
        void to(HttpExchange http) throws IOException;
    }

    private synchronized void enters(String flow, int one) {
        int now = inFlight.merge(flow, one, Integer::sum);
        inFlightMax.merge(flow, now, Math::max);
    }

    private Reply decide(HttpExchange http) throws IOException {
        Fault fault = faults.get();
        if (fault == Fault.DROPPED) {
            return nothing -> {};
        }
        Body payload = Body.of(http.getRequestBody());
        if (mailbox.isRevoked()) {
            return TestHub::revoked;
        }
        return switch (fault) {
            case BUSY -> problem(503, "busy");
            case DISK_FULL -> problem(507, "disk-full");
            case HUB_FAILED -> problem(500, "failed");
            case CLOCK -> to -> answer(to, 422, "application/problem+json", WRONG_TIME);
            case SUSPENDED -> to -> answer(to, 401, "application/problem+json", SUSPENDED);
            case NONE, ANSWER_LOST, ANSWER_STALLS, DROPPED -> accept(http, payload, fault);
        };
    }

    private Reply accept(HttpExchange http, Body payload, Fault fault) {
        Map<String, String> headers = new LinkedHashMap<>();
        http.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        Envelope envelope = CloudEvents.envelope(headers);
        String text = payload.text();
        if (text.contains("poison")) {
            return problem(422, "payload-invalid");
        }
        if (!Digest.ofHeader(headers.getOrDefault("content-digest", "")).equals(payload.digest())) {
            return problem(400, "digest-mismatch");
        }
        int status = keep(envelope, text, payload.digest(), headers);
        if (status == 409) {
            return problem(409, "id-taken");
        }
        return switch (fault) {
            case ANSWER_STALLS -> this::stall;
            case ANSWER_LOST -> nothing -> {};
            default -> to -> answer(to, status, "application/json", "{\"receiptFor\":\"" + envelope.id() + "\"}");
        };
    }

    private void stall(HttpExchange http) throws IOException {
        http.sendResponseHeaders(201, 100);
        http.getResponseBody().write('{');
        http.getResponseBody().flush();
        mailbox.awaitClose();
    }

    private synchronized int keep(Envelope envelope, String text, Digest digest, Map<String, String> headers) {
        Digest before = digests.putIfAbsent(envelope.id().value(), digest);
        if (before != null) {
            return before.equals(digest) ? 200 : 409;
        }
        arrived.computeIfAbsent(envelope.flow().toString(), flow -> new ArrayList<>())
                .add(text);
        if (requests.size() < REQUESTS_KEPT) {
            requests.add(headers);
        }
        return 201;
    }

    static void revoked(HttpExchange http) throws IOException {
        problem(401, "certificate-revoked").to(http);
    }

    private static Reply problem(int status, String code) {
        String text = "{\"title\":\"No.\",\"status\":" + status + ",\"detail\":\"line 3\",\"code\":\"" + code
                + "\",\"remedy\":\"Mend it.\"}";
        return http -> {
            if (status == 503 || status == 507) {
                http.getResponseHeaders().set("Retry-After", "0");
            }
            answer(http, status, "application/problem+json", text);
        };
    }

    static void answer(HttpExchange http, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("Content-Type", type);
        http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            http.getResponseBody().write(bytes);
        }
    }

    /// A payload: its digest, and its text; of a large one only how many bytes it had.
    private record Body(String text, Digest digest) {

        static Body of(InputStream body) throws IOException {
            var in = new DigestInputStream(body, Digest.sha256());
            byte[] head = in.readNBytes(TEXT_BYTES_MAX);
            long more = in.transferTo(OutputStream.nullOutputStream());
            String text = more == 0 ? new String(head, StandardCharsets.UTF_8) : (head.length + more) + " bytes";
            return new Body(text, new Digest(in.getMessageDigest().digest()));
        }
    }

    /// Faults in this order, then none.
    public static Supplier<Fault> first(Fault... faults) {
        var left = new ArrayList<>(Arrays.asList(faults));
        return () -> {
            synchronized (left) {
                return left.isEmpty() ? Fault.NONE : left.removeFirst();
            }
        };
    }
}
