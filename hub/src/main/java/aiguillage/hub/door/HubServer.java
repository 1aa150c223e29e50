package aiguillage.hub.door;

import aiguillage.config.Address;
import aiguillage.hub.HubConfig;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.Endpoints;
import aiguillage.hub.door.call.Pace;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.quota.Quotas;
import aiguillage.hub.trust.Trust;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listeners on one server: main (TLS 1.3, client certificate required, HTTP/1.1 and HTTP/2), enrolment
/// (TLS, client certificate asked for), operations (plain HTTP); where it is wanted, one for signed messages of
/// STAR (TLS, no client certificate).
public final class HubServer implements AutoCloseable {

    static final Duration STOP_MAX = Duration.ofSeconds(20);

    /// Apart from the parties' own, since anybody may connect there: a stranger who fills it keeps nobody from
    /// sending and fetching documents.
    static final int ENROLMENT_CONNECTIONS_MAX = 512;

    private static final Logger LOG = LoggerFactory.getLogger(HubServer.class);

    private final Server server;
    private final GracefulHandler requests;
    private final ServerConnector main;
    private final ServerConnector enrolment;
    private final ServerConnector operations;
    private final @Nullable ServerConnector signed;
    private final List<Sweeper> sweepers;

    /// @param listen port 0 takes any free one
    /// @param connectionsMax of parties; more wait in the system's queue
    public HubServer(
            HubConfig.Listeners listen, SSLContext tls, Doors doors, Trust trust, Quotas quotas, int connectionsMax) {
        server = Connectors.server();
        main = Connectors.secured(server, listen.main().socketAddress(), "main", tls, true);
        main.addBean(new PartyConnections(trust, quotas));
        enrolment = Connectors.secured(server, listen.enrolment().socketAddress(), "enrolment", tls, false);
        operations = Connectors.plain(server, listen.operations().socketAddress(), "operations");
        server.addBean(new NetworkConnectionLimit(connectionsMax, main));
        server.addBean(new NetworkConnectionLimit(Math.min(connectionsMax, ENROLMENT_CONNECTIONS_MAX), enrolment));
        server.setErrorHandler((request, response, callback) -> error(request, response, callback, doors.pace()));
        requests = new GracefulHandler(new Dispatch(doors));
        server.setHandler(requests);
        Address forSigned = listen.starSigned();
        signed = forSigned == null ? null : signed(forSigned.socketAddress(), tls, doors);
        sweepers = Stream.of(main, enrolment, signed)
                .filter(Objects::nonNull)
                .map(one -> new Sweeper(one, trust, one.equals(signed)))
                .toList();
    }

    private ServerConnector signed(InetSocketAddress address, SSLContext tls, Doors doors) {
        ServerConnector listener = Connectors.uncertified(server, address, "star-signed", tls);
        listener.addBean(doors.signedConnections());
        return listener;
    }

    /// Everything that goes wrong before a door is reached: malformed requests, headers too large.
    private static boolean error(Request request, Response response, Callback callback, Pace pace) {
        Problem problem = switch (response.getStatus()) {
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431, HttpStatus.URI_TOO_LONG_414 ->
                Problem.HEADERS_TOO_LARGE;
            case HttpStatus.SERVICE_UNAVAILABLE_503 -> Problem.STOPPING;
            case HttpStatus.REQUEST_TIMEOUT_408 -> Problem.TOO_SLOW;
            case HttpStatus.INTERNAL_SERVER_ERROR_500 -> Problem.FAILED;
            default -> Problem.BAD_REQUEST;
        };
        new Call(request, response, callback, List.of(), pace, uncounted -> {}, null)
                .refuse(new Refused(problem, "The request could not be read as HTTP."));
        return true;
    }

    /// Hands each request to the doors of its listener. Does not wait.
    private static final class Dispatch extends Handler.Abstract.NonBlocking {

        private final Doors doors;

        Dispatch(Doors doors) {
            this.doors = doors;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Endpoints endpoints =
                    switch (request.getConnectionMetaData().getConnector().getName()) {
                        case "main" -> doors.main();
                        case "enrolment" -> doors.enrolment();
                        case "operations" -> doors.operations();
                        case "star-signed" -> doors.starSigned();
                        default -> throw new AssertionError("a request came by no listener of ours");
                    };
            endpoints.answer(request, response, callback);
            return true;
        }
    }

    /// Opens the listeners.
    ///
    /// @throws Exception when an address is in use or not ours
    public void start() throws Exception {
        server.start();
    }

    public int mainPort() {
        return main.getLocalPort();
    }

    public int enrolmentPort() {
        return enrolment.getLocalPort();
    }

    public int operationsPort() {
        return operations.getLocalPort();
    }

    /// Where signed messages of STAR come in.
    ///
    /// @throws IllegalStateException when that listener is closed
    public int starSignedPort() {
        if (signed == null) {
            throw new IllegalStateException("listen.star-signed is not set");
        }
        return signed.getLocalPort();
    }

    /// Closes connections that do not get on, and those of revoked or expired certificates.
    public void sweep() {
        sweepers.forEach(Sweeper::sweep);
    }

    /// Takes no new requests, lets those that began come to their end, at most [#STOP_MAX], and closes.
    ///
    /// Waits for requests only, not for connections as the server's own graceful stop does: one idle connection
    /// that its peer does not close would hold up the stop of everything else.
    ///
    /// @throws IllegalStateException when a listener cannot be closed, or the thread was interrupted
    @Override
    public void close() {
        try {
            requests.shutdown().get(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.atWarn()
                    .addKeyValue("requests", requests.getCurrentRequestCount())
                    .addKeyValue("seconds", STOP_MAX.toSeconds())
                    .log("Requests that did not end in time were cut off. Their senders find out by asking again.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the listeners did not stop cleanly: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the listeners were closing", e);
        } finally {
            stop();
        }
    }

    private void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the listeners did not stop cleanly: " + e, e);
        }
    }
}
