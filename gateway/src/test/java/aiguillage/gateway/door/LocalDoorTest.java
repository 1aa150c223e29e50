package aiguillage.gateway.door;

import static aiguillage.gateway.testing.GatewayScene.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.gateway.Gateway;
import aiguillage.gateway.testing.GatewayScene;
import aiguillage.gateway.testing.TestAuthority;
import aiguillage.gateway.testing.TestHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The local REST door: durable before 202, one brand per token, and what belongs to another brand is not there.
final class LocalDoorTest {

    @TempDir
    private Path root;

    private TestHub hub;
    private GatewayScene scene;
    private Gateway gateway;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws Exception {
        var authority = new TestAuthority(root.resolve("ca"));
        hub = new TestHub(authority, TestHub.first());
        scene = new GatewayScene(root.resolve("dealer"), authority, hub.address());
        String small = Files.readString(scene.file()).replace("\"127.0.0.1:0\"", "\"127.0.0.1:0\", document-max: 1kB");
        Files.writeString(scene.file(), small);
        gateway = scene.start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        hub.close();
        http.close();
    }

    @Test
    void aDocumentIsTakenSentAndItsStateTold() throws Exception {
        var answer = send("opel", post("/v1/documents?flow=opel/claim&id=claim-1", "content"));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Location")).hasValue("/v1/documents/claim-1");

        until(
                "accepted",
                () -> send("opel", get("/v1/documents/claim-1")).body().contains("\"accepted\""));
        assertThat(send("opel", get("/v1/documents/claim-1")).body()).contains("receiptFor");
        assertThat(hub.arrived("opel/claim")).containsExactly("content");
    }

    @Test
    void cloudEventsHeadersAreUnderstood() throws Exception {
        HttpRequest.Builder request = post("/v1/documents", "content")
                .header("ce-specversion", "1.0")
                .header("ce-id", "claim-2")
                .header("ce-type", "opel/claim")
                .header("ce-recipient", "opel-centre")
                .header("Content-Type", "application/xml");
        assertThat(send("opel", request).statusCode()).isEqualTo(202);
        until("sent", () -> hub.requests().size() == 1);
        assertThat(hub.requests().getFirst()).containsEntry("ce-recipient", "opel-centre");
    }

    @Test
    void aRetryIsTakenOnceAndOtherContentIsAConflict() throws Exception {
        assertThat(send("opel", post("/v1/documents?flow=opel/claim&id=c", "one"))
                        .statusCode())
                .isEqualTo(202);
        assertThat(send("opel", post("/v1/documents?flow=opel/claim&id=c", "one"))
                        .statusCode())
                .isEqualTo(202);
        var conflict = send("opel", post("/v1/documents?flow=opel/claim&id=c", "two"));
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(conflict.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(conflict.body()).contains("id-taken", "remedy");
    }

    @Test
    void anotherBrandFindsNothing() throws Exception {
        send("opel", post("/v1/documents?flow=opel/claim&id=claim-1", "content"));
        hub.mailbox().deliver("opel/decision", "d-1", "approved");
        until("delivered", () -> send("opel", get("/v1/inbox")).body().contains("d-1"));

        assertThat(send("fiat", get("/v1/documents/claim-1")).statusCode()).isEqualTo(404);
        assertThat(send("fiat", post("/v1/documents?flow=opel/claim", "x")).statusCode())
                .isEqualTo(404);
        assertThat(send("fiat", get("/v1/inbox")).body()).isEqualTo("[]");
        assertThat(send("fiat", get("/v1/inbox/000000000101-d-1.txt")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aDeliveryIsReadAndTaken() throws Exception {
        hub.mailbox().deliver("opel/decision", "d-1", "approved");
        until("delivered", () -> send("opel", get("/v1/inbox")).body().contains("d-1"));
        String delivery = "/v1/inbox/000000000101-d-1.txt";

        assertThat(send("opel", get(delivery)).body()).isEqualTo("approved");
        assertThat(send("opel", get(delivery + ".envelope.json")).body()).contains("opel-centre");
        assertThat(send("opel", request(delivery).DELETE()).statusCode()).isEqualTo(204);
        assertThat(send("opel", get(delivery)).statusCode()).isEqualTo(404);
        assertThat(send("opel", get("/v1/inbox")).body()).isEqualTo("[]");
    }

    @Test
    void refusalsSayWhatToDo() throws Exception {
        assertThat(send("opel", post("/v1/documents?flow=opel/claim", "x".repeat(1_001)))
                        .statusCode())
                .isEqualTo(413);
        assertThat(send("opel", post("/v1/documents", "x")).body()).contains("ce-type is missing");
        assertThat(send("opel", get("/v1/inbox/..%2F..%2Fstatus.json")).statusCode())
                .isEqualTo(404);
        assertThat(send("opel", request("/v1/documents").DELETE()).statusCode()).isEqualTo(405);
        var stranger =
                request("/v1/inbox").header("Authorization", "Bearer guess").build();
        assertThat(http.send(stranger, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }

    @Test
    void whoeverHasATokenSeesThatTheDoorIsOpen() throws Exception {
        var open = send("opel", get("/v1"));
        assertThat(open.statusCode()).isEqualTo(204);
        assertThat(open.body()).isEmpty();
        assertThat(send("opel", request("/v1").DELETE()).statusCode()).isEqualTo(405);
        assertThat(send("opel", get("/v2")).statusCode()).isEqualTo(404);
        var stranger = request("/v1").header("Authorization", "Bearer guess").build();
        assertThat(http.send(stranger, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }

    @Test
    void aDoorThatOthersCouldReachIsRefusedAndLeavesNothingOpen() throws Exception {
        gateway.close();
        String yaml = Files.readString(scene.file());
        Files.writeString(scene.file(), yaml.replace("\"127.0.0.1:0\"", "\"192.0.2.1:1\""));
        assertThatThrownBy(scene::start)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("opens on loopback only")
                .hasMessageContaining("Write door.listen");

        Files.writeString(scene.file(), yaml);
        gateway = scene.start(); // nobody holds the folder or the book any more
    }

    @Test
    void theTokenIsForTheGatewaysUserOnly() throws IOException {
        Path token = scene.data().resolve("tokens").resolve("opel");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
    }

    private HttpResponse<String> send(String brand, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        String token =
                Files.readString(scene.data().resolve("tokens").resolve(brand)).strip();
        return http.send(request.header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder get(String path) {
        return request(path).GET();
    }

    private HttpRequest.Builder post(String path, String content) {
        return request(path).POST(BodyPublishers.ofString(content));
    }

    private HttpRequest.Builder request(String path) {
        int port = gateway.door().orElseThrow().getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }
}
