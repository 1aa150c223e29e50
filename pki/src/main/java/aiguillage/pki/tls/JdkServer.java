package aiguillage.pki.tls;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/// The JDK's HTTP servers with bounds. The JDK has none of its own, takes them from system properties, and reads
/// these once in a process: so whoever makes such a server makes it here. What the operator set stays.
public final class JdkServer {

    static final int CONNECTIONS_MAX = 256;

    private JdkServer() {}

    /// Plain HTTP; not started.
    ///
    /// @param requestMax for a whole request, and for a whole answer: whoever is slower is cut off
    /// @throws IOException when the address is in use, or not this computer's
    public static HttpServer plain(InetSocketAddress listen, int backlog, Duration requestMax) throws IOException {
        bound(requestMax);
        return HttpServer.create(listen, backlog);
    }

    /// The same over TLS.
    ///
    /// @throws IOException when the address is in use, or not this computer's
    public static HttpsServer overTls(InetSocketAddress listen, int backlog, Duration requestMax) throws IOException {
        bound(requestMax);
        return HttpsServer.create(listen, backlog);
    }

    private static void bound(Duration requestMax) {
        String seconds = Long.toString(requestMax.toSeconds());
        Map.of(
                        "sun.net.httpserver.maxReqTime",
                        seconds,
                        "sun.net.httpserver.maxRspTime",
                        seconds,
                        "sun.net.httpserver.maxReqHeaders",
                        "100",
                        "jdk.httpserver.maxConnections",
                        Integer.toString(CONNECTIONS_MAX))
                .forEach((name, value) -> {
                    if (System.getProperty(name) == null) {
                        System.setProperty(name, value);
                    }
                });
    }
}
