package aiguillage.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.session.Sessions;
import aiguillage.hub.door.call.HubParts;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
                hub.inside().settings());
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
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            long begun = System.nanoTime();
            socket.getOutputStream()
                    .write(("POST /form HTTP/1.1\r\nHost: localhost\r\nOrigin: " + server.origin()
                                    + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 20\r\n\r\na=")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 408");
            assertThat(System.nanoTime() - begun).isLessThan(15_000_000_000L);
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
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }

    @Test
    void oneSourceHasTwentyConnectionsAndGetsThemBack() throws Exception {
        var one = new Server();
        var listener = new ServerConnector(one);
        listener.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        var connections = new Connections(
                new Handler.Abstract() {
                    @Override
                    public boolean handle(Request request, Response response, Callback callback) {
                        callback.succeeded();
                        return true;
                    }
                },
                Connections.EACH_MAX,
                Connections.FIRST_HEADER_MAX);
        one.addConnector(listener);
        listener.addBean(connections, false);
        one.setHandler(connections);
        one.start();
        var open = new ArrayList<Socket>();
        try {
            for (int i = 0; i < Connections.EACH_MAX; i++) {
                open.add(answered(listener.getLocalPort()));
            }
            try (var further = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
                further.setSoTimeout(5_000);
                assertThat(further.getInputStream().read()).isEqualTo(-1);
            }
            open.removeFirst().close();
            Until.holds("a place is free again", () -> {
                try (Socket again = answered(listener.getLocalPort())) {
                    return again.isConnected();
                } catch (IOException stillFull) {
                    return false;
                }
            });
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
            one.stop();
        }
    }

    private static Socket answered(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(5_000);
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        if (socket.getInputStream().read() != 'H') {
            socket.close();
            throw new IOException("closed");
        }
        return socket;
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
