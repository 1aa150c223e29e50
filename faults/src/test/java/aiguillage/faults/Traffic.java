package aiguillage.faults;

import aiguillage.gateway.testing.GatewayScene;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The dealer's and the centre's own systems: one writes files at a steady pace, the other takes what it finds into
/// a folder of its own. Each content begins with the fault under which it was sent, so that it can be told at the
/// end what became of it. Safe from several threads.
final class Traffic implements AutoCloseable {

    private static final Duration TAKE_EVERY = Duration.ofMillis(20);
    private static final String ENVELOPE = ".envelope.json";
    private static final String RECEIPT = ".receipt";

    private final GatewayScene dealer;
    private final GatewayScene centre;
    private final Path taken;
    private final AtomicInteger number = new AtomicInteger();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> arrived = new ConcurrentHashMap<>();
    private final Thread taking;
    private volatile boolean ending;
    private volatile @Nullable Thread writing;

    Traffic(GatewayScene dealer, GatewayScene centre, Path taken) throws IOException {
        this.dealer = dealer;
        this.centre = centre;
        this.taken = Files.createDirectory(taken);
        this.taking = Thread.ofPlatform().name("centre's system").start(this::takeAll);
    }

    /// Writes one document, complete at once.
    ///
    /// @return its content
    String write(String fault) throws IOException {
        String name = fault + "-" + number.incrementAndGet();
        String content = name + " " + "x".repeat(1_500);
        sent.add(name);
        dealer.put("fiat", "claim", name + ".txt", content);
        return name;
    }

    /// Writes one every so often, until [#pause].
    void begin(String fault, Duration every) {
        var thread = Thread.ofPlatform().name("dealer's system").unstarted(() -> {
            while (Thread.currentThread() == writing) {
                try {
                    write(fault);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                LockSupport.parkNanos(every.toNanos());
            }
        });
        writing = thread;
        thread.start();
    }

    void pause() {
        Thread thread = writing;
        writing = null;
        if (thread != null) {
            joined(thread);
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeAll() {
        while (!ending) {
            try {
                Path in = centre.dms("fiat", "in", "claim");
                for (String name : GatewayScene.names(in)) {
                    if (!name.endsWith(ENVELOPE)) {
                        take(in, name);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            LockSupport.parkNanos(TAKE_EVERY.toNanos());
        }
    }

    private void take(Path in, String name) throws IOException {
        String content = Files.readString(in.resolve(name));
        int many = arrived.merge(tag(content), 1, Integer::sum);
        Files.move(in.resolve(name), taken.resolve(name + "." + many), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(in.resolve(name + ENVELOPE));
    }

    /// The name with which a content begins.
    static String tag(String content) {
        int end = content.indexOf(' ');
        return end < 0 ? content : content.substring(0, end);
    }

    static boolean isOf(String fault, String tag) {
        return tag.startsWith(fault + "-");
    }

    boolean isDelivered(String name) {
        return arrived.containsKey(name);
    }

    long sent(String fault) {
        return sent.stream().filter(name -> isOf(fault, name)).count();
    }

    List<String> sentNames(String fault) {
        return sent.stream().filter(name -> isOf(fault, name)).toList();
    }

    long delivered(String fault) {
        return arrived.keySet().stream().filter(name -> isOf(fault, name)).count();
    }

    /// Receipts that lie in the dealer's folder, whether right or not.
    long receipts(String fault) throws IOException {
        return receiptNames(fault).size();
    }

    private List<String> receiptNames(String fault) throws IOException {
        return GatewayScene.names(dealer.dms("fiat", "done", "claim")).stream()
                .filter(name -> isOf(fault, name) && name.contains(RECEIPT))
                .toList();
    }

    /// The names of all documents whose receipt lies in the dealer's folder and is proven with the hub's public key.
    Set<String> proven(String fault, LedgerKey.Public key) throws IOException {
        var proven = new HashSet<String>();
        Path done = dealer.dms("fiat", "done", "claim");
        for (String name : receiptNames(fault)) {
            Receipt.verify(Files.readAllBytes(done.resolve(name)), key);
            proven.add(name.substring(0, name.indexOf(".txt")));
        }
        return proven;
    }

    /// What the centre's system took, read again from its folder: a name as often as it came.
    List<String> taken(String fault) throws IOException {
        var names = new ArrayList<String>();
        try (Stream<Path> files = Files.list(taken)) {
            for (Path file : files.toList()) {
                String tag = tag(Files.readString(file));
                if (isOf(fault, tag)) {
                    names.add(tag);
                }
            }
        }
        return names;
    }

    @Override
    public void close() {
        pause();
        ending = true;
        joined(taking);
    }
}
