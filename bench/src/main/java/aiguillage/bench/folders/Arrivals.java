package aiguillage.bench.folders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;

/// The centre's DMS: notes when each document comes into its folder, and takes it away.
final class Arrivals implements AutoCloseable {

    private static final String ENVELOPE = ".envelope.json";

    private final Path folder;
    private final WatchService watch;
    private final Thread thread;
    private final Map<String, Long> nanos = new HashMap<>();
    private int twice;

    /// @param folder where deliveries come in
    Arrivals(Path folder) throws IOException {
        this.folder = folder;
        this.watch = folder.getFileSystem().newWatchService();
        folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
        thread = Thread.ofPlatform().name("arrivals").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = watch.take();
                long now = System.nanoTime();
                for (WatchEvent<?> event : key.pollEvents()) {
                    if (event.context() instanceof Path name) {
                        take(folder.resolve(name), now);
                    } else {
                        throw new IllegalStateException("the system lost reports about " + folder);
                    }
                }
                key.reset();
            }
        } catch (ClosedWatchServiceException | InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(Path file, long now) throws IOException {
        if (!file.toString().endsWith(ENVELOPE)) {
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            Files.delete(file);
            synchronized (this) {
                twice += nanos.put(text.substring(0, text.indexOf('\n')), now) == null ? 0 : 1;
                notifyAll();
            }
        }
    }

    /// Waits until so many have come.
    ///
    /// @return when each came, by its first line; the next call counts from nothing again
    /// @throws IOException when they did not come, or one came twice
    synchronized Map<String, Long> await(int count, long millisMax) throws IOException, InterruptedException {
        long end = System.nanoTime() + millisMax * 1_000_000;
        while (nanos.size() < count) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IOException(nanos.size() + " of " + count + " documents came into " + folder.getFileName()
                        + " within " + millisMax + " ms");
            }
            wait(left);
        }
        if (nanos.size() > count || twice > 0) {
            throw new IOException(count + " documents were sent, and " + (nanos.size() + twice) + " came");
        }
        var came = Map.copyOf(nanos);
        nanos.clear();
        return came;
    }

    @Override
    public void close() throws IOException {
        watch.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
