package aiguillage.hub.door;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/// The bodies that are being read. One that comes too slowly is given up: a server's idle limit starts anew with
/// every byte, so one byte now and then would hold a connection for ever. Safe from any thread.
final class Uploads {

    /// Every body has this long, however small.
    static final Duration PATIENCE = Duration.ofSeconds(15);

    /// Beyond that a body must have come at this rate on average.
    static final long BYTES_PER_SECOND_MIN = 16_000;

    private static final Duration CLOSED_AFTER = Duration.ofSeconds(1);

    private final Set<Upload> open = ConcurrentHashMap.newKeySet();

    /// A body that is being read; end it in any case. Whoever ends it first decides: it came in time, or it is
    /// given up.
    final class Upload {

        private final Call call;
        private final long beganNanos = System.nanoTime();

        private Upload(Call call) {
            this.call = call;
        }

        private void begin() {
            Visitor visitor = call.visitor();
            if (visitor != null) {
                visitor.quota().uploadBegins();
            }
            open.add(this);
        }

        /// @return whether nobody had ended it before
        boolean end() {
            boolean isFirst = open.remove(this);
            Visitor visitor = call.visitor();
            if (isFirst && visitor != null) {
                visitor.quota().uploadEnds();
            }
            return isFirst;
        }

        private boolean isTooSlow() {
            long elapsed = System.nanoTime() - beganNanos;
            long late = elapsed - PATIENCE.toNanos();
            return late > 0
                    && Request.getContentBytesRead(call.request()) < late / 1_000_000_000.0 * BYTES_PER_SECOND_MIN;
        }
    }

    /// @throws Refused when its party has too many open
    Upload begin(Call call) {
        var upload = new Upload(call);
        upload.begin();
        return upload;
    }

    /// Gives up what is too slow; to be called every second.
    void sweep() {
        for (Upload upload : open) {
            if (upload.isTooSlow() && upload.end()) {
                upload.call.refuse(new Refused(
                        Problem.TOO_SLOW,
                        "A body has " + PATIENCE.toSeconds() + " seconds, and then needs " + BYTES_PER_SECOND_MIN
                                + " bytes per second."));
                closeSoon(upload.call.request().getConnectionMetaData());
            }
        }
    }

    /// A connection of HTTP/1.1 is of no more use once a body was given up; one of HTTP/2 has other streams.
    private static void closeSoon(ConnectionMetaData connection) {
        if (connection.getHttpVersion() != HttpVersion.HTTP_2) {
            connection.getConnection().getEndPoint().setIdleTimeout(CLOSED_AFTER.toMillis());
        }
    }
}
