package aiguillage.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// What a hub says of its journal, for comparing with what it promised.
public final class JournalEntries {

    private static final String ENTRIES = "aiguillage_journal_entries ";

    private JournalEntries() {}

    /// Compares the hub's entries with the documents it said it has accepted; the routing table is one more.
    ///
    /// @throws IOException when they do not fit together
    public static void require(int operationsPort, long accepted) throws IOException, InterruptedException {
        String metrics;
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operationsPort + "/metrics"));
            metrics = client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
        long entries = metrics.lines()
                .filter(line -> line.startsWith(ENTRIES))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(ENTRIES.length())))
                .findFirst()
                .orElseThrow(() -> new IOException("the hub's metrics do not tell the number of entries"));
        if (entries != accepted + 1) {
            throw new IOException("the hub accepted " + accepted + " documents and has " + entries
                    + " entries, the routing table among them");
        }
    }
}
