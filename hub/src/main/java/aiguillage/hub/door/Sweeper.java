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

    /// The caller is told why before its connection goes: an answer on its way has so long to arrive. With the time
    /// between two sweeps it is still within a second.
    static final Duration FAREWELL = Duration.ofMillis(400);

    private static final Set<HttpParser.State> IN_HEADER = EnumSet.of(
            HttpParser.State.METHOD,
            HttpParser.State.SPACE1,
            HttpParser.State.URI,
            HttpParser.State.SPACE2,
            HttpParser.State.REQUEST_VERSION,
            HttpParser.State.HEADER);

    private final ServerConnector connector;
    private final Trust trust;
    private final boolean isOfStrangers;
    /// Since when (nanoseconds) a connection is in the middle of a header.
    private final Map<EndPoint, Long> inHeader = new WeakHashMap<>();
    /// Since when (nanoseconds) a connection's certificate or party is no longer good.
    private final Map<EndPoint, Long> unwelcome = new WeakHashMap<>();

    /// @param isOfStrangers whether handshake and first header together must come as soon as a handshake
    Sweeper(ServerConnector connector, Trust trust, boolean isOfStrangers) {
        this.connector = connector;
        this.trust = trust;
        this.isOfStrangers = isOfStrangers;
    }

    /// To be called every half second, or more often.
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
        boolean isWithoutRequest = isOfStrangers && inner instanceof HttpConnection http && http.getMessagesIn() == 0;
        if (inner instanceof NegotiatingServerConnection || isWithoutRequest) {
            long age = System.currentTimeMillis() - end.getCreatedTimeStamp();
            long waited = tls instanceof TlsConnection ours ? ours.waitedMillis() : 0;
            return age - waited > HANDSHAKE_MAX.toMillis();
        }
        return headerTooSlow(end, inner)
                || (trust.isOver(tls.getSSLEngine().getSession()) && lasted(unwelcome, end, FAREWELL));
    }

    private boolean headerTooSlow(EndPoint end, Connection inner) {
        if (!(inner instanceof HttpConnection http) || !isInHeader(http.getParser())) {
            inHeader.remove(end);
            return false;
        }
        return lasted(inHeader, end, HEADER_MAX);
    }

    private static boolean lasted(Map<EndPoint, Long> begun, EndPoint end, Duration longest) {
        long now = System.nanoTime();
        long since = begun.computeIfAbsent(end, key -> now);
        return now - since > longest.toNanos();
    }

    private static boolean isInHeader(HttpParser parser) {
        return IN_HEADER.contains(parser.getState());
    }
}
