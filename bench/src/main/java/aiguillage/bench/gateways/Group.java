package aiguillage.bench.gateways;

import aiguillage.bench.wire.Loop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Gateways that are connected to one server. Safe from any thread.
final class Group {

    private static final long PATIENCE_SECONDS = 180;

    private final List<Loop> loops;
    private final List<SSLContext> dealers;
    private final int port;
    private final Gateway.Arrival arrival;
    private final Gateway[] gateways;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger retries = new AtomicInteger();
    private final CountDownLatch arriving;
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    private volatile @Nullable Awaited awaited;

    Group(List<Loop> loops, List<SSLContext> dealers, int port, int count, Gateway.Arrival arrival) {
        this.loops = loops;
        this.dealers = dealers;
        this.port = port;
        this.arrival = arrival;
        this.gateways = new Gateway[count];
        this.arriving = new CountDownLatch(count);
    }

    /// When a delivery that all wait for came to each.
    private static final class Awaited {
        final long[] nanos;
        final CountDownLatch missing;
        final AtomicLong bytes = new AtomicLong();

        Awaited(int count) {
            nanos = new long[count];
            missing = new CountDownLatch(count);
        }
    }

    /// Connects all.
    ///
    /// @param atOnce how many may be under way at the same time
    /// @return how long it took, in seconds
    double open(int atOnce) throws IOException, InterruptedException {
        long began = System.nanoTime();
        for (int i = 0; i < Math.min(atOnce, gateways.length); i++) {
            connectNext();
        }
        if (!arriving.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(
                    arriving.getCount() + " of " + gateways.length + " gateways did not arrive in time", failure.get());
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private void connectNext() {
        int number = next.getAndIncrement();
        if (number < gateways.length) {
            connect(number);
        }
    }

    private void connect(int number) {
        var gateway = new Gateway(this, number, arrival);
        gateways[number] = gateway;
        loops.get(number % loops.size()).connect(dealers.get(number % dealers.size()), port, "http/1.1", gateway);
    }

    /// How often a gateway had to try again.
    int retries() {
        return retries.get();
    }

    void arrived() {
        arriving.countDown();
        connectNext();
    }

    void lost(int number, boolean arrived, IOException why) {
        failure.compareAndSet(null, why);
        if (!arrived) {
            retries.incrementAndGet();
            connect(number);
        }
    }

    void came(int number, int bytes, int deliveries) {
        Awaited now = awaited;
        if (now == null) {
            return;
        }
        now.bytes.addAndGet(bytes);
        if (deliveries > 0 && now.nanos[number] == 0) {
            now.nanos[number] = System.nanoTime();
            now.missing.countDown();
        }
    }

    @FunctionalInterface
    interface Cause {
        void bring() throws IOException;
    }

    /// Brings about a delivery to all and waits for it.
    ///
    /// @return p50, p99 and the last, in milliseconds from the moment it was begun; bytes that came to each
    double[] reach(Cause cause) throws IOException, InterruptedException {
        var now = new Awaited(gateways.length);
        awaited = now;
        long began = System.nanoTime();
        cause.bring();
        if (!now.missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(now.missing.getCount() + " gateways were not reached", failure.get());
        }
        awaited = null;
        double[] millis = Arrays.stream(now.nanos)
                .mapToDouble(nanos -> (nanos - began) / 1e6)
                .sorted()
                .toArray();
        int last = millis.length - 1;
        return new double[] {
            millis[last / 2], millis[(int) (0.99 * last)], millis[last], (double) now.bytes.get() / gateways.length
        };
    }

    /// Requires that no connection was lost since all arrived.
    void requireWhole() throws IOException {
        IOException lost = failure.get();
        if (lost != null && retries.get() == 0) {
            throw new IOException("a gateway lost its connection: " + lost.getMessage(), lost);
        }
    }

    /// Ends all connections, and waits for it.
    void close() throws InterruptedException {
        var done = new CountDownLatch(loops.size());
        for (Loop loop : loops) {
            var own = new ArrayList<Gateway>();
            for (int i = loops.indexOf(loop); i < gateways.length; i += loops.size()) {
                own.add(gateways[i]);
            }
            loop.run(() -> {
                own.forEach(Gateway::close);
                done.countDown();
            });
        }
        if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("connections did not end");
        }
    }
}
