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

    /// The first `count` clients of a server.
    List<Client> of(int port, int count) throws IOException {
        List<Client> clients = open.computeIfAbsent(port, _ -> new ArrayList<>());
        for (int i = 0; i < count; i++) {
            if (i == clients.size()) {
                clients.add(new Client(dealers.get(i), port));
            } else if (System.nanoTime() - usedNanos.getOrDefault(clients.get(i), 0L) > IDLE_MAX.toNanos()) {
                drop(clients.get(i));
                clients.set(i, new Client(dealers.get(i), port));
            }
        }
        return List.copyOf(clients.subList(0, count));
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
