package aiguillage.faults;

import aiguillage.protocol.PartyId;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Many small documents, as fast as one HTTP/2 client gets them through.
final class Bulk {

    private static final int AT_ONCE = 64;

    private Bulk() {}

    /// @return the names of all, each with a receipt
    static List<String> submit(Site site, String fault, int documents) throws Exception {
        var names = new ArrayList<String>(documents);
        var room = new Semaphore(AT_ONCE);
        var done = new ArrayList<CompletableFuture<HttpResponse<String>>>(documents);
        try (HttpClient client = site.client("dealer-7")) {
            for (int i = 0; i < documents; i++) {
                String name = fault + "-bulk-" + i;
                names.add(name);
                room.acquire();
                done.add(client.sendAsync(
                                HttpRequest.newBuilder(site.uri("/v1/documents"))
                                        .timeout(Duration.ofMinutes(2))
                                        .header("ce-specversion", "1.0")
                                        .header("ce-id", name)
                                        .header("ce-source", PartyId.URN_PREFIX + "dealer-7")
                                        .header("ce-type", "opel/note")
                                        .POST(HttpRequest.BodyPublishers.ofString(name + " bulk"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .whenComplete((answer, failure) -> room.release()));
            }
            for (CompletableFuture<HttpResponse<String>> one : done) {
                HttpResponse<String> answer = one.get(120, TimeUnit.SECONDS);
                if (answer.statusCode() != 201) {
                    throw new AssertionError(answer.body());
                }
            }
        }
        return names;
    }
}
