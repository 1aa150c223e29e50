package aiguillage.hub.door;

import java.net.InetSocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The hub's way to listen: threads, TLS, HTTP/1.1 and HTTP/2 with their limits. Public, so that the benchmark
/// can measure a server that does nothing on the very same listener.
public final class Connectors {

    static final int REQUEST_HEADER_BYTES_MAX = 16 << 10;
    static final int THREADS_MAX = 64;
    static final int ACCEPT_QUEUE = 4_096;
    static final Duration IDLE_MAX = Duration.ofSeconds(60);

    /// Frames of one connection that a server has no use for. Whoever is refused while it sends a large body
    /// has up to a window of them on its way: with Jetty's 128, three such refusals in a second ended the
    /// connection, and with it the sound documents beside them. Strangers, on the enrolment listener, have no
    /// more than 128.
    private static final int ODD_FRAMES_PER_SECOND_MAX = 4_000;

    private static final int SELECTORS = 2;
    private static final int H2_STREAMS_MAX = 256;

    private Connectors() {}

    /// A server without listeners.
    public static Server server() {
        var threads = new QueuedThreadPool(THREADS_MAX);
        threads.setName("hub-http");
        return new Server(threads);
    }

    /// Adds a listener with TLS 1.3.
    ///
    /// @param certificateRequired whether the handshake fails without a client certificate, or only asks
    ///     for one
    public static ServerConnector secured(
            Server server, InetSocketAddress address, String name, SSLContext tls, boolean certificateRequired) {
        return add(server, address, name, protocols(tls, certificateRequired, handshakes(server)));
    }

    /// Adds a listener for HTTP/1.1 over TLS, 1.3 or 1.2 with forward secrecy, that asks for no client
    /// certificate.
    static ServerConnector uncertified(Server server, InetSocketAddress address, String name, SSLContext context) {
        var tls = new SslContextFactory.Server();
        tls.setSslContext(context);
        tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        tls.setIncludeCipherSuites("TLS_AES_.*", "TLS_CHACHA20_.*", "TLS_ECDHE_.*_GCM_.*", "TLS_ECDHE_.*_CHACHA20_.*");
        var http1 = new HttpConnectionFactory(http());
        return add(
                server, address, name, new TlsConnection.Factory(tls, http1.getProtocol(), handshakes(server)), http1);
    }

    /// Adds a listener for plain HTTP/1.1.
    static ServerConnector plain(Server server, InetSocketAddress address, String name) {
        return add(server, address, name, new HttpConnectionFactory(http()));
    }

    private static ServerConnector add(
            Server server, InetSocketAddress address, String name, ConnectionFactory... protocols) {
        var connector = new ServerConnector(server, null, null, null, 1, SELECTORS, protocols);
        connector.setName(name);
        connector.setHost(address.getHostString());
        connector.setPort(address.getPort());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(IDLE_MAX.toMillis());
        server.addConnector(connector);
        return connector;
    }

    private static Handshakes handshakes(Server server) {
        Handshakes shared = server.getBean(Handshakes.class);
        if (shared == null) {
            shared = new Handshakes(Runtime.getRuntime().availableProcessors());
            server.addBean(shared);
        }
        return shared;
    }

    private static ConnectionFactory[] protocols(
            SSLContext context, boolean certificateRequired, Handshakes handshakes) {
        var tls = new SslContextFactory.Server();
        tls.setSslContext(context);
        tls.setIncludeProtocols("TLSv1.3");
        tls.setNeedClientAuth(certificateRequired);
        tls.setWantClientAuth(!certificateRequired);
        var http1 = new HttpConnectionFactory(http());
        var http2 = new HTTP2ServerConnectionFactory(http());
        http2.setMaxConcurrentStreams(H2_STREAMS_MAX);
        if (certificateRequired) {
            http2.setRateControlFactory(new WindowRateControl.Factory(ODD_FRAMES_PER_SECOND_MAX));
        }
        var alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        return new ConnectionFactory[] {
            new TlsConnection.Factory(tls, alpn.getProtocol(), handshakes), alpn, http2, http1
        };
    }

    private static HttpConfiguration http() {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setRequestHeaderSize(REQUEST_HEADER_BYTES_MAX);
        return http;
    }
}
