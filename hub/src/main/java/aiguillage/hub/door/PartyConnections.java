package aiguillage.hub.door;

import aiguillage.hub.quota.Quota;
import aiguillage.hub.quota.Quotas;
import aiguillage.hub.trust.Trust;
import aiguillage.protocol.PartyId;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.jspecify.annotations.Nullable;

/// Counts each party's connections from the end of the handshake, and closes what is beyond its allowance: one party
/// cannot take the connections of all. Safe from any thread; does not wait.
final class PartyConnections implements SslHandshakeListener {

    private final Trust trust;
    private final Quotas quotas;

    PartyConnections(Trust trust, Quotas quotas) {
        this.trust = trust;
        this.quotas = quotas;
    }

    @Override
    public void handshakeSucceeded(Event event) {
        PartyId party = trust.named(event.getSSLEngine().getSession());
        Connection connection = connection(event.getEndPoint());
        if (party == null || connection == null) {
            return; // its first request is refused
        }
        Quota quota = quotas.of(party);
        if (quota.connectionBegins()) {
            connection.addEventListener(new Ending(quota));
        } else {
            connection.getEndPoint().close();
        }
    }

    /// The connection that carries TLS, whichever of its two ends is given.
    private static @Nullable Connection connection(EndPoint end) {
        return end instanceof SslConnection.SslEndPoint inner ? inner.getSslConnection() : end.getConnection();
    }

    private record Ending(Quota quota) implements Connection.Listener {

        @Override
        public void onClosed(Connection connection) {
            quota.connectionEnds();
        }
    }
}
