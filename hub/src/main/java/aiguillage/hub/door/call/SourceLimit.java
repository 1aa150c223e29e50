package aiguillage.hub.door.call;

import aiguillage.hub.login.Source;
import aiguillage.hub.memory.Latest;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// How often one source (see [#source]) may try: so many times at once, then one more each interval. Remembers
/// the last [#SOURCES_MAX] sources. Safe from any thread.
public final class SourceLimit {

    static final int SOURCES_MAX = 10_000;

    private final String who;
    private final int tries;
    private final Duration interval;
    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets = Latest.used(SOURCES_MAX);

    /// @param nanos a clock that nobody sets, as [System#nanoTime]: one set back would keep everybody waiting
    public SourceLimit(int tries, Duration interval, LongSupplier nanos) {
        this("One address", tries, interval, nanos);
    }

    /// @param who may try so often, as the beginning of a sentence
    public SourceLimit(String who, int tries, Duration interval, LongSupplier nanos) {
        this.who = who;
        this.tries = tries;
        this.interval = interval;
        this.nanos = nanos;
    }

    /// @param left tries left at `at`
    private record Bucket(double left, long at) {}

    /// The [Source] of a connection.
    public static String source(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress internet && internet.getAddress() != null
                ? Source.of(internet.getAddress()).text()
                : String.valueOf(address);
    }

    public static String source(Request request) {
        return source(request.getConnectionMetaData().getRemoteSocketAddress());
    }

    /// Takes one try.
    ///
    /// @throws Refused when the source has none left
    public void take(String source) {
        require(source, 1);
    }

    /// Takes none.
    ///
    /// @throws Refused when the source has none left
    public void require(String source) {
        require(source, 0);
    }

    private synchronized void require(String source, int taken) {
        long now = nanos.getAsLong();
        Bucket bucket = buckets.get(source);
        double left = tries;
        if (bucket != null) {
            double regained = (double) (now - bucket.at) / interval.toNanos();
            left = Math.min(tries, bucket.left + Math.max(0, regained));
        }
        if (left < 1) {
            throw new Refused(
                            Problem.TOO_MANY_REQUESTS,
                            who + " may try " + tries + " times, and then once in " + interval.toSeconds() + " s.")
                    .with("retryAfter", interval.toSeconds());
        }
        if (bucket != null || taken > 0) {
            buckets.put(source, new Bucket(left - taken, now));
        }
    }
}
