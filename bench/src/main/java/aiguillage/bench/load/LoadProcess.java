package aiguillage.bench.load;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.Receipt;
import aiguillage.protocol.proof.Statement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.json.JsonMapper;

/// The load generator in a process of its own: reads [Order]s, one JSON line each, and answers each with its
/// [Round].
public final class LoadProcess {

    private static final int CREWS_MAX = 2;

    /// Between the first request and the measured window.
    private static final Duration RAMP = Duration.ofMillis(300);

    private final Connections connections;
    private final Site site;

    private LoadProcess(Site site, int dealerCount) throws IOException {
        this.site = site;
        connections = new Connections(site.dealers(dealerCount));
    }

    /// @param arguments the site's folder, and the most clients there will be
    public static void main(String[] arguments) throws Exception {
        var load = new LoadProcess(new Site(Path.of(arguments[0])), Integer.parseInt(arguments[1]));
        var json = new JsonMapper();
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Child.say("ready");
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            Round round = load.run(json.readValue(line, Order.class));
            Child.say(json.writeValueAsString(round));
        }
        load.connections.close();
    }

    private Round run(Order order) throws Exception {
        List<byte[]> messages =
                order.kind() == Order.Kind.MESSAGES ? Messages.read(Path.of(order.series())) : List.of();
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < order.clients(); i++) {
            requests.add(request(order, i, messages));
        }
        List<Client> clients = connections.of(order.port(), requests);
        Round round = measure(order, clients);
        connections.used(clients);
        return round;
    }

    private static Request request(Order order, int client, List<byte[]> messages) {
        String series = order.series() + "-" + client;
        return switch (order.kind()) {
            case DOCUMENTS -> Request.submission(Site.dealer(client), series, true);
            case FOREIGN -> Request.submission(Site.dealer(client), series, false);
            case EMPTY -> Request.empty();
            case MESSAGES -> Request.of(messages, client * messages.size() / order.clients());
        };
    }

    private Round measure(Order order, List<Client> clients) throws Exception {
        int crews = Math.min(CREWS_MAX, clients.size());
        long begin = System.nanoTime() + RAMP.toNanos();
        var window =
                new Crew.Window(begin, begin + Duration.ofMillis(order.millis()).toNanos());
        try (ExecutorService threads = Executors.newFixedThreadPool(crews)) {
            var running = new ArrayList<Future<Crew.Counted>>();
            for (int crew = 0; crew < crews; crew++) {
                running.add(threads.submit(new Crew(share(clients, crew, crews), window)));
            }
            Thread.sleep(RAMP);
            ProcessHandle server = ProcessHandle.of(order.pid()).orElseThrow();
            Duration serverBefore = cpu(server);
            Duration clientBefore = cpu(ProcessHandle.current());
            Thread.sleep(Duration.ofMillis(order.millis()));
            Duration serverTook = cpu(server).minus(serverBefore);
            Duration clientTook = cpu(ProcessHandle.current()).minus(clientBefore);
            var counted = new ArrayList<Crew.Counted>();
            for (Future<Crew.Counted> crew : running) {
                counted.add(crew.get());
            }
            return round(order, counted, serverTook, clientTook);
        }
    }

    private static List<Client> share(List<Client> clients, int crew, int crews) {
        var share = new ArrayList<Client>();
        for (int i = crew; i < clients.size(); i += crews) {
            share.add(clients.get(i));
        }
        return share;
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private Round round(Order order, List<Crew.Counted> counted, Duration server, Duration client) throws IOException {
        long answered = counted.stream().mapToLong(Crew.Counted::answered).sum();
        int[] micros = counted.stream()
                .flatMapToInt(crew -> Arrays.stream(crew.micros()))
                .sorted()
                .toArray();
        if (micros.length == 0) {
            return new Round(answered, 0, 0, 0, 0, 0, verify(counted)); // a slow one's first seconds
        }
        return new Round(
                answered,
                micros.length * 1_000.0 / order.millis(),
                millis(micros, 0.5),
                millis(micros, 0.99),
                server.toNanos() / 1_000.0 / micros.length,
                client.toNanos() / 1_000.0 / micros.length,
                verify(counted));
    }

    private static double millis(int[] sortedMicros, double quantile) {
        return sortedMicros[(int) (quantile * (sortedMicros.length - 1))] / 1_000.0;
    }

    private int verify(List<Crew.Counted> counted) throws IOException {
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
