package aiguillage.hub.door.star;

import aiguillage.hub.door.call.SourceLimit;
import aiguillage.hub.login.Places;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.PartyId;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// The connections of a listener where a party is known by its messages alone. Until the first one that a party
/// signed, a connection is a stranger's: one address has so many, and beyond the [Places] of strangers one of
/// the fullest address ends. Safe from any thread; does not wait.
public final class SignedConnections implements Connection.Listener {

    /// From one address, whoever they are of.
    static final int PER_SOURCE_MAX = 16;

    private final Places<EndPoint> places;
    // Guarded by this.
    private final Map<EndPoint, String> open = new HashMap<>();

    public SignedConnections(Places<EndPoint> places) {
        this.places = places;
    }

    @Override
    public void onOpened(Connection connection) {
        if (!(connection instanceof SslConnection)) {
            return;
        }
        EndPoint end = connection.getEndPoint();
        if (!(end.getRemoteSocketAddress() instanceof InetSocketAddress from) || !isWithin(end, from)) {
            end.close();
            return;
        }
        EndPoint displaced = places.came(end, from.getAddress());
        if (displaced != null) {
            displaced.close();
        }
    }

    private synchronized boolean isWithin(EndPoint end, InetSocketAddress from) {
        String source = SourceLimit.source(from);
        open.put(end, source);
        return Collections.frequency(open.values(), source) <= PER_SOURCE_MAX;
    }

    @Override
    public void onClosed(Connection connection) {
        if (connection instanceof SslConnection) {
            EndPoint end = connection.getEndPoint();
            places.left(end);
            forget(end);
        }
    }

    private synchronized void forget(EndPoint end) {
        open.remove(end);
    }

    /// A party has proven itself by a message: its connection makes room for no stranger.
    ///
    /// @throws Refused when that party has too many
    void admit(Request request, PartyId party) {
        EndPoint end = end(request);
        if (end != null && !places.isAdmitted(end) && !places.admitted(end, party)) {
            throw new Refused(Problem.TOO_MANY_REQUESTS, "Too many connections are open on this listener.");
        }
    }

    /// The one that carries TLS.
    private static @Nullable EndPoint end(Request request) {
        return request.getConnectionMetaData().getConnection().getEndPoint() instanceof SslConnection.SslEndPoint inner
                ? inner.getSslConnection().getEndPoint()
                : null;
    }
}
