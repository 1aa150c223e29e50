package aiguillage.hub.as4;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.delivery.Attempts;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.Until;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import aiguillage.protocol.PartyId;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Pushing to a gateway that does not answer as it should (I3).
@Timeout(60)
class As4PushTest {

    private static final Pattern DOCUMENT = Pattern.compile("name=\"documentId\">([^<]*)");
    private static final String FLOWS = """
            brands:
              opel: { text: Opel }
            parties:
              dealer-8: { roles: [dealer], brands: [opel], country: de, region: eu%s }
              opel-centre: { roles: [centre], brands: [opel], region: eu }
            flows:
              opel/bulletin: { from: centre, to: dealer-8 }
            """;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(ahead.get());
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final BlockingQueue<String> came = new LinkedBlockingQueue<>();
    private RunningHub hub;
    private HttpsServer gateway;
    private HttpClient centre;
    private Credential server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        hub = new RunningHub(
                RunningHub.speakingAs4(RunningHub.config(folder, FLOWS.formatted(""), InstantSource.system())), clock);
        server = hub.parties()
                .credential(
                        "dealer-8",
                        new CertificateUse.Server(List.of("localhost"), List.of()),
                        Instant.now(),
                        Duration.ofDays(1));
        gateway = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.setHttpsConfigurator(new HttpsConfigurator(hub.parties().context(server)));
        gateway.createContext("/as4", this::answer);
        gateway.start();
        String as4 = as4(gateway.getAddress().getPort());
        assertThat(hub.operator("/operator/flows", FLOWS.formatted(as4)).statusCode())
                .isEqualTo(200);
        centre = hub.client("opel-centre");
    }

    private String as4(int port) throws Exception {
        return ", as4: { signing: \""
                + Base64.getEncoder().encodeToString(server.chain().leaf().getEncoded())
                + "\", url: \"https://localhost:" + port + "/as4\" }";
    }

    @AfterEach
    void stop() {
        centre.close();
        gateway.stop(0);
        hub.close();
    }

    /// With the status that is set for the document, and nothing else.
    private void answer(HttpExchange exchange) throws IOException {
        String message = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        Matcher document = DOCUMENT.matcher(message);
        String id = document.find() ? document.group(1) : "no document";
        exchange.sendResponseHeaders(statuses.getOrDefault(id, 202), -1);
        exchange.close();
        came.add(id);
    }

    private void submit(String id) throws Exception {
        assertThat(hub.submit(centre, "opel-centre", "opel/bulletin", id, "text")
                        .statusCode())
                .isEqualTo(201);
    }

    private void later(Duration more) {
        ahead.updateAndGet(before -> before.plus(more));
    }

    private String next() throws InterruptedException {
        return String.valueOf(came.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void whatAGatewayFailsOnHoldsNothingElseBack() throws Exception {
        statuses.put("bad", 500);
        submit("bad");
        submit("good");
        assertThat(next()).isEqualTo("bad");
        assertThat(next()).isEqualTo("good");
        later(Duration.ofSeconds(7));
        assertThat(next()).isEqualTo("bad");
    }

    @Test
    void whyADocumentDidNotArriveIsKnownAndItIsTriedAtOnceWhenAsked() throws Exception {
        statuses.put("bad", 500);
        submit("bad");
        assertThat(next()).isEqualTo("bad");
        Until.holds("its failure is known", () -> attempt().isPresent());
        Attempts.Attempt first = attempt().orElseThrow();
        assertThat(first.why()).isEqualTo(Attempts.Why.UNDECIDED);
        assertThat(first.count()).isEqualTo(1);
        assertThat(first.detail()).contains("status 500");
        assertThat(first.next()).isAfter(first.at());
        assertThat(hub.operator("/operator/mailboxes/dealer-8/try", "").statusCode())
                .isEqualTo(200);
        assertThat(next()).isEqualTo("bad");
        Until.holds(
                "it failed again",
                () -> attempt().filter(one -> one.count() == 2).isPresent());
        statuses.remove("bad");
        hub.inside().trouble().tryNow().accept(new PartyId("dealer-8"));
        assertThat(next()).isEqualTo("bad");
        Until.holds("nothing is known against it", () -> attempt().isEmpty());
    }

    @Test
    void aGatewayThatCannotBeReachedIsToldAsSuchForAllThatWaits() throws Exception {
        gateway.stop(0);
        submit("first");
        submit("second");
        Until.holds("it is known", () -> attempt().isPresent());
        assertThat(attempt().orElseThrow().why()).isEqualTo(Attempts.Why.UNREACHABLE);
        assertThat(hub.operator("/operator/mailboxes/nobody/try", "").statusCode())
                .isEqualTo(404);
    }

    /// Why the last that waits has not arrived.
    private Optional<Attempts.Attempt> attempt() {
        var waits = hub.inside().parts().mailboxes().pending(new PartyId("dealer-8"), 0, null, 10);
        return hub.inside().trouble().attempts().of(waits.getLast().delivery());
    }

    @Test
    void aGatewayThatFailsOnAllIsLeftInPeaceForAWhile() throws Exception {
        for (int i = 0; i < 7; i++) {
            statuses.put("bad-" + i, 500);
            submit("bad-" + i);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(next()).startsWith("bad-");
        }
        assertThat(came.poll(1_500, TimeUnit.MILLISECONDS)).isNull();
        later(Duration.ofSeconds(7));
        assertThat(next()).startsWith("bad-");
    }

    @Test
    void whatIsNotDecidedOnIsPushedAgainAfterAMinute() throws Exception {
        submit("undecided");
        assertThat(next()).isEqualTo("undecided");
        later(Duration.ofSeconds(61));
        assertThat(next()).isEqualTo("undecided");
        later(Duration.ofSeconds(61));
        assertThat(next()).isEqualTo("undecided");
    }

    /// More gateways than there are places take a connection and say nothing: another's documents come all the
    /// same.
    @Test
    void slowGatewaysHoldUpNobodyElse() throws Exception {
        List<ServerSocket> silent = new ArrayList<>();
        var begun = new CountDownLatch(16);
        try {
            var parties = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                var socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                silent.add(socket);
                Thread.ofVirtual().start(() -> keepsSilent(socket, begun));
                parties.append("  slow-" + i + ": { roles: [stuck], brands: [opel], region: eu"
                        + as4(socket.getLocalPort()) + " }\n");
            }
            String flows = FLOWS.formatted(as4(gateway.getAddress().getPort()))
                            .replace("  opel-centre:", parties + "  opel-centre:")
                    + "  opel/warning: { from: centre, to: { role: stuck } }\n";
            var applied = hub.operator("/operator/flows", flows);
            assertThat(applied.statusCode()).as(applied.body()).isEqualTo(200);
            assertThat(hub.submit(centre, "opel-centre", "opel/warning", "warning", "text")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            submit("quick");
            assertThat(came.poll(9, TimeUnit.SECONDS)).isEqualTo("quick");
        } finally {
            for (ServerSocket socket : silent) {
                socket.close();
            }
        }
    }

    /// Takes one connection, and reads it until the hub ends it.
    private static void keepsSilent(ServerSocket socket, CountDownLatch begun) {
        try (Socket connection = socket.accept()) {
            begun.countDown();
            connection.setSoTimeout(60_000);
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException over) {
            begun.countDown();
        }
    }

    @Test
    void nothingIsPushedToAGatewayWhoseCertificateWasRevoked() throws Exception {
        submit("before");
        assertThat(next()).isEqualTo("before");
        String serial = server.chain().leaf().getSerialNumber().toString(16);
        assertThat(hub.operator("/operator/revocations", "{\"serial\":\"" + serial + "\",\"reason\":\"lost\"}")
                        .statusCode())
                .isEqualTo(200);
        submit("after");
        later(Duration.ofMinutes(2)); // and the other is pushed again, if anything is
        assertThat(came.poll(2, TimeUnit.SECONDS)).isNull();
    }
}
