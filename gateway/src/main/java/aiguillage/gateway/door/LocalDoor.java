package aiguillage.gateway.door;

import aiguillage.gateway.dms.Folders;
import aiguillage.gateway.outbox.Outbox;
import aiguillage.gateway.replica.Shelf;
import aiguillage.gateway.status.GatewayStatus;
import aiguillage.pki.tls.JdkServer;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// The REST door on loopback.
public final class LocalDoor implements AutoCloseable {

    static final int REQUESTS_MAX = 64;

    private static final int BACKLOG = 64;
    private static final int STOP_SECONDS = 2;

    /// For a whole request of the largest document.
    private static final Duration REQUEST_MAX = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(LocalDoor.class);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore requests = new Semaphore(REQUESTS_MAX);
    private final Tokens tokens;
    private final Documents documents;
    private final HandedOverFiles inbox;
    private final Datasets datasets;
    private final Supplier<GatewayStatus> status;
    private final @Nullable HttpHandler pages;
    private final JsonMapper json = JsonMapper.shared();

    /// Opens the door; requests are answered from now on.
    ///
    /// @param pages answers what is not below `/v1`, for people; null: nobody does
    /// @throws IOException when the address is not this machine's own, or is in use
    public LocalDoor(
            InetSocketAddress listen,
            Tokens tokens,
            PartyId party,
            long documentBytesMax,
            Outbox outbox,
            Folders folders,
            Shelf shelf,
            Supplier<GatewayStatus> status,
            @Nullable HttpHandler pages,
            InstantSource clock)
            throws IOException {
        if (listen.getAddress() == null || !listen.getAddress().isLoopbackAddress()) {
            throw new IOException("The local door speaks plain HTTP, so it opens on loopback only: " + listen
                    + " is another address. Write door.listen: 127.0.0.1:8480.");
        }
        this.tokens = tokens;
        this.documents = new Documents(outbox, party, documentBytesMax, clock, json);
        this.inbox = new HandedOverFiles(folders);
        this.datasets = new Datasets(shelf, json);
        this.status = status;
        this.pages = pages;
        this.server = JdkServer.plain(listen, BACKLOG, REQUEST_MAX);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(STOP_SECONDS);
        threads.close();
    }

    private void serve(HttpExchange http) {
        try (http) {
            var exchange = new Exchange(http, json);
            if (!requests.tryAcquire()) {
                exchange.answer(DoorProblem.busy());
                return;
            }
            try {
                String path = http.getRequestURI().getPath();
                if (pages != null && !path.equals("/v1") && !path.startsWith("/v1/")) {
                    pages.handle(http);
                } else {
                    answer(exchange);
                }
            } catch (DoorProblem problem) {
                exchange.answer(problem);
            } finally {
                requests.release();
            }
        } catch (IOException e) {
            log.atDebug().setCause(e).log("A request at the local door ended early.");
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("A request at the local door failed.");
        }
    }

    private void answer(Exchange exchange) throws DoorProblem, IOException {
        Brand brand = brand(exchange);
        List<String> path = exchange.path();
        if (path.size() >= 2 && path.getFirst().equals("v1") && path.get(1).equals("datasets")) {
            datasets.answer(brand, path.subList(2, path.size()), exchange);
            return;
        }
        if (path.equals(List.of("v1"))) {
            opened(exchange);
            return;
        }
        String place = path.size() < 2 || !path.getFirst().equals("v1") ? "" : path.get(1) + (path.size() - 2);
        switch (exchange.method() + " " + place) {
            case "POST documents0" -> documents.submit(brand, exchange);
            case "GET documents1" -> documents.state(brand, path.get(2), exchange);
            case "GET inbox0" -> inbox.list(brand, exchange);
            case "GET inbox1" -> inbox.read(brand, path.get(2), exchange);
            case "DELETE inbox1" -> inbox.taken(brand, path.get(2), exchange);
            case "GET status0" -> exchange.answer(200, status.get());
            default -> {
                boolean known = List.of("documents0", "documents1", "inbox0", "inbox1", "status0")
                        .contains(place);
                throw known ? DoorProblem.methodUnknown(exchange.method()) : DoorProblem.notFound("No such address.");
            }
        }
    }

    /// `GET /v1`: the door is open, and the token is a brand's.
    private static void opened(Exchange exchange) throws DoorProblem, IOException {
        if (!exchange.method().equals("GET")) {
            throw DoorProblem.methodUnknown(exchange.method());
        }
        exchange.answerNothing();
    }

    private Brand brand(Exchange exchange) throws DoorProblem {
        String authorization = exchange.header("Authorization");
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            throw DoorProblem.tokenMissing();
        }
        return tokens.brand(authorization.substring("Bearer ".length()).strip()).orElseThrow(DoorProblem::tokenMissing);
    }
}
