package aiguillage.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.session.Sessions;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.store.CorruptRecord;
import aiguillage.hub.store.Table;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.Until;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToIntFunction;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What strangers cannot do to the console's listener, nor through it to the hub.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class WebServerTest {

    private final Queue<Throwable> stops = new ConcurrentLinkedQueue<>();
    private final HttpClient browser = HttpClient.newHttpClient();
    private RunningHub hub;
    private WebServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        hub = new RunningHub(folder);
        List<Route> routes = List.of(
                Route.post("/form", Access.ANYBODY, visit -> text(visit.form().toString())),
                Route.get("/memory", Access.ANYBODY, _ -> {
                    throw new OutOfMemoryError("of a page");
                }),
                Route.get("/stack", Access.ANYBODY, _ -> {
                    throw new StackOverflowError("of a page");
                }),
                Route.get("/corrupt", Access.ANYBODY, _ -> {
                    throw new CorruptRecord(Table.ENTRIES, new byte[8], "of a page");
                }),
                Route.get("/impossible", Access.ANYBODY, _ -> {
                    throw new AssertionError("of a page");
                }));
        HubParts parts = parts(hub.inside().parts());
        server = new WebServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                null,
                null,
                _ -> new WebServer.Rooms(routes, (_, _) -> Optional.empty()),
                new Sessions(hub.inside().operators(), new SecureRandom(), parts.clock()),
                parts,
                hub.inside().settings(),
                new Behind("http://127.0.0.1:1", Path.of("operator.token")));
    }

    @AfterAll
    void stop() throws Exception {
        browser.close();
        server.close();
        hub.close();
    }

    private HubParts parts(HubParts parts) {
        return new HubParts(
                parts.name(),
                parts.trust(),
                parts.quotas(),
                parts.flows(),
                parts.payloads(),
                parts.journal(),
                parts.ledger(),
                parts.documents(),
                parts.mailboxes(),
                parts.signals(),
                parts.space(),
                parts.stopping(),
                parts.presence(),
                parts.metrics(),
                parts.clock(),
                stops::add);
    }

    private static Answer text(String text) {
        return Answer.content("text/plain;charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private int get(String path) throws IOException, InterruptedException {
        return browser.send(
                        HttpRequest.newBuilder(URI.create(server.origin() + path))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private int post(HttpRequest.BodyPublisher body) throws IOException, InterruptedException {
        return browser.send(
                        HttpRequest.newBuilder(URI.create(server.origin() + "/form"))
                                .header("Origin", server.origin())
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(body)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void aStrangersFormIsSmall() throws Exception {
        String most = "a=" + "x".repeat((32 << 10) - 2);
        assertThat(post(HttpRequest.BodyPublishers.ofString(most))).isEqualTo(200);
        assertThat(post(HttpRequest.BodyPublishers.ofString(most + "x"))).isEqualTo(413);
        byte[] unmeasured = (most + "x").getBytes(StandardCharsets.UTF_8);
        assertThat(post(HttpRequest.BodyPublishers.ofByteArrays(List.of(unmeasured))))
                .isEqualTo(400);
        assertThat(post(HttpRequest.BodyPublishers.ofString("a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1&j=1")))
                .isEqualTo(200);
        assertThat(post(HttpRequest.BodyPublishers.ofString("a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1&j=1&k=1")))
                .isEqualTo(400);
    }

    @Test
    void aFormThatDoesNotComeInEnds() throws Exception {
        var limits = new Requests.Limits(1_000, 10, Duration.ofMillis(200));
        try (var small = new Small(Connections.FIRST_HEADER_MAX, request -> {
                    try {
                        Requests.form(request, limits);
                        return 200;
                    } catch (Refused refused) {
                        return refused.problem().status();
                    }
                });
                Socket socket = small.connect()) {
            socket.getOutputStream()
                    .write(("POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                                    + "Content-Length: 20\r\n\r\na=")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void whatIsNoRequestHasAGuardedAnswer() throws Exception {
        for (String path : List.of("/%00", "//", "/../x", "/a b", "/assets/nothing")) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer)
                        .as(path)
                        .startsWith("HTTP/1.1 40")
                        .contains("Content-Security-Policy: default-src 'none'", "X-Content-Type-Options: nosniff")
                        .doesNotContain("Jetty");
            }
        }
    }

    @Test
    void whoAsksForNothingIsClosed() throws Exception {
        try (var small = new Small(Duration.ofMillis(200), _ -> 200);
                Socket socket = small.connect()) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }

    @Test
    void oneSourceHasTwentyConnectionsAndGetsThemBack() throws Exception {
        var open = new ArrayList<Socket>();
        try (var small = new Small(Connections.FIRST_HEADER_MAX, _ -> 200)) {
            for (int i = 0; i < Connections.EACH_MAX; i++) {
                open.add(small.answered());
            }
            try (Socket further = small.connect()) {
                assertThat(further.getInputStream().read()).isEqualTo(-1);
            }
            open.removeFirst().close();
            Until.holds("a place is free again", () -> {
                try (Socket again = small.answered()) {
                    return again.isConnected();
                } catch (IOException stillFull) {
                    return false;
                }
            });
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    /// A listener as the console's, that gives nothing but a status.
    private static final class Small implements AutoCloseable {

        private final Server server = new Server();
        private final ServerConnector listener = new ServerConnector(server);

        Small(Duration firstHeaderMax, ToIntFunction<Request> status) throws Exception {
            var connections = new Connections(
                    new Handler.Abstract() {
                        @Override
                        public boolean handle(Request request, Response response, Callback callback) {
                            response.setStatus(status.applyAsInt(request));
                            callback.succeeded();
                            return true;
                        }
                    },
                    Connections.EACH_MAX,
                    firstHeaderMax);
            listener.setHost(InetAddress.getLoopbackAddress().getHostAddress());
            listener.addBean(connections, false);
            server.addConnector(listener);
            server.setHandler(connections);
            server.start();
        }

        Socket connect() throws IOException {
            var socket = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
            socket.setSoTimeout(5_000);
            return socket;
        }

        Socket answered() throws IOException {
            Socket socket = connect();
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            if (socket.getInputStream().read() != 'H') {
                socket.close();
                throw new IOException("closed");
            }
            return socket;
        }

        @Override
        public void close() {
            try {
                server.stop();
            } catch (Exception e) {
                throw new IllegalStateException("the server did not stop cleanly", e);
            }
        }
    }

    @Test
    void whatPagesWantTooMuchOfDoesNotStopTheHub() throws Exception {
        for (String path : List.of("/memory", "/stack")) {
            assertThat(get(path)).isEqualTo(500);
        }
        assertThat(stops).isEmpty();
        for (String path : List.of("/corrupt", "/impossible")) {
            assertThat(get(path)).isEqualTo(500);
        }
        assertThat(stops).hasSize(2);
        stops.clear();
    }
}
