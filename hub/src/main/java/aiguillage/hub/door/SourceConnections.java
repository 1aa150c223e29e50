package aiguillage.hub.door;

import aiguillage.hub.door.call.SourceLimit;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;

/// Counts the connections of each source of a listener where strangers connect, and closes what is beyond the
/// allowance: one source cannot take the connections of all. For listeners with few connections. Safe from any
/// thread; does not wait.
final class SourceConnections implements Connection.Listener {

    private final int max;
    private final Map<Connection, String> open = new HashMap<>();

    /// @param max of one source
    SourceConnections(int max) {
        this.max = max;
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof SslConnection && !isWithin(connection)) {
            connection.getEndPoint().close();
        }
    }

    /// The address is asked for once: a closed connection has none.
    private synchronized boolean isWithin(Connection connection) {
        String source = SourceLimit.source(connection.getEndPoint().getRemoteSocketAddress());
        open.put(connection, source);
        return Collections.frequency(open.values(), source) <= max;
    }

    @Override
    public synchronized void onClosed(Connection connection) {
        open.remove(connection);
    }
}
