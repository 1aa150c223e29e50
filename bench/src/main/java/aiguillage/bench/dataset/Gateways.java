package aiguillage.bench.dataset;

import aiguillage.bench.server.Site;
import aiguillage.bench.wire.Loop;
import aiguillage.protocol.proof.LedgerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// All gateways of one server: first those with a whole replica, then the light ones.
final class Gateways implements AutoCloseable {

    /// So many handshakes are under way at the same time while they connect.
    private static final int AT_ONCE = 64;

    /// Replicas that come to be durable wait for the disk, not for a processor.
    private static final int TAKERS = 8;

    private static final int FOLDERS = 2;

    private static final JsonMapper JSON = new JsonMapper();

    private final List<Loop> loops = List.of(new Loop("gateways-0"), new Loop("gateways-1"));
    private final ExecutorService takers = Executors.newFixedThreadPool(TAKERS);
    private final ExecutorService folders = Executors.newFixedThreadPool(FOLDERS);
    private final List<FullReplica> replicas;
    private final List<EventStream> streams = new ArrayList<>();
    private final int count;
    private volatile @Nullable Round round;
    private volatile Instant published = Instant.EPOCH;

    /// What is waited for now.
    ///
    /// @param adopted when it was durable at each whole replica
    /// @param seen when it was answered from at each gateway
    /// @param exact when the rows of each whole replica were compared with the signed root; null: they are
    ///     not folded
    record Round(Reached adopted, Reached seen, @Nullable Reached exact) {

        void failed(Throwable why) {
            adopted.failed(why);
            seen.failed(why);
            if (exact != null) {
                exact.failed(why);
            }
        }
    }

    /// @param replicas whole ones
    /// @param count how many gateways there are, with these
    Gateways(List<FullReplica> replicas, int count) throws IOException {
        this.replicas = List.copyOf(replicas);
        this.count = count;
    }

    /// Makes a replica of what another one has, without doing its work again. Tables of RocksDB never change:
    /// they are shared.
    ///
    /// @param from the folder of one that is closed
    static void copy(Path from, Path to) throws IOException {
        Path rows = Files.createDirectories(to.resolve("rows"));
        try (var files = Files.newDirectoryStream(from.resolve("rows"), Files::isRegularFile)) {
            for (Path file : files) {
                Path name = file.getFileName();
                if (name.toString().endsWith(".sst")) {
                    Files.createLink(rows.resolve(name), file);
                } else if (!name.toString().equals("LOCK")) {
                    Files.copy(file, rows.resolve(name));
                }
            }
        }
    }

    /// Connects all.
    ///
    /// @param dealers one for each
    void open(List<SSLContext> dealers, int port) throws IOException, InterruptedException {
        var opened = new Reached(count);
        var free = new Semaphore(AT_ONCE);
        for (int i = 0; i < count; i++) {
            int number = i;
            free.acquire();
            Runnable arrived = () -> {
                opened.came(number);
                free.release();
            };
            var stream = new EventStream(taker(number, arrived, why -> {
                opened.failed(why);
                free.release(count);
                failed(why);
            }));
            streams.add(stream);
            loops.get(i % loops.size()).connect(dealers.get(i), port, "http/1.1", stream);
        }
        opened.all();
    }

    private EventStream.Taker taker(int number, Runnable arrived, Consumer<IOException> lost) {
        if (number >= replicas.size()) {
            return new LightGateway(arrived, () -> seen(number), lost);
        }
        return new EventStream.Taker() {
            @Override
            public void opened() {
                arrived.run();
            }

            @Override
            public void came(String event, String data) {
                if (event.startsWith("dataset")) {
                    takers.execute(() -> take(number, data));
                }
            }

            @Override
            public void lost(IOException why) {
                lost.accept(why);
            }
        };
    }

    private void seen(int number) {
        Round now = round;
        if (now != null) {
            now.seen().came(number);
        }
    }

    private void failed(Throwable why) {
        Round now = round;
        if (now != null) {
            now.failed(why);
        }
    }

    private void take(int number, String data) {
        FullReplica replica = replicas.get(number);
        Round now = round;
        try {
            FullReplica.Taken taken;
            synchronized (replica) {
                taken = replica.take(JSON.readTree(data));
            }
            if (now == null || taken == null) {
                return;
            }
            published = taken.published();
            now.adopted().came(number);
            if (taken.isSeen()) {
                now.seen().came(number);
            }
            Reached exact = now.exact();
            if (exact != null) {
                folders.execute(() -> exact(replica, number, taken.version(), exact));
            }
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void exact(FullReplica replica, int number, long version, Reached exact) {
        try {
            synchronized (replica) {
                replica.requireExact(version);
            }
            exact.came(number);
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    /// From now on arrivals are noted.
    ///
    /// @param folds whether rows are folded, and compared with the root
    Round begin(boolean folds) {
        var next = new Round(
                new Reached(replicas.size()), new Reached(count), folds ? new Reached(replicas.size()) : null);
        round = next;
        return next;
    }

    /// Folds all whole replicas.
    void fold() throws IOException, InterruptedException {
        List<Future<?>> folding = new ArrayList<>();
        for (FullReplica replica : replicas) {
            folding.add(folders.submit(() -> {
                synchronized (replica) {
                    replica.fold();
                }
                return replica;
            }));
        }
        try {
            for (Future<?> one : folding) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a replica was not folded: " + e.getCause(), e);
        }
    }

    /// Bytes that came to the first gateway, on its stream and beside it.
    long bytesOfFirst() {
        return streams.getFirst().bytes()
                + (replicas.isEmpty() ? 0 : replicas.getFirst().bytes());
    }

    /// The layer that came to the first gateway last.
    byte[] layerOfFirst() throws IOException {
        FullReplica first = replicas.getFirst();
        synchronized (first) {
            return first.layer();
        }
    }

    /// Bytes that came to the last gateway on its stream.
    long bytesOfLast() {
        return streams.getLast().bytes();
    }

    /// When the hub took the version in that came last.
    Instant published() {
        return published;
    }

    int count() {
        return count;
    }

    @Override
    public void close() {
        round = null;
        takers.shutdown();
        folders.shutdown();
        loops.forEach(Loop::close);
        replicas.forEach(FullReplica::close);
    }

    /// The whole replicas, the first of which has taken in all there is, and folded it.
    ///
    /// @param folder of all of them
    /// @param dealers one for each
    static List<FullReplica> prepared(
            Path folder, List<SSLContext> dealers, int port, LedgerKey.Public key, String probe) throws IOException {
        Path first = folder.resolve("replica-0");
        try (var replica = new FullReplica(Site.PRICES, first, dealers.getFirst(), port, key, probe)) {
            replica.catchUp();
            replica.fold();
        }
        new FullReplica(Site.PRICES, first, dealers.getFirst(), port, key, probe)
                .close(); // what was in its log is in tables now
        List<FullReplica> all = new ArrayList<>();
        for (int i = 0; i < dealers.size(); i++) {
            Path own = folder.resolve("replica-" + i);
            if (i > 0) {
                copy(first, own);
            }
        }
        for (int i = 0; i < dealers.size(); i++) {
            all.add(new FullReplica(Site.PRICES, folder.resolve("replica-" + i), dealers.get(i), port, key, probe));
        }
        return all;
    }
}
