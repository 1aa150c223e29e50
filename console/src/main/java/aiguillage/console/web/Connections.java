package aiguillage.console.web;

import aiguillage.hub.door.call.SourceLimit;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// Counts the listener's connections by source, and closes those that ask for nothing: nobody takes the
/// connections of all. Safe from any thread.
final class Connections extends Handler.Wrapper implements Connection.Listener {

    /// Of one source (see [SourceLimit#source]).
    static final int EACH_MAX = 20;

    /// From the beginning of a connection to the end of its first header.
    static final Duration FIRST_HEADER_MAX = Duration.ofSeconds(10);

    /// From the end of an answer to the end of the next header.
    static final Duration NEXT_HEADER_MAX = Duration.ofSeconds(60);

    private final int eachMax;
    private final Duration firstHeaderMax;
    private final Map<String, Integer> bySource = new ConcurrentHashMap<>();
    private final Map<EndPoint, Open> byEnd = new ConcurrentHashMap<>();
    private final Map<SocketAddress, Open> byAddress = new ConcurrentHashMap<>();

    /// @param eachMax of one source
    Connections(Handler next, int eachMax, Duration firstHeaderMax) {
        super(next);
        this.eachMax = eachMax;
        this.firstHeaderMax = firstHeaderMax;
    }

    /// One connection: what it asks for at the moment, and when it is closed if it asks for nothing.
    private final class Open {

        private final EndPoint end;
        private final SocketAddress address; // a closed socket does not know it any more
        private int asked;
        private Scheduler.@Nullable Task closing;

        Open(EndPoint end, SocketAddress address) {
            this.end = end;
            this.address = address;
        }

        String source() {
            return SourceLimit.source(address);
        }

        synchronized void begin() {
            asked++;
            if (closing != null) {
                closing.cancel();
                closing = null;
            }
        }

        synchronized void end() {
            asked--;
            expect(NEXT_HEADER_MAX);
        }

        synchronized void expect(Duration lasts) {
            if (asked == 0 && end.isOpen()) {
                closing = getServer().getScheduler().schedule(end::close, lasts.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        synchronized void closed() {
            if (closing != null) {
                closing.cancel();
            }
        }
    }

    /// Connections within one another have one end that is a socket: that one is counted.
    private static @Nullable SocketChannelEndPoint socket(Connection connection) {
        return connection.getEndPoint() instanceof SocketChannelEndPoint socket ? socket : null;
    }

    @Override
    public void onOpened(Connection connection) {
        SocketChannelEndPoint socket = socket(connection);
        SocketAddress address = socket == null ? null : socket.getRemoteSocketAddress();
        if (socket == null || address == null) {
            return;
        }
        var one = new Open(socket, address);
        byEnd.put(socket, one);
        byAddress.put(one.address, one);
        if (bySource.merge(one.source(), 1, Integer::sum) > eachMax) {
            socket.close();
        } else {
            one.expect(firstHeaderMax);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        Open one = byEnd.remove(connection.getEndPoint());
        if (one != null) {
            byAddress.remove(one.address, one);
            bySource.computeIfPresent(one.source(), (_, open) -> open == 1 ? null : open - 1);
            one.closed();
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Open one = byAddress.get(request.getConnectionMetaData().getRemoteSocketAddress());
        if (one != null) {
            one.begin();
            Request.addCompletionListener(request, _ -> one.end());
        }
        return super.handle(request, response, callback);
    }
}
