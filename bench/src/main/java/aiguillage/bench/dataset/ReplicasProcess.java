package aiguillage.bench.dataset;

import aiguillage.bench.bulk.CopyProcess;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import aiguillage.bench.wire.Caller;
import aiguillage.pki.CertificateUse;
import aiguillage.protocol.proof.LedgerKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// All gateways with the price list, in a process of their own. Orders, one line each, and their answers:
///
/// - `open PORT PROBE`: makes the whole replicas ready and connects everybody; PROBE is a part that is always
///   there
/// - `loop PORT`: connects as many light ones to an [aiguillage.bench.gateways.StreamsProcess]
/// - `reach FILE`: publishes changes; ms from its first byte until they were seen: p50, p99 and last of all
///   gateways, p99 of the whole replicas; bytes that came to one
/// - `write BYTES`: has the loop write so many bytes to all; p50, p99, last in ms
/// - `change FILE`: publishes changes; s from the hub's taking them in until all whole replicas answer from
///   them, and until all are compared with the signed root
/// - `row FILE`: publishes changes; ms from the hub's taking them in until all answer from them
/// - `seal FILE EFFECTIVE`: publishes a sealed version, and waits until it is everywhere; ms from that
///   instant until all answer from it
/// - `layer FILE`: writes the layer that the first whole replica fetched last into a file
/// - `copies PORT BYTES`: takes as many files from a [CopyProcess] as there are whole replicas, each synced;
///   s
/// - `fold`: puts what holds among all rows
/// - `bytes`: that came to the first gateway so far
public final class ReplicasProcess {

    private final Site site;
    private final List<SSLContext> dealers;
    private final int full;
    private @Nullable Gateways gateways;
    private @Nullable Gateways loop;
    private @Nullable Publisher publisher;
    private int loopPort;

    private ReplicasProcess(Site site, int full, int light) throws IOException {
        this.site = site;
        this.full = full;
        this.dealers = site.dealersTls(full + light);
    }

    /// @param arguments the site's folder, how many gateways have a whole replica, and how many have not
    public static void main(String[] arguments) {
        try {
            run(arguments);
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1); // loops and replicas have threads of their own
        }
    }

    private static void run(String[] arguments) throws Exception {
        var replicas = new ReplicasProcess(
                new Site(Path.of(arguments[0])), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Child.say("ready");
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            Child.say(replicas.obey(line.split(" ", -1)));
        }
        replicas.close();
    }

    private String obey(String[] order) throws Exception {
        return switch (order[0]) {
            case "open" -> open(Integer.parseInt(order[1]), order[2]);
            case "loop" -> {
                loopPort = Integer.parseInt(order[1]);
                loop = new Gateways(List.of(), dealers.size());
                loop.open(dealers, loopPort);
                yield "open";
            }
            case "reach" -> numbers(reach(Path.of(order[1])));
            case "write" -> numbers(write(Integer.parseInt(order[1])));
            case "change" -> numbers(change(Path.of(order[1])));
            case "row" -> numbers(row(Path.of(order[1])));
            case "seal" -> numbers(seal(Path.of(order[1]), Instant.parse(order[2])));
            case "layer" -> {
                Files.write(Path.of(order[1]), gateways().layerOfFirst());
                yield "written";
            }
            case "copies" -> numbers(copies(Integer.parseInt(order[1]), Integer.parseInt(order[2])));
            case "fold" -> {
                gateways().fold();
                yield "folded";
            }
            case "bytes" -> Long.toString(gateways().bytesOfFirst());
            default -> throw new IllegalArgumentException("no such order: " + order[0]);
        };
    }

    private Gateways gateways() {
        return Objects.requireNonNull(gateways, "nobody is connected");
    }

    private Publisher publisher() {
        return Objects.requireNonNull(publisher, "nobody is connected");
    }

    private String open(int port, String probe) throws Exception {
        LedgerKey.Public key = LedgerKey.Public.ofText(Files.readString(site.ledgerKey()));
        List<FullReplica> replicas = full == 0
                ? List.of()
                : Gateways.prepared(site.folder().resolve("replicas"), dealers.subList(0, full), port, key, probe);
        gateways = new Gateways(replicas, dealers.size());
        gateways.open(dealers, port);
        publisher = new Publisher(site, port);
        return "open";
    }

    private double[] reach(Path file) throws Exception {
        long before = gateways().bytesOfLast();
        Gateways.Round round = gateways().begin(false);
        Publisher.Made made = publisher().publish(Site.PRICES, file, ListStage.DELTA);
        Reached seen = round.seen().all();
        int all = gateways().count();
        return new double[] {
            seen.millis(made.began(), all, 0.5),
            seen.millis(made.began(), all, 0.99),
            seen.millis(made.began(), all, 1),
            full == 0 ? 0 : seen.millis(made.began(), full, 0.99),
            gateways().bytesOfLast() - before
        };
    }

    private double[] write(int bytes) throws Exception {
        Gateways others = Objects.requireNonNull(loop, "the loop has nobody");
        Gateways.Round round = others.begin(false);
        byte[] request = ("POST /" + bytes + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        try (var caller = new Caller(site.tls(Site.MANUFACTURER, new CertificateUse.Client()), loopPort)) {
            long began = Reached.now();
            caller.call(request, 204);
            Reached seen = round.seen().all();
            return new double[] {
                seen.millis(began, others.count(), 0.5),
                seen.millis(began, others.count(), 0.99),
                seen.millis(began, others.count(), 1)
            };
        }
    }

    private double[] change(Path file) throws Exception {
        Gateways.Round round = gateways().begin(true);
        publisher().publish(Site.PRICES, file, ListStage.DELTA);
        Reached exact = Objects.requireNonNull(round.exact()).all();
        long published = Reached.of(gateways().published());
        return new double[] {round.seen().millis(published, full, 1) / 1_000, exact.millis(published, full, 1) / 1_000};
    }

    private double[] row(Path file) throws Exception {
        Gateways.Round round = gateways().begin(false);
        publisher().publish(Site.PRICES, file, ListStage.DELTA);
        Reached seen = round.seen().all();
        return new double[] {seen.millis(Reached.of(gateways().published()), full, 1)};
    }

    private double[] seal(Path file, Instant effective) throws Exception {
        Gateways.Round round = gateways().begin(false);
        publisher().publish(Site.PRICES, file, "sealed=true&effective=" + effective);
        round.adopted().all();
        if (!Instant.now().isBefore(effective)) {
            throw new IOException("the sealed version was not everywhere at " + effective + ", when it was to hold");
        }
        return new double[] {round.seen().all().millis(Reached.of(effective), full, 1)};
    }

    private double[] copies(int port, int bytes) throws IOException {
        var buffer = new byte[bytes];
        try (var caller = new Caller(dealers.getFirst(), port)) {
            long began = System.nanoTime();
            for (int i = 0; i < full; i++) {
                byte[] order = ByteBuffer.allocate(1 + Long.BYTES)
                        .put((byte) CopyProcess.SEND)
                        .putLong(bytes)
                        .array();
                caller.send(order, order.length);
                if (caller.body().readNBytes(buffer, 0, bytes) < bytes) {
                    throw new IOException("a copy broke off");
                }
                write(site.folder().resolve("copy-" + i), buffer);
            }
            return new double[] {(System.nanoTime() - began) / 1e9};
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private static String numbers(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(" "));
    }

    private void close() {
        if (gateways != null) {
            gateways.close();
        }
        if (loop != null) {
            loop.close();
        }
    }
}
