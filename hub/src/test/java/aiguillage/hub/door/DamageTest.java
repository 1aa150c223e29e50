package aiguillage.hub.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.payload.CorruptPayload;
import aiguillage.hub.store.CorruptRecord;
import aiguillage.hub.store.StoreFailed;
import aiguillage.hub.testing.Damage;
import aiguillage.hub.testing.RunningHub;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is stored is not what was written: it is never served, and the hub stops.
class DamageTest {

    private static final String CLAIMS = "opel/warranty-claim";

    private static final String CLAIMS_WITH_KEYS = RunningHub.FLOWS.replace(
            "to: opel-centre, copies: [opel-audit] }",
            "to: opel-centre, copies: [opel-audit], keys: { claim: /claim } }");
    private static final HttpResponse.BodyHandler<byte[]> BYTES = HttpResponse.BodyHandlers.ofByteArray();
    private static final byte[] FILM = "film ".repeat(60_000).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @Test
    void aDamagedEntryIsNotServedAndStopsTheHub() throws Exception {
        flipAfterOneSubmission("entries");
        assertStopped("/v1/documents/claim-1");
    }

    @Test
    void aDamagedPayloadIsNotServedAndStopsTheHub() throws Exception {
        flipAfterOneSubmission("payloads");
        assertStopped("/v1/documents/claim-1/payload");
    }

    @Test
    void aDamagedDeliveryStopsTheHubFromALongPollAndAStream() throws Exception {
        flipAfterOneSubmission("pending");
        var hub = new RunningHub(folder);
        try (HttpClient centre = hub.client("opel-centre")) {
            HttpResponse<java.io.InputStream> stream = centre.send(
                    java.net.http.HttpRequest.newBuilder(hub.uri("/v1/inbox/stream"))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            String said;
            try {
                said = new String(stream.body().readAllBytes(), StandardCharsets.UTF_8);
            } catch (java.io.IOException cut) {
                said = "";
            }
            assertThat(said).doesNotContain("claim-1");
            assertThat(hub.awaitFailure()).isInstanceOf(CorruptRecord.class);
        }
        hub.closeFailed();
    }

    /// The store would write on into files without a name, and receipts would be given for them.
    @Test
    void aDataFolderThatIsMovedAwayStopsTheHub() throws Exception {
        var hub = new RunningHub(folder);
        Files.move(folder.resolve("data/store"), folder.resolve("elsewhere"));
        assertThat(hub.awaitFailure())
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining("was moved, removed or replaced");
        Files.move(folder.resolve("elsewhere"), folder.resolve("data/store"));
        hub.closeFailed();
        new RunningHub(folder).close();
    }

    @Test
    void aDamagedRowThatNobodyReadsTheValueOfStopsTheHubToo() throws Exception {
        flipAfterOneSubmission("search", CLAIMS_WITH_KEYS, "{\"claim\": \"WC-1\"}");
        assertStopped("/v1/documents?key=WC-1");
    }

    @Test
    void aPayloadFileWithAFlippedByteIsNeverGivenOutWhole() throws Exception {
        damageAfterOneFilm(file -> {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        });
        var hub = new RunningHub(folder);
        try (HttpClient dealer = hub.client("dealer-7")) {
            assertThatThrownBy(() -> dealer.send(film(hub).build(), BYTES)).isInstanceOf(IOException.class);
            assertThat(hub.awaitFailure()).isInstanceOf(CorruptPayload.class);
        }
        hub.closeFailed();
    }

    /// A refusal is final for its sender, so it is told only when the journal has it.
    @Test
    void aRefusalThatCannotBeRecordedIsNotTold() throws Exception {
        String flows = RunningHub.FLOWS + "  opel/keyed: { from: dealer, to: opel-centre, keys: { vin: /vin } }\n";
        try (var hub = new RunningHub(folder, flows, InstantSource.system());
                HttpClient dealer = hub.client("dealer-7")) {
            hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "content");
        }
        Damage.flipLast(folder.resolve("data/store"), "documents");
        var hub = new RunningHub(folder, flows, InstantSource.system());
        try (HttpClient dealer = hub.client("dealer-7")) {
            hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "content");
            assertThat(hub.awaitFailure()).isInstanceOf(CorruptRecord.class);
            HttpResponse<String> answer = dealer.send(
                    hub.submission("dealer-7", "opel/keyed", "keyed-1", new byte[] {'{'})
                            .header("Content-Type", "application/json")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        }
        hub.closeFailed();
    }

    @Test
    void aPayloadFileThatWasCutIsNotGivenOut() throws Exception {
        damageAfterOneFilm(file -> Files.write(file, new byte[299_999]));
        requireNotGivenOut();
    }

    @Test
    void aPayloadFileThatIsGoneIsNotCalledRemoved() throws Exception {
        damageAfterOneFilm(Files::delete);
        requireNotGivenOut();
    }

    @Test
    void aSoundPayloadFileIsGivenOutWhole() throws Exception {
        damageAfterOneFilm(file -> {});
        try (var hub = new RunningHub(folder);
                HttpClient dealer = hub.client("dealer-7")) {
            assertThat(dealer.send(film(hub).build(), BYTES).body()).isEqualTo(FILM);
        }
    }

    private void requireNotGivenOut() throws Exception {
        var hub = new RunningHub(folder);
        try (HttpClient dealer = hub.client("dealer-7")) {
            HttpResponse<byte[]> part =
                    dealer.send(film(hub).header("Range", "bytes=0-9").build(), BYTES);
            assertThat(part.statusCode()).isEqualTo(500);
            assertThat(hub.awaitFailure()).isInstanceOf(CorruptPayload.class);
        }
        hub.closeFailed();
    }

    private static HttpRequest.Builder film(RunningHub hub) {
        return HttpRequest.newBuilder(hub.uri("/v1/documents/film-1/payload"));
    }

    @FunctionalInterface
    private interface Harm {
        void to(Path file) throws IOException;
    }

    private void damageAfterOneFilm(Harm harm) throws Exception {
        try (var hub = new RunningHub(folder);
                HttpClient dealer = hub.client("dealer-7")) {
            HttpRequest film =
                    hub.submission("dealer-7", "opel/film", "film-1", FILM).build();
            assertThat(dealer.send(film, BYTES).statusCode()).isEqualTo(201);
        }
        try (Stream<Path> files = Files.list(folder.resolve("data/payloads"))) {
            harm.to(files.findAny().orElseThrow());
        }
    }

    private void assertStopped(String path) throws Exception {
        var hub = new RunningHub(folder);
        try (HttpClient dealer = hub.client("dealer-7")) {
            HttpResponse<String> answer = hub.get(dealer, path);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("\"code\":\"failed\"").doesNotContain("content");
            assertThat(hub.awaitFailure())
                    .isInstanceOf(CorruptRecord.class)
                    .hasMessageContaining("is damaged")
                    .hasMessageContaining("restore the last backup");
        }
        hub.closeFailed();
    }

    private void flipAfterOneSubmission(String table) throws Exception {
        flipAfterOneSubmission(table, RunningHub.FLOWS, "content");
    }

    private void flipAfterOneSubmission(String table, String flows, String content) throws Exception {
        try (var hub = new RunningHub(folder, flows, InstantSource.system());
                HttpClient dealer = hub.client("dealer-7")) {
            HttpRequest claim = hub.submission("dealer-7", CLAIMS, "claim-1", content.getBytes(StandardCharsets.UTF_8))
                    .header("Content-Type", "application/json")
                    .build();
            assertThat(dealer.send(claim, BYTES).statusCode()).isEqualTo(201);
        }
        Damage.flipLast(folder.resolve("data/store"), table);
    }
}
