package aiguillage.app.dataset;

import aiguillage.app.terminal.Terminal;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Tells on `err` how far something long is: nothing in its first two seconds, then a line a second while a file goes
/// out, and one every five seconds while the other end works. A thread of its own tells.
final class Watch implements AutoCloseable {

    private static final int FIRST_SECONDS = 2;
    private static final int EVERY_SECONDS = 5;
    private static final double MEGA = 1e6;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("watch").factory());
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong toSend = new AtomicLong();
    private final Terminal terminal;
    private final String step;
    private int seconds = FIRST_SECONDS; // only the thread's

    private Watch(Terminal terminal, String step) {
        this.terminal = terminal;
        this.step = step;
    }

    /// Begins to watch.
    ///
    /// @param step what the other end does once it has all it needs, as in "The hub compares"
    static Watch begin(Terminal terminal, String step) {
        var watch = new Watch(terminal, step);
        var _ = watch.thread.scheduleAtFixedRate(watch::tell, FIRST_SECONDS, 1, TimeUnit.SECONDS);
        return watch;
    }

    private void tell() {
        long done = sent.get();
        long of = toSend.get();
        if (done < of) {
            terminal.err().println(sending(done, of));
        } else if ((seconds - FIRST_SECONDS) % EVERY_SECONDS == 0) {
            terminal.err().println(step + ": " + seconds + " s.");
        }
        terminal.err().flush();
        seconds++;
    }

    static String sending(long done, long of) {
        return String.format(Locale.ROOT, "Sent %.1f of %.1f MB.", done / MEGA, of / MEGA);
    }

    /// A file as a body whose bytes are counted as they go out.
    HttpRequest.BodyPublisher body(Path file) throws IOException {
        long bytes = Files.size(file);
        toSend.set(bytes);
        HttpRequest.BodyPublisher stream = HttpRequest.BodyPublishers.ofInputStream(() -> open(file));
        return bytes == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.fromPublisher(stream, bytes);
    }

    /// Called for each try.
    private InputStream open(Path file) {
        try {
            sent.set(0);
            return new FilterInputStream(Files.newInputStream(file)) {
                @Override
                public int read(byte[] into, int from, int most) throws IOException {
                    int count = super.read(into, from, most);
                    sent.addAndGet(Math.max(count, 0));
                    return count;
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
