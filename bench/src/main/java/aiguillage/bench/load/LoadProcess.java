package aiguillage.bench.load;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.json.JsonMapper;

/// The load generator in a process of its own: reads [Order]s, one JSON line each, and answers each with its
/// [Round].
public final class LoadProcess {

    private static final int CREWS_MAX = 2;

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
        List<byte[]> messages = switch (order.kind()) {
            case MESSAGES, MESSAGES_ONCE -> Messages.read(Path.of(order.series()));
            case DOCUMENTS, FOREIGN, STAR, FILES, FLAT, EMPTY -> List.of();
        };
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
        int share = messages.size() / order.clients();
        return switch (order.kind()) {
            case DOCUMENTS -> Request.submission(Site.dealer(client), series, true);
            case FOREIGN -> Request.submission(Site.dealer(client), series, false);
            case STAR -> Request.star(series);
            case FILES, FLAT -> throw new IllegalArgumentException("files are put by FilesProcess");
            case EMPTY -> Request.empty();
            case MESSAGES -> Request.of(messages, client * share);
            case MESSAGES_ONCE -> Request.once(messages, client * share, share);
        };
    }

    private Round measure(Order order, List<Client> clients) throws Exception {
        int crews = Math.min(CREWS_MAX, clients.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(crews)) {
            return Measured.round(site, order, window -> {
                var running = new ArrayList<Future<Crew.Counted>>();
                for (int crew = 0; crew < crews; crew++) {
                    running.add(threads.submit(new Crew(share(clients, crew, crews), window)));
                }
                return running;
            });
        }
    }

    private static List<Client> share(List<Client> clients, int crew, int crews) {
        var share = new ArrayList<Client>();
        for (int i = crew; i < clients.size(); i += crews) {
            share.add(clients.get(i));
        }
        return share;
    }
}
