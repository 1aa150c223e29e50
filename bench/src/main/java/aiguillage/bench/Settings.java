package aiguillage.bench;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/// How a run is to be made.
///
/// @param folder where the servers keep their data; on a disk, or fsync costs nothing
/// @param seconds how long each round measures
/// @param rounds how many rounds there are of each figure
/// @param warmUpSeconds how long servers and load generator run before anything is measured
/// @param clients how many clients at the same time, one figure for each
/// @param full whether to take the long way where there is one
/// @param serverOptions for the Java machine of the servers
public record Settings(
        Path folder,
        double seconds,
        int rounds,
        double warmUpSeconds,
        List<Integer> clients,
        boolean full,
        List<String> serverOptions) {

    public static final int CLIENTS_MAX = 1_024;

    public Settings {
        clients = List.copyOf(clients);
        serverOptions = List.copyOf(serverOptions);
        if (seconds <= 0 || rounds < 1 || clients.isEmpty()) {
            throw new IllegalArgumentException("a run needs rounds, seconds and clients");
        }
        for (int count : clients) {
            if (count < 1 || count > CLIENTS_MAX) {
                throw new IllegalArgumentException("clients are 1 to " + CLIENTS_MAX + ", not " + count);
            }
        }
    }

    /// The same, in a folder of its own.
    Settings in(String name) {
        return new Settings(folder.resolve(name), seconds, rounds, warmUpSeconds, clients, full, serverOptions);
    }

    /// The number of clients for a figure that is defined for `most`; fewer when fewer are asked for.
    public int clientsUpTo(int most) {
        return Math.min(most, Collections.max(clients));
    }

    /// How long each round measures.
    public long millis() {
        return Math.round(1_000 * seconds);
    }

    /// How long nothing is measured.
    public long warmUpMillis() {
        return Math.round(1_000 * warmUpSeconds);
    }
}
