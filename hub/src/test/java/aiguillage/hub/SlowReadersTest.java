package aiguillage.hub;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.Heap;
import aiguillage.hub.testing.HubProcess;
import aiguillage.hub.testing.Parties;
import aiguillage.hub.testing.RunningHub;
import aiguillage.protocol.PartyId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Readers that stall cost disk, not memory: what waits for them is many times what the hub's heap grows by.
@Timeout(300)
class SlowReadersTest {

    private static final int READERS = 100;
    private static final int BEFORE = 20;
    private static final int DOCUMENTS = 40;
    private static final int WEIGHED_EVERY = 5;
    private static final int PAYLOAD_BYTES = 60_000;
    private static final long WAITING_BYTES = (long) READERS * DOCUMENTS * PAYLOAD_BYTES;

    /// Per reader one write, with a payload in base 64, and what a TLS connection needs besides: 230 kB were
    /// measured. However much waits.
    private static final long GROWTH_BYTES_MAX = READERS * 400_000L;

    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    Path folder;

    @Test
    void stalledReadersCostNoMemoryAndGetEverythingInOrderWhenTheyGoOn() throws Exception {
        Path flows = Files.writeString(folder.resolve("many.yaml"), flows());
        RunningHub.config(folder, flows(), InstantSource.system());
        var readers = new ArrayList<Socket>();
        try (HubProcess hub = HubProcess.start(
                        folder, "-Xmx256m", "-XX:TieredStopAtLevel=4", "-D" + HubProcess.FLOWS + "=" + flows);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            hub.awaitReady();
            var parties = new Parties(folder.resolve("ca"), InstantSource.system());
            try (HttpClient centre = parties.client("centre")) {
                submit(hub, centre, 0, BEFORE);
                long before = Heap.usedBytes(hub.pid());
                for (int i = 0; i < READERS; i++) {
                    readers.add(open(hub, parties, i));
                }
                long most = Heap.usedBytes(hub.pid());
                for (int i = BEFORE; i < DOCUMENTS; i += WEIGHED_EVERY) {
                    submit(hub, centre, i, i + WEIGHED_EVERY);
                    most = Math.max(most, Heap.usedBytes(hub.pid()));
                }
                System.out.println("the heap in use grew from " + (before >> 20) + " to at most " + (most >> 20)
                        + " MB while " + (WAITING_BYTES >> 20) + " MB waited; the process had at most "
                        + (Heap.peakBytes(hub.pid()) >> 20) + " MB");
                assertThat(most - before).isLessThan(GROWTH_BYTES_MAX);

                List<Callable<Void>> reading =
                        readers.stream().map(SlowReadersTest::reading).toList();
                for (Future<Void> one : threads.invokeAll(reading, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    one.get();
                }
            }
            assertThat(hub.isAlive()).isTrue();
        } finally {
            for (Socket reader : readers) {
                reader.close();
            }
        }
    }

    private static String flows() {
        var parties = new StringBuilder();
        for (int i = 0; i < READERS; i++) {
            parties.append("  dealer-" + i + ": { roles: [dealer], brands: [opel], region: eu }\n");
        }
        return "brands:\n  opel: { text: Opel }\nparties:\n"
                + "  centre: { roles: [centre], brands: [opel], region: eu }\n"
                + parties
                + "flows:\n  opel/price-list: { from: centre, to: { role: dealer }, notices: [] }\n";
    }

    private static byte[] payload(int number) {
        var payload = new byte[PAYLOAD_BYTES];
        new Random(number).nextBytes(payload);
        return payload;
    }

    private static void submit(HubProcess hub, HttpClient centre, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            HttpResponse<String> answer = centre.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + hub.mainPort() + "/v1/documents"))
                            .header("ce-specversion", "1.0")
                            .header("ce-id", "list-" + i)
                            .header("ce-source", PartyId.URN_PREFIX + "centre")
                            .header("ce-type", "opel/price-list")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(payload(i)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
    }

    /// Asks for a stream and reads none of it. Its window is small, so that what it does not read stays at the hub.
    private static Socket open(HubProcess hub, Parties parties, int number) throws IOException {
        Socket socket = parties.context(parties.credential("dealer-" + number))
                .getSocketFactory()
                .createSocket();
        socket.setReceiveBufferSize(8 << 10);
        socket.setSoTimeout(PATIENCE_SECONDS * 1_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), hub.mainPort()));
        socket.getOutputStream()
                .write("GET /v1/inbox/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static Callable<Void> reading(Socket reader) {
        return () -> {
            var lines = new BufferedReader(
                    new InputStreamReader(reader.getInputStream(), StandardCharsets.ISO_8859_1), 64 << 10);
            long last = 0;
            boolean isDelivery = false;
            for (int number = 0; number < DOCUMENTS; ) {
                String line = lines.readLine();
                if (line == null) {
                    throw new AssertionError("the stream ended before document " + number);
                }
                if (line.startsWith("event: ")) {
                    isDelivery = line.equals("event: delivery");
                } else if (line.startsWith("id: ")) {
                    long id = Long.parseLong(line.substring("id: ".length()));
                    assertThat(id).isGreaterThan(last);
                    last = id;
                } else if (isDelivery && line.startsWith("data: ")) {
                    JsonNode event = JsonMapper.shared().readTree(line.substring("data: ".length()));
                    assertThat(event.path("id").asString()).isEqualTo("list-" + number);
                    assertThat(event.path("data_base64").binaryValue()).isEqualTo(payload(number));
                    number++;
                }
            }
            return null;
        };
    }
}
