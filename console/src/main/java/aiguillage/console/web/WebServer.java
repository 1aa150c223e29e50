package aiguillage.console.web;

import aiguillage.console.session.Sessions;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.settings.HubSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// The console's listener: a server of its own, whose threads are never those that documents come by. Plain
/// HTTP on loopback, which browsers hold to be as safe as TLS; TLS elsewhere.
public final class WebServer implements AutoCloseable {

    static final int CONNECTIONS_MAX = 1_000;
    /// Of one connection: as many pages as a browser keeps up to date, and what they load.
    static final int STREAMS_MAX = 100;

    static final int THREADS_MAX = 16;
    static final int REQUEST_HEADER_BYTES_MAX = 16 << 10;
    static final Duration IDLE_MAX = Duration.ofSeconds(60);

    /// What there is to ask for.
    ///
    /// @param confirmation for what has consequences
    public record Rooms(List<Route> routes, Confirmation confirmation) {

        public Rooms {
            routes = List.copyOf(routes);
        }
    }

    private final Server server;
    private final ServerConnector listener;
    private final String origin;
    private final List<Route> routes;

    /// @param tls null: plain HTTP
    /// @param rooms made when it is known where the console is: its origin, as browsers write it
    /// @param settings what stands around pages is set there
    /// @param behind how commands and calls of this hub are typed
    /// @param origin what people type, or null: `http://localhost:<port>`
    public WebServer(
            InetSocketAddress address,
            @Nullable SSLContext tls,
            @Nullable String origin,
            Function<String, Rooms> rooms,
            Sessions sessions,
            HubParts hub,
            HubSettings settings,
            Behind behind)
            throws Exception {
        var threads = new QueuedThreadPool(THREADS_MAX);
        threads.setName("console-http");
        threads.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("console-", 0).factory()));
        server = new Server(threads);
        listener = new ServerConnector(server, null, null, null, 1, 1, protocols(tls));
        listener.setHost(address.getHostString());
        listener.setPort(address.getPort());
        listener.setIdleTimeout(IDLE_MAX.toMillis());
        server.addConnector(listener);
        server.addBean(new NetworkConnectionLimit(CONNECTIONS_MAX, listener));
        listener.open();
        this.origin =
                origin == null ? (tls == null ? "http" : "https") + "://localhost:" + listener.getLocalPort() : origin;
        var assets = new Assets();
        var words = Words.LANGUAGES.stream().collect(Collectors.toMap(Function.identity(), Words::read));
        var requests =
                new Requests(words, assets, sessions, hub.name().value(), new Around(settings, hub.clock()), behind);
        Rooms made = rooms.apply(this.origin);
        routes = made.routes();
        var pages = new Pages(made.routes(), requests, new Templates(), assets, this.origin, made.confirmation(), hub);
        // On loopback all come from one source: from this machine, or by a proxy on it.
        int each = tls == null ? CONNECTIONS_MAX : Connections.EACH_MAX;
        var connections = new Connections(pages, each, Connections.FIRST_HEADER_MAX);
        listener.addBean(connections, false);
        server.setHandler(connections);
        server.setErrorHandler(new Faults());
        server.start();
    }

    private static ConnectionFactory[] protocols(@Nullable SSLContext context) {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setRequestHeaderSize(REQUEST_HEADER_BYTES_MAX);
        var http1 = new HttpConnectionFactory(http);
        if (context == null) {
            return new ConnectionFactory[] {http1};
        }
        var tls = new SslContextFactory.Server();
        tls.setSslContext(context);
        tls.setIncludeProtocols("TLSv1.3");
        var http2 = new HTTP2ServerConnectionFactory(http);
        http2.setMaxConcurrentStreams(STREAMS_MAX);
        var alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        return new ConnectionFactory[] {new SslConnectionFactory(tls, alpn.getProtocol()), alpn, http2, http1};
    }

    /// All addresses there are, in the order in which they are tried.
    public List<Route> routes() {
        return routes;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// Where it is, as browsers write it.
    public String origin() {
        return origin;
    }

    /// @throws IllegalStateException when it cannot be closed
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the console did not stop cleanly: " + e, e);
        }
    }
}
