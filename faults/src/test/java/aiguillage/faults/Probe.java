package aiguillage.faults;

import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Somebody whom a fault must not touch: one client that submits small documents one after the other, and remembers
/// how long each took.
final class Probe implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Site site;
    private final String fault;
    private final HttpClient client;
    private final List<String> receipted = Collections.synchronizedList(new ArrayList<>());
    private int number;

    Probe(Site site, String fault) throws IOException {
        this.site = site;
        this.fault = fault;
        this.client = site.client("dealer-8");
    }

    /// How long the documents of some time took.
    record Took(int documents, long p50Micros, long p99Micros, long mostMicros) {

        @Override
        public String toString() {
            return "p50 " + millis(p50Micros) + " ms, p99 " + millis(p99Micros) + " ms of " + documents;
        }

        private static String millis(long micros) {
            return String.format(java.util.Locale.ROOT, "%.1f", micros / 1_000.0);
        }
    }

    /// Submits for a while.
    Took during(Duration time) throws IOException, InterruptedException {
        var took = new ArrayList<Long>();
        long end = System.nanoTime() + time.toNanos();
        do {
            took.add(submit());
            LockSupport.parkNanos(BETWEEN.toNanos());
        } while (System.nanoTime() < end);
        Collections.sort(took);
        return new Took(
                took.size(),
                took.get(took.size() / 2),
                took.get((int) Math.ceil(took.size() * 0.99) - 1),
                took.getLast());
    }

    private long submit() throws IOException, InterruptedException {
        String name = fault + "-probe-" + number++;
        long from = System.nanoTime();
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(site.uri("/v1/documents"))
                        .timeout(PATIENCE)
                        .header("ce-specversion", "1.0")
                        .header("ce-id", name)
                        .header("ce-source", PartyId.URN_PREFIX + "dealer-8")
                        .header("ce-type", "opel/note")
                        .POST(HttpRequest.BodyPublishers.ofString(name + " probe"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new AssertionError(name + " was answered " + answer.statusCode() + ": " + answer.body());
        }
        receipted.add(name);
        return (System.nanoTime() - from) / 1_000;
    }

    /// The names of all documents there is a receipt for.
    List<String> receipted() {
        return List.copyOf(receipted);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
