package aiguillage.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/// The clients of all rounds. Connections stay open from round to round, as dealers' do: a round measures documents,
/// not handshakes. Not for several threads.
final class Connections implements AutoCloseable {

    /// Servers close a connection on which nothing came for a minute.
    private static final Duration IDLE_MAX = Duration.ofSeconds(40);

    private final List<SSLContext> dealers;
    private final Map<Integer, List<Client>> open = new HashMap<>();
    private final Map<Client, Long> usedNanos = new HashMap<>();

    /// @param dealers the clients' TLS, in order
    Connections(List<SSLContext> dealers) {
        this.dealers = dealers;
    }

    /// One client of a server for each request. A new connection sends its first one at once: the hub closes those on
    /// which nothing comes for a while, and a few hundred handshakes may take that long.
    List<Client> of(int port, List<Request> requests) throws IOException {
        List<Client> clients = open.computeIfAbsent(port, _ -> new ArrayList<>());
        for (int i = 0; i < requests.size(); i++) {
            if (i == clients.size()) {
                clients.add(started(port, i, requests.get(i)));
            } else if (System.nanoTime() - usedNanos.getOrDefault(clients.get(i), 0L) > IDLE_MAX.toNanos()) {
                drop(clients.get(i));
                clients.set(i, started(port, i, requests.get(i)));
            } else {
                clients.get(i).take(requests.get(i));
            }
        }
        return List.copyOf(clients.subList(0, requests.size()));
    }

    private Client started(int port, int dealer, Request request) throws IOException {
        var client = new Client(dealers.get(dealer), port);
        client.take(request);
        client.send();
        return client;
    }

    /// They have just had their last answer.
    void used(List<Client> clients) {
        clients.forEach(client -> usedNanos.put(client, System.nanoTime()));
    }

    private void drop(Client client) throws IOException {
        usedNanos.remove(client);
        client.close();
    }

    @Override
    public void close() throws IOException {
        for (List<Client> clients : open.values()) {
            for (Client client : clients) {
                drop(client);
            }
        }
    }
}
