package aiguillage.gateway.testing;

import aiguillage.gateway.testing.TestHub.Fault;
import aiguillage.protocol.Digest;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One party's mailbox at the [TestHub]: a stream that offers everything pending, twice each when told to, ranges
/// of large payloads, and acknowledgements.
public final class TestMailbox {

    private final Supplier<Fault> faults;
    private final JsonMapper json = JsonMapper.shared();
    private final TreeMap<Long, String> pending = new TreeMap<>();
    private final Map<Long, LongFunction<InputStream>> large = new LinkedHashMap<>();
    private final Map<Long, Long> largeBytes = new LinkedHashMap<>();
    private final Map<Long, String> rejected = new TreeMap<>();
    private final List<String> ranges = new ArrayList<>();
    private long lastPosition = 100;
    private int connections;
    private int generation;
    private boolean twice;
    private boolean silent;
    private boolean breakLarge;
    private boolean stallLarge;
    private boolean closed;
    private boolean revoked;

    TestMailbox(Supplier<Fault> faults) {
        this.faults = faults;
    }

    /// Every delivery is sent twice.
    public synchronized void offerTwice() {
        twice = true;
    }

    /// New streams say nothing after their first beat.
    public synchronized void keepSilent(boolean silence) {
        silent = silence;
        notifyAll();
    }

    /// The first download of each large payload breaks off half-way.
    public synchronized void breakLargeDownloads() {
        breakLarge = true;
    }

    /// The first download of each large payload stops half-way, and its line stays open.
    public synchronized void stallLargeDownloads() {
        breakLarge = true;
        stallLarge = true;
    }

    public synchronized long deliver(String flow, String id, String content) {
        byte[] data = content.getBytes(StandardCharsets.UTF_8);
        Map<String, Object> event = event(flow, id, data.length, Digest.of(data));
        event.put("data_base64", Base64.getEncoder().encodeToString(data));
        return add(event);
    }

    public long deliverLarge(String flow, String id, byte[] content) {
        return deliverLarge(
                flow,
                id,
                content.length,
                Digest.of(content),
                from -> new ByteArrayInputStream(content, (int) from, content.length - (int) from));
    }

    /// @param content what follows this many bytes
    public synchronized long deliverLarge(
            String flow, String id, long bytes, Digest digest, LongFunction<InputStream> content) {
        Map<String, Object> event = event(flow, id, bytes, digest);
        event.put("dataref", "/v1/inbox/" + (lastPosition + 1) + "/payload");
        large.put(lastPosition + 1, content);
        largeBytes.put(lastPosition + 1, bytes);
        return add(event);
    }

    /// From now on every request is answered 401 `certificate-revoked`, and open streams end.
    public synchronized void revoke(boolean isRevoked) {
        revoked = isRevoked;
        generation++;
        notifyAll();
    }

    synchronized boolean isRevoked() {
        return revoked;
    }

    /// Ends all streams.
    public synchronized void cut() {
        generation++;
        notifyAll();
    }

    public synchronized int pending() {
        return pending.size();
    }

    public synchronized int connections() {
        return connections;
    }

    public synchronized Map<Long, String> rejected() {
        return Map.copyOf(rejected);
    }

    /// The `Range` headers of downloads, `-` where there was none.
    public synchronized List<String> ranges() {
        return List.copyOf(ranges);
    }

    /// Waits until the hub is closed.
    synchronized void awaitClose() {
        boolean interrupted = false;
        while (!closed && !interrupted) {
            try {
                wait();
            } catch (InterruptedException stopped) {
                interrupted = true;
                Thread.currentThread().interrupt();
            }
        }
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    void serve(HttpExchange http) throws IOException {
        try (http) {
            String path = http.getRequestURI().getPath();
            if (isRevoked()) {
                TestHub.revoked(http);
            } else if (path.endsWith("/stream")) {
                stream(http);
            } else if (path.endsWith("/acknowledgements")) {
                acknowledge(http);
            } else {
                payload(http);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void stream(HttpExchange http) throws IOException, InterruptedException {
        http.getResponseHeaders().set("Content-Type", "text/event-stream");
        http.sendResponseHeaders(200, 0);
        OutputStream out = http.getResponseBody();
        int own = connected();
        out.write("retry: 20\n: beat\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        long after = 0;
        for (Map.@Nullable Entry<Long, String> next = next(after, own); next != null; next = next(after, own)) {
            after = next.getKey();
            String event = "id: " + after + "\nevent: delivery\ndata: " + next.getValue() + "\n\n";
            out.write((isTwice() ? event + event : event).getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private synchronized int connected() {
        connections++;
        notifyAll();
        return silent ? -1 : generation;
    }

    private synchronized boolean isTwice() {
        return twice;
    }

    private synchronized Map.@Nullable Entry<Long, String> next(long after, int own) throws InterruptedException {
        while (!closed && (own < 0 ? silent : generation == own && pending.higherEntry(after) == null)) {
            wait();
        }
        return closed || own < 0 || generation != own ? null : pending.higherEntry(after);
    }

    private void acknowledge(HttpExchange http) throws IOException {
        Fault fault = faults.get();
        byte[] body = http.getRequestBody().readAllBytes();
        if (fault == Fault.DROPPED) {
            return;
        }
        JsonNode said = json.readTree(body);
        synchronized (this) {
            said.path("acknowledge").forEach(position -> pending.remove(position.asLong()));
            said.path("reject").forEach(rejection -> {
                rejected.put(
                        rejection.path("position").asLong(),
                        rejection.path("reason").asString());
                pending.remove(rejection.path("position").asLong());
            });
            notifyAll();
        }
        if (fault != Fault.ANSWER_LOST) {
            TestHub.answer(http, 200, "application/json", "{\"acknowledged\":1,\"rejected\":0,\"ended\":0}");
        }
    }

    private void payload(HttpExchange http) throws IOException {
        long position = Long.parseLong(http.getRequestURI().getPath().split("/", -1)[3]);
        String range = http.getRequestHeaders().getFirst("Range");
        LongFunction<InputStream> content;
        long bytes;
        boolean half;
        synchronized (this) {
            content = large.getOrDefault(position, from -> InputStream.nullInputStream());
            bytes = largeBytes.getOrDefault(position, 0L);
            ranges.add(range == null ? "-" : range);
            half = breakLarge && range == null;
        }
        long from = range == null ? 0 : Long.parseLong(range.replaceAll("[^0-9]", ""));
        http.sendResponseHeaders(range == null ? 200 : 206, bytes - from);
        long left = (bytes - from) / (half ? 2 : 1);
        try (InputStream in = content.apply(from)) {
            byte[] chunk = new byte[64 * 1024];
            while (left > 0) {
                int n = in.readNBytes(chunk, 0, (int) Math.min(chunk.length, left));
                http.getResponseBody().write(chunk, 0, n);
                left -= n;
            }
        }
        http.getResponseBody().flush();
        if (half && isStalling()) {
            awaitClose();
        }
    }

    private synchronized boolean isStalling() {
        return stallLarge;
    }

    private Map<String, Object> event(String flow, String id, long bytes, Digest digest) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", id);
        event.put("source", "urn:aiguillage:party:opel-centre");
        event.put("type", flow);
        event.put("time", "2026-03-01T09:30:00Z");
        event.put("datacontenttype", "text/plain");
        event.put("position", Long.toString(lastPosition + 1));
        event.put("bytes", Long.toString(bytes));
        event.put("digest", digest.toString());
        return event;
    }

    private long add(Map<String, Object> event) {
        lastPosition++;
        pending.put(lastPosition, json.writeValueAsString(event));
        notifyAll();
        return lastPosition;
    }
}
