package aiguillage.bench.load;

import aiguillage.bench.server.Site;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.Receipt;
import aiguillage.protocol.proof.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Measures one round, whoever sends the requests.
final class Measured {

    /// Between the first request and the measured window.
    private static final Duration RAMP = Duration.ofMillis(300);

    private Measured() {}

    /// @param begin lets requests run until the window ends
    static Round round(Site site, Order order, Function<Crew.Window, List<? extends Future<Crew.Counted>>> begin)
            throws Exception {
        long from = System.nanoTime() + RAMP.toNanos();
        var window =
                new Crew.Window(from, from + Duration.ofMillis(order.millis()).toNanos());
        List<? extends Future<Crew.Counted>> running = begin.apply(window);
        Thread.sleep(RAMP);
        ProcessHandle server = ProcessHandle.of(order.pid()).orElseThrow();
        Duration serverBefore = cpu(server);
        Duration clientBefore = cpu(ProcessHandle.current());
        Thread.sleep(Duration.ofMillis(order.millis()));
        Duration serverTook = cpu(server).minus(serverBefore);
        Duration clientTook = cpu(ProcessHandle.current()).minus(clientBefore);
        var counted = new ArrayList<Crew.Counted>();
        for (Future<Crew.Counted> one : running) {
            counted.add(one.get());
        }
        return rounded(site, order, counted, serverTook, clientTook);
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private static Round rounded(Site site, Order order, List<Crew.Counted> counted, Duration server, Duration client)
            throws IOException {
        long answered = counted.stream().mapToLong(Crew.Counted::answered).sum();
        int[] micros = counted.stream()
                .flatMapToInt(crew -> Arrays.stream(crew.micros()))
                .sorted()
                .toArray();
        if (micros.length == 0) {
            return new Round(answered, 0, 0, 0, 0, 0, verify(site, counted)); // a slow one's first seconds
        }
        return new Round(
                answered,
                micros.length * 1_000.0 / order.millis(),
                millis(micros, 0.5),
                millis(micros, 0.99),
                server.toNanos() / 1_000.0 / micros.length,
                client.toNanos() / 1_000.0 / micros.length,
                verify(site, counted));
    }

    private static double millis(int[] sortedMicros, double quantile) {
        return sortedMicros[(int) (quantile * (sortedMicros.length - 1))] / 1_000.0;
    }

    private static int verify(Site site, List<Crew.Counted> counted) throws IOException {
        List<Crew.Kept> kept =
                counted.stream().flatMap(crew -> crew.kept().stream()).toList();
        if (kept.isEmpty()) {
            return 0;
        }
        LedgerKey.Public key = LedgerKey.Public.ofText(Files.readString(site.ledgerKey()));
        for (Crew.Kept each : kept) {
            Statement statement = Receipt.verify(each.receipt(), key);
            if (!each.id().equals(statement.facts().get("id"))) {
                throw new IOException("the receipt of " + each.id() + " is of another document: " + statement);
            }
        }
        return kept.size();
    }
}
