package aiguillage.faults;

import aiguillage.hub.DataFolder;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.entry.Reader;
import aiguillage.hub.journal.Applied;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.store.RocksStore;
import aiguillage.hub.testing.Documents;
import aiguillage.hub.testing.Heap;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A mailbox which nobody has emptied for a very long time. It is filled through the production journal, in this
/// process; then a hub opens it.
final class LargeMailbox implements Fault {

    private static final PartyId READER = new PartyId("opel-audit");
    private static final FlowName FLOW = FlowName.of("opel/warranty-claim");
    private static final int IN_FLIGHT = 1_024; // half of what one party may have waiting
    private static final int TAKEN = 5_000;
    private static final int PULL = 1_000;

    @Override
    public String name() {
        return "large-mailbox";
    }

    @Override
    public String promised() {
        return "a full mailbox costs others nothing, and no memory";
    }

    @Override
    public boolean isCountedInSite() {
        return false;
    }

    @Override
    public void run(Site main, Scale scale, Row row) throws Exception {
        Path folder = Files.createDirectory(main.folder.resolveSibling("large-mailbox"));
        try (Site site = new Site(folder, Optional.empty(), false)) {
            site.startHub();
            Probe.Took before;
            long heapBefore;
            try (var probe = new Probe(site, name() + "-before")) {
                before = probe.during(scale.busy());
                heapBefore = Heap.usedBytes(site.hub().pid());
            }
            site.endHub();
            long from = System.nanoTime();
            fill(folder, scale.waiting());
            Duration filling = Duration.ofNanos(System.nanoTime() - from);
            from = System.nanoTime();
            site.startHub();
            row.recovery = (System.nanoTime() - from) / 1_000_000 + " ms to start";
            measure(site, scale, row, before, heapBefore);
            row.injected =
                    scale.waiting() + " deliveries waiting in one mailbox (written in " + filling.toSeconds() + " s)";
            site.endHub();
        }
    }

    private void measure(Site site, Scale scale, Row row, Probe.Took before, long heapBefore) throws Exception {
        long waitingBefore = waiting(site);
        try (var probe = new Probe(site, name());
                HttpClient reader = site.client(READER.value())) {
            probe.during(Duration.ofSeconds(1)); // warm, as it was before
            Probe.Took meanwhile = probe.during(scale.busy());
            long taken = take(site, reader, Math.min(TAKEN, scale.waiting()));
            long heap = Heap.usedBytes(site.hub().pid()) - heapBefore;
            long waitingAfter = waiting(site);
            row.sent = scale.waiting();
            row.receipts = scale.waiting();
            row.stored = waitingBefore;
            row.delivered = taken;
            row.waiting = waitingAfter;
            row.lost = scale.waiting() - waitingAfter - taken;
            row.seen = "others: " + meanwhile + "; with an empty mailbox " + before + "; heap grew by " + (heap >> 20)
                    + " MB; the process had at most "
                    + (Heap.peakBytes(site.hub().pid()) >> 20) + " MB; " + taken
                    + " were taken and acknowledged";
        }
    }

    /// Fills the mailbox through journal, yard and ledger as the hub does.
    private static void fill(Path folder, int documents) throws Exception {
        var data = new DataFolder(folder.resolve("data"));
        var failure = new AtomicReference<@Nullable Throwable>();
        try (RocksStore store = RocksStore.open(data.store());
                Journal journal = new Journal(
                        store,
                        new Ledger(store, data.readLedgerKey(), Documents.HUB),
                        Documents.HUB,
                        new SecureRandom(),
                        entry -> {},
                        failure::set)) {
            var inFlight = new ArrayDeque<CompletableFuture<Applied>>();
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            for (int i = 0; i < documents; i++) {
                byte[] payload = ("waiting-" + i).getBytes(StandardCharsets.US_ASCII);
                if (inFlight.size() == IN_FLIGHT) {
                    inFlight.remove().join();
                }
                inFlight.add(journal.append(document(i, payload, now), payload));
            }
            inFlight.forEach(CompletableFuture::join);
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
    }

    private static Entry.DocumentAccepted document(int number, byte[] payload, Instant now) {
        return new Entry.DocumentAccepted(
                now,
                Envelope.of(new DocumentId("waiting-" + number), new PartyId("dealer-7"), FLOW),
                new Payload(Digest.of(payload), payload.length, null),
                List.of(new Reader(READER, false)),
                now.plus(Duration.ofDays(14)),
                now.plus(Duration.ofDays(90)),
                Set.of(),
                Map.of(),
                null);
    }

    private static long waiting(Site site) throws Exception {
        try (HttpClient plain = HttpClient.newHttpClient()) {
            JsonNode mailboxes =
                    JsonMapper.shared().readTree(site.operator(plain, "/operator/mailboxes?party=" + READER, null));
            return mailboxes.path(0).path("pending").asLong();
        }
    }

    private static long take(Site site, HttpClient reader, int wanted) throws Exception {
        long taken = 0;
        while (taken < wanted) {
            HttpResponse<String> inbox = reader.send(
                    HttpRequest.newBuilder(site.uri("/v1/inbox?limit=" + PULL)).build(),
                    HttpResponse.BodyHandlers.ofString());
            JsonNode events = JsonMapper.shared().readTree(inbox.body());
            String last = events.path(events.size() - 1).path("position").asString();
            HttpResponse<String> answer = reader.send(
                    HttpRequest.newBuilder(site.uri("/v1/inbox/acknowledgements"))
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"acknowledgeUpTo\":{\"position\":" + last + ",\"flow\":\"" + FLOW + "\"}}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.body());
            }
            taken += JsonMapper.shared()
                    .readTree(answer.body())
                    .path("acknowledged")
                    .asLong();
        }
        return taken;
    }
}
