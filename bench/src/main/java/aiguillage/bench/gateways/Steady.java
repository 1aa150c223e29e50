package aiguillage.bench.gateways;

import aiguillage.bench.server.Site;
import aiguillage.bench.wire.Caller;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/// Dealers that are connected already and submit at a steady pace, whatever else goes on.
final class Steady {

    private static final long EVERY_MILLIS = 40;
    private static final byte[] PAYLOAD = new byte[2_048];

    private final List<SSLContext> dealers;
    private final int first;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<List<Double>>> running = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);

    /// @param first the number of the first of these dealers
    Steady(List<SSLContext> dealers, int first) {
        this.dealers = dealers;
        this.first = first;
    }

    /// Returns when all are connected and each has a receipt.
    Steady begin(int port, String series) throws IOException {
        for (int i = 0; i < dealers.size(); i++) {
            String sender = Site.dealer(first + i).value();
            var caller = new Caller(dealers.get(i), port);
            String own = series + "-" + i + "-";
            caller.call(Caller.submission(sender, Site.FLOW.toString(), own + "first", PAYLOAD), 201);
            Callable<List<Double>> submitting = () -> submit(caller, sender, own);
            running.add(threads.submit(submitting));
        }
        return this;
    }

    /// Each document is due at its own time; one that had to wait for the last one's answer has waited from then.
    private List<Double> submit(Caller caller, String sender, String series) throws IOException, InterruptedException {
        var millis = new ArrayList<Double>();
        try (caller) {
            long due = System.nanoTime();
            do {
                caller.call(Caller.submission(sender, Site.FLOW.toString(), series + millis.size(), PAYLOAD), 201);
                millis.add((System.nanoTime() - due) / 1e6);
                due += TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS);
            } while (!over.await(due - System.nanoTime(), TimeUnit.NANOSECONDS));
        }
        return millis;
    }

    /// @return how many documents; p50, p99 and the longest, in milliseconds from when each was due to its receipt
    double[] end() throws Exception {
        over.countDown();
        var all = new ArrayList<Double>();
        for (Future<List<Double>> one : running) {
            all.addAll(one.get());
        }
        threads.shutdown();
        all.sort(null);
        int last = all.size() - 1;
        return new double[] {all.size(), all.get(last / 2), all.get((int) (0.99 * last)), all.get(last)};
    }
}
