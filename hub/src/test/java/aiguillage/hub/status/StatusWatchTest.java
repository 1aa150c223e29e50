package aiguillage.hub.status;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.status.PublicStatus.State;
import aiguillage.hub.status.StatusPage.Watched;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told of several hubs, while they answer and while they do not. `StatusServeTest` kills a real one.
class StatusWatchTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private static PublicStatus status(String hub, State state) {
        return new PublicStatus(hub, state, NOW, null, List.of(), "", List.of(new PublicStatus.Change(NOW, state)));
    }

    @Test
    void hubsStandInForEachOther() {
        var working = new Watched("a", status("a", State.WORKING), null);
        var gone = new Watched("b", status("b", State.WORKING), NOW);
        var worked = new Watched("c", status("c", State.MAINTENANCE), null);
        assertThat(StatusWatch.together(List.of(gone, worked, working))).isEqualTo(State.WORKING);
        assertThat(StatusWatch.together(List.of(gone, worked))).isEqualTo(State.MAINTENANCE);
        assertThat(StatusWatch.together(List.of(gone, new Watched("d", null, NOW))))
                .isEqualTo(State.DOWN);
    }

    /// A hub that speaks plain HTTP, for this test alone.
    private static HttpServer hub(AtomicReference<String> feed) throws IOException {
        HttpServer hub = HttpServer.create(FREE, 10);
        hub.createContext("/status.json", http -> {
            byte[] body = feed.get().getBytes(StandardCharsets.UTF_8);
            http.sendResponseHeaders(200, body.length);
            http.getResponseBody().write(body);
            http.close();
        });
        hub.start();
        return hub;
    }

    private static HttpResponse<String> get(HttpClient client, StatusWatch watch, String path, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + watch.address().getPort() + path))
                .timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String until(HttpClient client, StatusWatch watch, Predicate<String> wanted) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        String last = "";
        while (Instant.now().isBefore(end)) {
            last = get(client, watch, "/status.json").body();
            if (wanted.test(last)) {
                return last;
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        throw new AssertionError("not in " + PATIENCE + ": " + last);
    }

    @Test
    void aHubThatFallsSilentComesBackAndEveryLineOfItsIsOnlyText() throws Exception {
        var feed =
                new AtomicReference<>(status("<b>hub</b>", State.WORKING).json().toString());
        HttpServer hub = hub(feed);
        URI address = URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
        Path file = folder.resolve("history.json");
        try (var client = HttpClient.newHttpClient();
                var watch = new StatusWatch(
                        List.of(address),
                        HttpClient.newHttpClient(),
                        FREE,
                        file,
                        Duration.ofMillis(20),
                        InstantSource.system())) {
            assertThat(get(client, watch, "/status.json").body()).startsWith("{\"state\":\"working\"");
            for (String nonsense : new String[] {"{", "[]", "{\"state\":\"splendid\"}", "x".repeat(1 << 18)}) {
                feed.set(nonsense);
                until(client, watch, text -> text.startsWith("{\"state\":\"down\""));
                feed.set(status("<b>hub</b>", State.DEGRADED).json().toString());
                until(client, watch, text -> text.startsWith("{\"state\":\"degraded\""));
            }
            HttpResponse<String> page = get(client, watch, "/status");
            assertThat(page.body()).doesNotContain("<b>").contains("Le hub fonctionne avec des restrictions");
            String tag = page.headers().firstValue("ETag").orElseThrow();
            assertThat(get(client, watch, "/status", "If-None-Match", tag).statusCode())
                    .isEqualTo(304);
            assertThat(get(client, watch, "/other").statusCode()).isEqualTo(404);
        } finally {
            hub.stop(0);
        }
    }

    @Test
    void aHubThatStopsAfterItsHeadersIsSilentAndHoldsNoOtherBack() throws Exception {
        var feed = new AtomicReference<>(status("well", State.WORKING).json().toString());
        HttpServer well = hub(feed);
        HttpServer stuck = HttpServer.create(FREE, 10);
        stuck.setExecutor(Runnable::run);
        stuck.createContext("/", http -> {
            http.sendResponseHeaders(200, 100); // and not one byte more, while this test runs
            http.getResponseBody().flush();
        });
        stuck.start();
        List<URI> hubs = Stream.of(stuck, well)
                .map(hub -> URI.create("http://127.0.0.1:" + hub.getAddress().getPort() + "/"))
                .toList();
        try (var client = HttpClient.newHttpClient();
                var watch = new StatusWatch(
                        hubs,
                        HttpClient.newHttpClient(),
                        FREE,
                        folder.resolve("history.json"),
                        Duration.ofMillis(20),
                        InstantSource.system(),
                        Duration.ofMillis(500))) {
            assertThat(get(client, watch, "/status.json").body())
                    .startsWith("{\"state\":\"working\"")
                    .contains("silentSince");
            feed.set(status("well", State.DEGRADED).json().toString());
            until(client, watch, text -> text.startsWith("{\"state\":\"degraded\""));
        } finally {
            stuck.stop(0);
            well.stop(0);
        }
    }

    @Test
    void aHubsNameHasNoUser() {
        assertThat(StatusWatch.name(URI.create("https://ada:secret@hub.example:8444/")))
                .isEqualTo("hub.example:8444");
        assertThat(StatusWatch.name(URI.create("https://hub.example/"))).isEqualTo("hub.example");
    }

    @Test
    void oneAnswerThatDoesNotComeIsNoSilence() throws Exception {
        String good = status("hub", State.WORKING).json().toString();
        var asked = new AtomicInteger();
        HttpServer hub = HttpServer.create(FREE, 10);
        hub.createContext("/", http -> {
            byte[] body = (asked.incrementAndGet() % 2 == 0 ? "{" : good).getBytes(StandardCharsets.UTF_8);
            http.sendResponseHeaders(200, body.length);
            http.getResponseBody().write(body);
            http.close();
        });
        hub.start();
        URI address = URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
        try (var client = HttpClient.newHttpClient();
                var watch = new StatusWatch(
                        List.of(address),
                        HttpClient.newHttpClient(),
                        FREE,
                        folder.resolve("history.json"),
                        Duration.ofMillis(5),
                        InstantSource.system())) {
            Instant end = Instant.now().plus(PATIENCE);
            while (asked.get() < 20 && Instant.now().isBefore(end)) {
                assertThat(get(client, watch, "/status.json").body()).startsWith("{\"state\":\"working\"");
            }
            assertThat(asked).hasValueGreaterThanOrEqualTo(20);
        } finally {
            hub.stop(0);
        }
    }

    @Test
    void theFeedIsReadAsItIsWritten() {
        PublicStatus status = new PublicStatus(
                "hub",
                State.MAINTENANCE,
                NOW,
                new PublicStatus.Notice("disk", "disque"),
                List.of(new PublicStatus.Planned(NOW.plusSeconds(60), null, new PublicStatus.Notice("more", "encore"))),
                "0.2.0",
                List.of(new PublicStatus.Change(NOW, State.MAINTENANCE)));
        assertThat(PublicStatus.of(status.json())).isEqualTo(status);
    }
}
