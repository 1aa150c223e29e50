package aiguillage.hub.door;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.quota.Quotas;
import aiguillage.hub.trust.Trust;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
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

/// The three listeners on one server: main (TLS 1.3, client certificate required, HTTP/1.1 and HTTP/2), enrolment
/// (TLS, client certificate asked for), operations (plain HTTP).
public final class HubServer implements AutoCloseable {

    static final Duration STOP_MAX = Duration.ofSeconds(20);

    /// Whoever enrols is a stranger until it has: strangers have this part of the connections beside, so that they
    /// never take the parties'.
    private static final int STRANGERS_PART = 10;

    private final Server server;
    private final ServerConnector main;
    private final ServerConnector enrolment;
    private final ServerConnector operations;
    private final Sweeper mainSweeper;
    private final Sweeper enrolmentSweeper;

    /// Where to listen; port 0 takes any free one.
    public record Listeners(InetSocketAddress main, InetSocketAddress enrolment, InetSocketAddress operations) {}

    /// @param connectionsMax on the main listener; more wait in the system's queue
    public HubServer(Listeners listeners, SSLContext tls, Doors doors, Trust trust, Quotas quotas, int connectionsMax) {
        server = Connectors.server();
        main = Connectors.secured(server, listeners.main, "main", tls, true);
        main.addBean(new PartyConnections(trust, quotas));
        enrolment = Connectors.secured(server, listeners.enrolment, "enrolment", tls, false);
        operations = Connectors.plain(server, listeners.operations, "operations");
        server.addBean(new NetworkConnectionLimit(connectionsMax, main));
        server.addBean(new NetworkConnectionLimit(Math.max(1, connectionsMax / STRANGERS_PART), enrolment));
        server.setErrorHandler(HubServer::error);
        server.setStopTimeout(STOP_MAX.toMillis());
        server.setHandler(new GracefulHandler(new Dispatch(doors)));
        mainSweeper = new Sweeper(main, trust);
        enrolmentSweeper = new Sweeper(enrolment, trust);
    }

    /// Everything that goes wrong before a door is reached: malformed requests, headers too large.
    private static boolean error(Request request, Response response, Callback callback) {
        Problem problem = switch (response.getStatus()) {
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431, HttpStatus.URI_TOO_LONG_414 ->
                Problem.HEADERS_TOO_LARGE;
            case HttpStatus.SERVICE_UNAVAILABLE_503 -> Problem.STOPPING;
            case HttpStatus.REQUEST_TIMEOUT_408 -> Problem.TOO_SLOW;
            case HttpStatus.INTERNAL_SERVER_ERROR_500 -> Problem.FAILED;
            default -> Problem.BAD_REQUEST;
        };
        new Call(request, response, callback, List.of(), uncounted -> {}, null)
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

    /// Closes connections that do not get on, and those of revoked or expired certificates.
    public void sweep() {
        mainSweeper.sweep();
        enrolmentSweeper.sweep();
    }

    /// Takes no new requests, lets those that began come to their end, and closes.
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the listeners did not stop cleanly: " + e.getMessage(), e);
        }
    }
}
