package aiguillage.hub.status;

import aiguillage.hub.status.PublicStatus.State;
import aiguillage.hub.status.StatusPage.Watched;
import aiguillage.pki.tls.JdkServer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The public status on a machine of its own: asks the hubs that stand in for each other, and goes on answering
/// with what they said last when none of them does. Plain HTTP, with nothing secret in it: whatever stands in
/// front of it may cache it.
///
/// One thread asks the hubs, all at the same time; readers get bytes that are made once.
public final class StatusWatch implements AutoCloseable {

    public static final int HUBS_MAX = 20;

    /// For a hub's whole answer, from the connection to the body's last byte.
    static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    static final int READERS_MAX = 256;

    /// Questions are small, and so are answers.
    private static final Duration REQUEST_MAX = Duration.ofSeconds(10);

    private static final int FEED_BYTES_MAX = 1 << 17;
    private static final int BACKLOG = 128;
    private static final int BUSY = 503;

    private static final Logger LOG = LoggerFactory.getLogger(StatusWatch.class);

    private final Map<URI, Watched> hubs = new LinkedHashMap<>();
    private final Map<URI, Instant> missed = new HashMap<>(); // the first answer that did not come, of several
    private final HttpClient client;
    private final History history;
    private final InstantSource clock;
    private final Duration answerMax;
    private final HttpServer server;
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(READERS_MAX);
    private final ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("status-asks").factory());
    private volatile StatusPage page;

    /// Asks once, then opens.
    ///
    /// @param addresses of the hubs' enrolment listeners, 1 to [#HUBS_MAX]
    /// @param client trusts the hubs; closed with this
    /// @param file that keeps the history
    /// @param every how long between two rounds
    /// @throws IOException when the address is in use or the file cannot be used
    public StatusWatch(
            List<URI> addresses,
            HttpClient client,
            InetSocketAddress listen,
            Path file,
            Duration every,
            InstantSource clock)
            throws IOException {
        this(addresses, client, listen, file, every, clock, ANSWER_MAX);
    }

    StatusWatch(
            List<URI> addresses,
            HttpClient client,
            InetSocketAddress listen,
            Path file,
            Duration every,
            InstantSource clock,
            Duration answerMax)
            throws IOException {
        if (addresses.isEmpty() || addresses.size() > HUBS_MAX) {
            throw new IllegalArgumentException("name 1 to " + HUBS_MAX + " hubs, not " + addresses.size());
        }
        this.client = client;
        this.clock = clock;
        this.answerMax = answerMax;
        this.history = new History(file);
        addresses.forEach(address -> hubs.put(address, new Watched(name(address), null, null)));
        this.server = JdkServer.plain(listen, BACKLOG, REQUEST_MAX);
        this.page = asked();
        server.setExecutor(readers);
        server.createContext("/", this::serve);
        server.start();
        var _ = asking.scheduleWithFixedDelay(this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Where it answers.
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /// Without the user that somebody may have written: it is shown to everybody.
    static String name(URI hub) {
        return hub.getPort() < 0 ? hub.getHost() : hub.getHost() + ":" + hub.getPort();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private void look() {
        try {
            page = asked();
        } catch (IOException | RuntimeException e) {
            LOG.atError().setCause(e).log("The public status was not renewed; what was known goes on being told.");
        }
    }

    private StatusPage asked() throws IOException {
        var answers = new LinkedHashMap<URI, CompletableFuture<HttpResponse<byte[]>>>();
        hubs.keySet().forEach(hub -> answers.put(hub, ask(hub)));
        long endNanos = System.nanoTime() + answerMax.toNanos();
        for (Map.Entry<URI, Watched> hub : hubs.entrySet()) {
            Watched before = hub.getValue();
            CompletableFuture<HttpResponse<byte[]>> answer = Objects.requireNonNull(answers.get(hub.getKey()));
            PublicStatus said = said(hub.getKey(), answer, endNanos, before.silentSince() == null);
            Instant silent = said == null ? silentSince(hub.getKey(), before) : null;
            if (said != null) {
                missed.remove(hub.getKey());
            }
            hub.setValue(new Watched(before.name(), said == null ? before.status() : said, silent));
        }
        State state = together(hubs.values());
        history.saw(state, now());
        return StatusPage.of(state, new ArrayList<>(hubs.values()), history.changes());
    }

    /// Nobody who was there is told to be silent for one answer that did not come.
    ///
    /// @return since when; null: not yet
    private @Nullable Instant silentSince(URI hub, Watched before) {
        Instant first = missed.putIfAbsent(hub, now());
        if (before.silentSince() != null) {
            return before.silentSince();
        }
        return before.status() == null ? now() : first;
    }

    /// The best of those that answer: hubs stand in for each other.
    static State together(Iterable<Watched> hubs) {
        State best = State.DOWN;
        for (Watched hub : hubs) {
            PublicStatus status = hub.status();
            if (hub.silentSince() == null && status != null && status.state().compareTo(best) < 0) {
                best = status.state();
            }
        }
        return best;
    }

    private CompletableFuture<HttpResponse<byte[]>> ask(URI hub) {
        HttpRequest request = HttpRequest.newBuilder(hub.resolve("/status.json"))
                .timeout(answerMax)
                .build();
        return client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), FEED_BYTES_MAX));
    }

    /// What a hub says; null when its whole answer is not there in time, or is none.
    ///
    /// @param endNanos until when it is waited for
    /// @param wasThere whether it is news when it is not
    private @Nullable PublicStatus said(
            URI hub, CompletableFuture<HttpResponse<byte[]>> answer, long endNanos, boolean wasThere) {
        try {
            return read(answer.get(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return null;
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException
                | IOException
                | JacksonException
                | IllegalArgumentException e) {
            answer.cancel(true);
            if (wasThere) {
                LOG.atWarn()
                        .addKeyValue("hub", hub)
                        .addKeyValue("why", e.toString())
                        .log("A hub fell silent.");
            }
            return null;
        }
    }

    private static PublicStatus read(HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException("it answered " + answer.statusCode());
        }
        return PublicStatus.of(JsonMapper.shared().readTree(answer.body()));
    }

    private void serve(HttpExchange http) throws IOException {
        try (http) {
            if (!places.tryAcquire()) {
                http.sendResponseHeaders(BUSY, -1);
                return;
            }
            try {
                answer(http);
            } finally {
                places.release();
            }
        }
    }

    private void answer(HttpExchange http) throws IOException {
        StatusPage now = page;
        switch (http.getRequestURI().getPath()) {
            case "/", "/status" -> write(http, now, StatusPage.HTML, now.html());
            case "/status.json" -> write(http, now, "application/json", now.json());
            case "/status.css" ->
                write(http, now, "text/css;charset=utf-8", StatusPage.STYLE.getBytes(StandardCharsets.UTF_8));
            default -> http.sendResponseHeaders(404, -1);
        }
    }

    private static void write(HttpExchange http, StatusPage page, String type, byte[] body) throws IOException {
        boolean isHead = http.getRequestMethod().equals("HEAD");
        if (!isHead && !http.getRequestMethod().equals("GET")) {
            http.sendResponseHeaders(405, -1);
            return;
        }
        var headers = http.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Cache-Control", StatusPage.CACHE);
        headers.set("ETag", page.tag());
        headers.set("Content-Security-Policy", StatusPage.CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        if (page.tag().equals(http.getRequestHeaders().getFirst("If-None-Match"))) {
            http.sendResponseHeaders(304, -1);
            return;
        }
        http.sendResponseHeaders(200, isHead ? -1 : body.length);
        if (!isHead) {
            http.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        asking.shutdownNow();
        server.stop(1);
        readers.close();
        client.shutdownNow();
    }
}
