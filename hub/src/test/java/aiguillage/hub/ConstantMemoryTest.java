package aiguillage.hub;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.GeneratedBytes;
import aiguillage.hub.testing.Heap;
import aiguillage.hub.testing.HubProcess;
import aiguillage.hub.testing.Parties;
import aiguillage.hub.testing.RawConnection;
import aiguillage.hub.testing.RunningHub;
import aiguillage.pki.Credential;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.Receipt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Memory does not grow with a payload: a hub with a heap of 256 MB takes larger ones in and gives them out
/// again. The client makes the bytes as it sends them; nobody holds them whole.
///
/// `-Daiguillage.payload-bytes=` chooses another size, from 10 MB to 2,000,000,000: `bench --full large` takes that.
@Timeout(600)
class ConstantMemoryTest {

    private static final long PAYLOAD_BYTES = Long.getLong("aiguillage.payload-bytes", 600_000_000L);

    /// Of a payload whose length is not announced, or which breaks off: it fits into no heap either.
    private static final long UNANNOUNCED_BYTES = PAYLOAD_BYTES / 4;

    private static final long MEMORY_BYTES_MAX = 600L << 20;
    private static final int CHUNK_BYTES = 1 << 20;

    @TempDir
    Path folder;

    private final AtomicReference<MessageDigest> sent = new AtomicReference<>(Digest.sha256());

    private HubProcess start() throws IOException {
        RunningHub.config(folder, RunningHub.FLOWS, InstantSource.system());
        return HubProcess.start(folder, "-Xmx256m", "-XX:TieredStopAtLevel=4");
    }

    @Test
    void aPayloadFarLargerThanTheHeapComesInAndGoesOutByteForByte() throws Exception {
        try (HubProcess hub = start()) {
            hub.awaitReady();
            var parties = new Parties(folder.resolve("ca"), InstantSource.system());
            try (HttpClient dealer = parties.client("dealer-7");
                    HttpClient centre = parties.client("opel-centre")) {
                long began = System.nanoTime();
                var known = HttpRequest.BodyPublishers.fromPublisher(body(PAYLOAD_BYTES), PAYLOAD_BYTES);
                submit(hub, dealer, "known", known, PAYLOAD_BYTES);
                said("in, length known", began);
                began = System.nanoTime();
                submit(hub, dealer, "chunked", body(UNANNOUNCED_BYTES), UNANNOUNCED_BYTES);
                said("in, length unknown", began);
                began = System.nanoTime();
                assertWhole(hub, centre);
                said("out, whole", began);
                for (long from : List.of(0L, 255_999L, PAYLOAD_BYTES / 2 - 1, PAYLOAD_BYTES - 1_000_000)) {
                    assertRange(hub, centre, from, from + 999_999);
                }
                assertRange(hub, centre, PAYLOAD_BYTES - 1, PAYLOAD_BYTES - 1);
            }
            long peak = Heap.peakBytes(hub.pid());
            System.out.println("the hub's process had at most " + (peak >> 20) + " MB");
            assertThat(peak).isLessThan(MEMORY_BYTES_MAX);
            assertThat(hub.stop()).isZero();
        }
    }

    private HttpRequest.BodyPublisher body(long bytes) {
        return HttpRequest.BodyPublishers.ofInputStream(() -> {
            sent.set(Digest.sha256());
            return new DigestInputStream(new GeneratedBytes(0, bytes), sent.get());
        });
    }

    private void submit(HubProcess hub, HttpClient dealer, String id, HttpRequest.BodyPublisher body, long bytes)
            throws Exception {
        HttpResponse<String> answer = dealer.send(
                HttpRequest.newBuilder(uri(hub, "/v1/documents"))
                        .header("ce-specversion", "1.0")
                        .header("ce-id", id)
                        .header("ce-source", PartyId.URN_PREFIX + "dealer-7")
                        .header("ce-type", "opel/film")
                        .POST(body)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var key = LedgerKey.Public.ofText(Files.readString(folder.resolve("data/ledger.vkey")));
        assertThat(Receipt.verify(answer.body().getBytes(StandardCharsets.UTF_8), key)
                        .facts())
                .containsEntry("payload", new Digest(sent.get().digest()).toString())
                .containsEntry("bytes", Long.toString(bytes));
    }

    private static void assertWhole(HubProcess hub, HttpClient centre) throws Exception {
        HttpResponse<InputStream> answer = centre.send(
                HttpRequest.newBuilder(uri(hub, "/v1/documents/known/payload")).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        try (InputStream body = answer.body();
                InputStream expected = new GeneratedBytes(0, PAYLOAD_BYTES)) {
            assertSame(body, expected, PAYLOAD_BYTES);
        }
    }

    private static void assertRange(HubProcess hub, HttpClient centre, long from, long to) throws Exception {
        HttpResponse<byte[]> answer = centre.send(
                HttpRequest.newBuilder(uri(hub, "/v1/documents/known/payload"))
                        .header("Range", "bytes=" + from + "-" + to)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(206);
        try (InputStream expected = new GeneratedBytes(from, to + 1)) {
            assertThat(answer.body()).isEqualTo(expected.readAllBytes());
        }
    }

    private static void assertSame(InputStream came, InputStream expected, long bytes) throws IOException {
        var one = new byte[CHUNK_BYTES];
        var other = new byte[CHUNK_BYTES];
        for (long at = 0; at < bytes; ) {
            int count = came.readNBytes(one, 0, CHUNK_BYTES);
            expected.readNBytes(other, 0, CHUNK_BYTES);
            assertThat(java.util.Arrays.equals(one, 0, count, other, 0, count))
                    .as("the %s bytes at %s", count, at)
                    .isTrue();
            assertThat(count).as("the body ends at %s", at).isPositive();
            at += count;
        }
        assertThat(came.read()).isEqualTo(-1);
    }

    @Test
    void anUploadThatBreaksOffNearItsEndLeavesNothing() throws Exception {
        try (HubProcess hub = start()) {
            hub.awaitReady();
            var parties = new Parties(folder.resolve("ca"), InstantSource.system());
            Credential credential = parties.credential("dealer-7");
            long began = System.nanoTime();
            try (RawConnection broken = RawConnection.tls(parties.context(credential), hub.mainPort())) {
                broken.send(RawConnection.submission("dealer-7", "opel/film", "broken")
                        + "Transfer-Encoding: chunked\r\n\r\n");
                try (InputStream body = new GeneratedBytes(0, UNANNOUNCED_BYTES)) {
                    for (byte[] next = body.readNBytes(CHUNK_BYTES); next.length > 0; ) {
                        broken.send(Integer.toHexString(next.length) + "\r\n")
                                .send(next)
                                .send("\r\n");
                        next = body.readNBytes(CHUNK_BYTES);
                    }
                }
                assertThat(payloads()).as("it is on its way").hasSize(1);
            }
            said("broken off", began);
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!payloads().isEmpty()) {
                assertThat(System.nanoTime()).as("%s", payloads()).isLessThan(until);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            try (HttpClient dealer = parties.client(credential)) {
                HttpResponse<String> none = dealer.send(
                        HttpRequest.newBuilder(uri(hub, "/v1/documents/broken")).build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(none.statusCode()).isEqualTo(404);
            }
            assertThat(Heap.peakBytes(hub.pid())).isLessThan(MEMORY_BYTES_MAX);
            assertThat(hub.stop()).isZero();
        }
    }

    private List<String> payloads() {
        try (Stream<Path> files = Files.list(folder.resolve("data/payloads"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI uri(HubProcess hub, String path) {
        return URI.create("https://localhost:" + hub.mainPort() + path);
    }

    private static void said(String what, long began) {
        System.out.println(what + ": " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) + " ms");
    }
}
