package aiguillage.hub.door;

import aiguillage.hub.trust.Trust;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.NegotiatingServerConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;

/// Closes connections that should not be open: a handshake or a header that does not get on, a certificate that was
/// revoked or has expired. The server's own idle limit starts anew with every byte, so it does not see the first
/// two.
///
/// Only the clock thread uses it.
final class Sweeper {

    static final Duration HANDSHAKE_MAX = Duration.ofSeconds(10);
    static final Duration HEADER_MAX = Duration.ofSeconds(10);

    private static final Set<HttpParser.State> IN_HEADER = EnumSet.of(
            HttpParser.State.METHOD,
            HttpParser.State.SPACE1,
            HttpParser.State.URI,
            HttpParser.State.SPACE2,
            HttpParser.State.REQUEST_VERSION,
            HttpParser.State.HEADER);

    private final ServerConnector connector;
    private final Trust trust;
    /// Since when (nanoseconds) a connection is in the middle of a header.
    private final Map<EndPoint, Long> inHeader = new WeakHashMap<>();

    Sweeper(ServerConnector connector, Trust trust) {
        this.connector = connector;
        this.trust = trust;
    }

    /// To be called every second, or more often.
    void sweep() {
        for (EndPoint end : connector.getConnectedEndPoints()) {
            if (isOver(end)) {
                end.close();
            }
        }
    }

    private boolean isOver(EndPoint end) {
        if (!(end.getConnection() instanceof SslConnection tls)) {
            return false;
        }
        Connection inner = tls.getSslEndPoint().getConnection();
        if (inner instanceof NegotiatingServerConnection) {
            long age = System.currentTimeMillis() - end.getCreatedTimeStamp();
            long waited = tls instanceof TlsConnection ours ? ours.waitedMillis() : 0;
            return age - waited > HANDSHAKE_MAX.toMillis();
        }
        return headerTooSlow(end, inner) || trust.isOver(tls.getSSLEngine().getSession());
    }

    private boolean headerTooSlow(EndPoint end, Connection inner) {
        if (!(inner instanceof HttpConnection http) || !isInHeader(http.getParser())) {
            inHeader.remove(end);
            return false;
        }
        long now = System.nanoTime();
        long since = inHeader.computeIfAbsent(end, key -> now);
        return now - since > HEADER_MAX.toNanos();
    }

    private static boolean isInHeader(HttpParser parser) {
        return IN_HEADER.contains(parser.getState());
    }
}
