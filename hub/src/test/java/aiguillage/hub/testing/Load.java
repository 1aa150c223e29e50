package aiguillage.hub.testing;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.Checkpoint;
import aiguillage.protocol.proof.Hash;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.Receipt;
import aiguillage.protocol.proof.Statement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Clients that submit, and retry what they had no answer for; a reader that acknowledges; and the memory of all
/// they were told, to be compared with what the hub holds.
public final class Load {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String CLAIMS = "opel/warranty-claim";
    private static final String OTHER_CLAIMS = "citroen/warranty-claim";
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int LARGE_BYTES = 300_000;

    private final List<Client> senders;
    private final Client acknowledging;
    private final Client centre;
    private final List<Thread> threads = new ArrayList<>();
    private volatile int port;
    private volatile boolean ending;
    private volatile CompletableFuture<Void> firstReceipt = new CompletableFuture<>();

    /// `sender/id` to the receipt, byte for byte.
    private final Map<String, String> receipts = new ConcurrentHashMap<>();
    private final Map<String, byte[]> payloads = new ConcurrentHashMap<>();
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final ConcurrentSkipListMap<Long, String> checkpoints = new ConcurrentSkipListMap<>();
    private final AtomicInteger tries = new AtomicInteger();
    private final AtomicInteger retriesAnswered = new AtomicInteger();

    private final AtomicReference<@Nullable Throwable> died = new AtomicReference<>();

    private record Client(String party, HttpClient http) {}

    public Load(Parties parties) throws IOException {
        senders = new ArrayList<>();
        for (String party : List.of("dealer-7", "dealer-7", "dealer-8", "dealer-9")) {
            senders.add(new Client(party, parties.client(party)));
        }
        acknowledging = new Client("citroen-centre", parties.client("citroen-centre"));
        centre = new Client("opel-centre", parties.client("opel-centre"));
    }

    /// @return completes when the hub there has given its first receipt
    public CompletableFuture<Void> hubIsAt(int port) {
        var first = new CompletableFuture<Void>();
        firstReceipt = first;
        this.port = port;
        return first;
    }

    public void begin() {
        for (int i = 0; i < senders.size(); i++) {
            int number = i;
            threads.add(started(() -> submitAll(senders.get(number), number)));
        }
        threads.add(started(this::acknowledgeAll));
        threads.add(started(this::watchCheckpoints));
    }

    /// A thread that does not die unseen.
    private Thread started(Runnable work) {
        return Thread.ofPlatform().start(() -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                died.compareAndSet(null, e);
            }
        });
    }

    /// Ends the load; fails when one of its threads died: what it would have asked was not asked.
    public void end() throws InterruptedException {
        ending = true;
        for (Thread thread : threads) {
            thread.join();
        }
        Throwable first = died.get();
        if (first != null) {
            throw new AssertionError("a thread of the load died", first);
        }
    }

    public int receipts() {
        return receipts.size();
    }

    /// What was told up to a moment: the receipts, and the positions acknowledged, before and after the receipts
    /// were looked at.
    public record Told(Map<String, String> receipts, Map<String, byte[]> payloads, Set<Long> acknowledged) {}

    /// All that was told so far. What comes in meanwhile may be in it or not.
    public Told told() {
        Set<Long> ended = Set.copyOf(acknowledged);
        return new Told(Map.copyOf(receipts), payloads, ended);
    }

    /// As if it had told this to that one: to be compared with what another hub holds.
    public Load(Parties parties, Told told) throws IOException {
        this(parties);
        receipts.putAll(told.receipts);
        payloads.putAll(told.payloads);
        acknowledged.addAll(told.acknowledged);
    }

    /// Waits until so many receipts came.
    public void await(int wanted) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (receipts.size() < wanted) {
            if (System.nanoTime() > until) {
                throw new AssertionError("only " + this);
            }
            pause();
        }
    }

    @Override
    public String toString() {
        return receipts.size() + " receipts in " + tries + " tries (" + retriesAnswered
                + " told that it had been accepted before), " + acknowledged.size() + " acknowledged, "
                + checkpoints.size() + " checkpoints";
    }

    private void submitAll(Client client, int number) {
        var random = new Random(number);
        for (int i = 0; !ending; i++) {
            String id = "claim-" + number + "-" + i;
            var payload = new byte[random.nextInt(60) == 0 ? LARGE_BYTES : random.nextInt(3_000)];
            random.nextBytes(payload);
            payloads.put(client.party + "/" + id, payload);
            while (!ending && !submitted(client, id, payload)) {
                pause();
            }
        }
    }

    private boolean submitted(Client client, String id, byte[] payload) {
        tries.incrementAndGet();
        HttpResponse<String> answer = sent(client, submission(client, id, payload));
        if (answer == null || answer.statusCode() >= 500) {
            return false;
        }
        if (answer.statusCode() != 200 && answer.statusCode() != 201) {
            throw new AssertionError(id + " was refused: " + answer.body());
        }
        if (answer.statusCode() == 200) {
            retriesAnswered.incrementAndGet();
        }
        receipts.put(client.party + "/" + id, answer.body());
        firstReceipt.complete(null);
        return true;
    }

    private HttpRequest.Builder submission(Client client, String id, byte[] payload) {
        return request("/v1/documents")
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", PartyId.URN_PREFIX + client.party)
                .header("ce-type", client.party.equals("dealer-9") ? OTHER_CLAIMS : CLAIMS)
                .POST(HttpRequest.BodyPublishers.ofByteArray(payload));
    }

    private void acknowledgeAll() {
        while (!ending) {
            HttpResponse<String> inbox = sent(acknowledging, request("/v1/inbox?limit=20&wait=1"));
            if (inbox == null || inbox.statusCode() != 200) {
                pause();
                continue;
            }
            var positions = new ArrayList<Long>();
            JSON.readTree(inbox.body()).forEach(event -> positions.add(position(event)));
            if (!positions.isEmpty()) {
                HttpResponse<String> answer = sent(
                        acknowledging,
                        request("/v1/inbox/acknowledgements")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"acknowledge\":" + positions + "}")));
                if (answer != null && answer.statusCode() == 200) {
                    acknowledged.addAll(positions);
                }
            }
        }
    }

    private void watchCheckpoints() {
        while (!ending) {
            HttpResponse<String> answer = sent(centre, request("/v1/ledger/checkpoint"));
            if (answer != null && answer.statusCode() == 200) {
                checkpoints.put(Long.parseLong(answer.body().split("\n", 3)[1]), answer.body());
            }
            pause();
        }
    }

    /// Compares what was told with what the hub holds now.
    public void verify(String key) throws Exception {
        LedgerKey.Public ledger = LedgerKey.Public.ofText(key);
        Map<Long, String> positions = verifyReceipts(ledger);
        verifyMailbox(centre, CLAIMS, positions, Set.of());
        verifyMailbox(acknowledging, OTHER_CLAIMS, positions, acknowledged);
        verifyHistory(ledger);
    }

    private Map<Long, String> verifyReceipts(LedgerKey.Public ledger) {
        var positions = new TreeMap<Long, String>();
        for (Client client : senders) {
            for (Map.Entry<String, String> entry : receipts.entrySet()) {
                String[] name = entry.getKey().split("/", 2);
                if (!name[0].equals(client.party) || positions.containsValue(entry.getKey())) {
                    continue;
                }
                byte[] receipt = entry.getValue().getBytes(StandardCharsets.UTF_8);
                Statement statement = Receipt.verify(receipt, ledger);
                assertThat(statement.facts()).containsEntry("id", name[1]).containsEntry("sender", name[0]);
                String taken = positions.put(statement.position().value(), entry.getKey());
                assertThat(taken).as("position %s twice", statement.position()).isNull();
                verifyKept(client, name[1], statement, entry.getValue());
                checkpoints.put(
                        Checkpoint.verified(Receipt.ofJson(receipt).checkpoint(), ledger)
                                .size(),
                        Receipt.ofJson(receipt).checkpoint());
            }
        }
        assertThat(positions).hasSize(receipts.size());
        return positions;
    }

    private void verifyKept(Client client, String id, Statement statement, String receipt) {
        byte[] payload = Objects.requireNonNull(payloads.get(client.party + "/" + id));
        HttpResponse<String> retry = must(client, submission(client, id, payload));
        assertThat(retry.statusCode()).isEqualTo(200);
        assertThat(retry.body()).isEqualTo(receipt);
        JsonNode story =
                JSON.readTree(must(client, request("/v1/documents/" + id)).body());
        assertThat(story.at("/position").asLong())
                .isEqualTo(statement.position().value());
        assertThat(story.at("/payload/digest").asString())
                .isEqualTo(statement.facts().get("payload"));
        assertThat(story.at("/payload/bytes").asLong()).isEqualTo(payload.length);
        if (payload.length == LARGE_BYTES) {
            HttpResponse<byte[]> kept = whole(client, "/v1/documents/" + id + "/payload");
            assertThat(kept.statusCode()).isEqualTo(200);
            assertThat(kept.body()).isEqualTo(payload);
        }
    }

    /// Every document that was receipted is pending exactly once, or was acknowledged; in order.
    private void verifyMailbox(Client reader, String flow, Map<Long, String> receipted, Set<Long> ended)
            throws Exception {
        var pending = new HashSet<Long>();
        var ids = new HashMap<String, Long>();
        long after = 0;
        while (true) {
            JsonNode inbox =
                    JSON.readTree(must(reader, request("/v1/inbox?limit=1000&flow=" + flow + "&after=" + after))
                            .body());
            if (inbox.isEmpty()) {
                break;
            }
            for (JsonNode event : inbox) {
                assertThat(position(event)).isGreaterThan(after);
                after = position(event);
                pending.add(after);
                String name = PartyId.ofUrn(event.at("/source").asString()) + "/"
                        + event.at("/id").asString();
                assertThat(ids.put(name, after)).as(name + " twice").isNull();
                JsonNode inline = event.path("data_base64");
                if (!inline.isMissingNode()) {
                    assertThat(inline.binaryValue()).isEqualTo(payloads.get(name));
                }
            }
        }
        assertThat(ended).as("acknowledged, but offered again").noneMatch(pending::contains);
        receipted.forEach((position, name) -> {
            boolean isOfFlow = name.startsWith("dealer-9/") == flow.equals(OTHER_CLAIMS);
            if (isOfFlow && !ended.contains(position) && !pending.contains(position)) {
                verifyEnded(name);
            }
        });
    }

    /// A delivery that is not pending though nobody was told of its end: the acknowledgement's answer was lost.
    private void verifyEnded(String name) {
        Client sender = senders.stream()
                .filter(one -> name.startsWith(one.party + "/"))
                .findFirst()
                .orElseThrow();
        JsonNode story = JSON.readTree(must(sender, request("/v1/documents/" + name.substring(name.indexOf('/') + 1)))
                .body());
        assertThat(story.at("/deliveries/0/state").asString())
                .as("%s is neither pending nor delivered: %s", name, story)
                .isEqualTo("delivered");
        assertThat(name).as("nobody acknowledges the other flow").startsWith("dealer-9/");
    }

    /// Positions have no gaps, and every head ever seen is a beginning of the head now.
    private void verifyHistory(LedgerKey.Public ledger) {
        Checkpoint head = Checkpoint.verified(
                must(centre, request("/v1/ledger/checkpoint")).body(), ledger);
        checkpoints.forEach((size, note) -> {
            Checkpoint earlier = Checkpoint.verified(note, ledger);
            assertThat(earlier.size()).isEqualTo(size).isLessThanOrEqualTo(head.size());
            JsonNode proof =
                    JSON.readTree(must(centre, request("/v1/ledger/consistency?from=" + size + "&to=" + head.size()))
                            .body());
            var hashes = new ArrayList<byte[]>();
            proof.at("/proof").forEach(hash -> hashes.add(Base64.getDecoder().decode(hash.asString())));
            assertThat(Hash.consistent(size, earlier.root(), head.size(), head.root(), hashes))
                    .as("the head of %s entries is no beginning of that of %s", size, head.size())
                    .isTrue();
        });
        for (long position = 1; position <= head.size(); position += Math.max(1, head.size() / 200)) {
            assertThat(must(centre, request("/v1/ledger/proof?position=" + position))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static long position(JsonNode event) {
        return Long.parseLong(event.at("/position").asString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                .timeout(PATIENCE);
    }

    /// The answer, or null when the hub did not give one.
    private static @org.jspecify.annotations.Nullable HttpResponse<String> sent(
            Client client, HttpRequest.Builder request) {
        try {
            return client.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> must(Client client, HttpRequest.Builder request) {
        HttpResponse<String> answer = sent(client, request.timeout(Duration.ofSeconds(30)));
        if (answer == null) {
            throw new AssertionError("the hub did not answer");
        }
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        return answer;
    }

    private HttpResponse<byte[]> whole(Client client, String path) {
        try {
            return client.http.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
}
