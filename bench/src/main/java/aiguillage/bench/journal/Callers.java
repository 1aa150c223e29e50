package aiguillage.bench.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Callers that each wait until their record is durable before they bring the next.
public final class Callers {

    /// How many wait for their answer at any time.
    public static final int COUNT = 256;

    private final AtomicLong numbers = new AtomicLong();

    /// Keeps an appender busy.
    ///
    /// @return records per second
    public double perSecond(Appender appender, int payloadBytes, long millis) throws InterruptedException {
        long begin = System.nanoTime();
        long end = begin + millis * 1_000_000;
        long done = 0;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> running = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                running.add(callers.submit(() -> call(appender, payloadBytes, end)));
            }
            for (Future<Long> caller : running) {
                done += caller.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a record did not become durable: " + e.getMessage(), e);
        }
        return done * 1e9 / (System.nanoTime() - begin);
    }

    private long call(Appender appender, int payloadBytes, long end) {
        long done = 0;
        while (System.nanoTime() - end < 0) {
            long number = numbers.incrementAndGet();
            appender.append(number, payload(number, payloadBytes)).join();
            done++;
        }
        return done;
    }

    private static byte[] payload(long number, int bytes) {
        byte[] payload = new byte[bytes];
        byte[] id = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(id, 0, payload, 0, id.length);
        return payload;
    }
}
