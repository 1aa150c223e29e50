package aiguillage.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.app.testing.Ran;
import aiguillage.app.testing.Shell;
import aiguillage.protocol.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The demo, small, with its real processes.
class DemoTest {

    private static final int CLAIMS = 60;
    private static final int PARTS = 1_000;

    @TempDir
    Path folder;

    @Test
    void nothingIsLostNorTwiceAlthoughTheHubIsKilledAndPricesAreExactInTimeAndTraced() throws Exception {
        Path json = folder.resolve("figures.json");
        Path own = folder.resolve("demo");
        Ran ran = Ran.command(
                "demo", "--claims", CLAIMS, "--rate", 50, "--parts", PARTS, "--folder", own, "--json", json);
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        JsonNode figures = JsonMapper.shared().readTree(Files.readString(json));
        assertThat(figures.propertyNames())
                .containsExactly(
                        "sent",
                        "received",
                        "answered",
                        "lost",
                        "duplicated",
                        "docs_per_s",
                        "p50_ms",
                        "p99_ms",
                        "receipt_verified",
                        "hub_kills",
                        "prices");
        assertThat(figures.path("sent").asInt()).isEqualTo(CLAIMS);
        assertThat(figures.path("answered").asInt()).isEqualTo(CLAIMS);
        assertThat(figures.path("lost").asInt()).isZero();
        assertThat(figures.path("duplicated").asInt()).isZero();
        assertThat(figures.path("receipt_verified").asBoolean()).isTrue();
        assertThat(figures.path("hub_kills").asInt()).isEqualTo(1);
        assertThat(Files.readString(own.resolve("logs/hub.log"))).contains("The hub is closed.");
        requirePrices(figures.path("prices"));
        proveOne(own);
        assertThat(processesOf(own)).isEmpty();
    }

    /// One dealer has a gateway, one speaks STAR, one sends flat files, one speaks AS4. The demo stays until it
    /// is told to end, and its last line leads to the console.
    @Test
    void theCentreSeesTheSameDocumentsWhateverDoorTheyComeBy() throws Exception {
        Path json = folder.resolve("figures.json");
        Path own = folder.resolve("demo");
        try (var shell = new Shell(folder)) {
            requireConsole(shell.leave(
                    "aiguillage demo --doors --claims " + CLAIMS
                            + " --rate 50 --folder demo --json figures.json --stay",
                    "/enrol/"));
        }
        JsonNode figures = JsonMapper.shared().readTree(Files.readString(json));
        assertThat(figures.path("sent").asInt()).isEqualTo(CLAIMS);
        assertThat(figures.path("answered").asInt()).isEqualTo(CLAIMS);
        assertThat(figures.path("lost").asInt()).isZero();
        assertThat(figures.path("duplicated").asInt()).isZero();
        assertThat(figures.path("receipt_verified").asBoolean()).isTrue();
        assertThat(figures.path("hub_kills").asInt()).isEqualTo(1);
        Set<Digest> atCentre = digests(own.resolve("warranty-centre/dms/opel/taken/warranty-claim"), ".xml");
        assertThat(atCentre).hasSize(CLAIMS);
        for (String dealer : List.of("dealer-7", "dealer-8", "dealer-10")) {
            assertThat(digests(claimsOf(own, dealer), ".xml"))
                    .as(dealer)
                    .hasSize(CLAIMS / 4)
                    .isSubsetOf(atCentre);
        }
        Set<Digest> flat = digests(claimsOf(own, "dealer-9"), ".flat");
        assertThat(flat).hasSize(CLAIMS / 4);
        assertThat(digests(own.resolve("archive/dms/opel/in/warranty-claim"), ".flat"))
                .as("every claim is a flat file at who reads flat files, those that came flat as they were")
                .hasSize(CLAIMS)
                .containsAll(flat);
        assertThat(figures.path("same_bytes").asInt()).isEqualTo(CLAIMS);
        assertThat(figures.path("flat_again").asInt()).isEqualTo(CLAIMS / 4);
        assertThat(processesOf(own)).isEmpty();
    }

    /// Whoever opens the link is asked for a key; the console behind it lets in nobody else.
    private static void requireConsole(String said) throws Exception {
        String last = said.lines().toList().getLast();
        URI link = URI.create(last.substring(last.indexOf("http")));
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpResponse<String> page = browser.send(request(link), HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            assertThat(page.body()).contains("data-key=\"create\"");
            assertThat(browser.send(request(link.resolve("/documents")), HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(303);
        }
    }

    private static HttpRequest request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
    }

    private static Path claimsOf(Path own, String dealer) {
        return own.resolve(dealer).resolve("dms/opel/done/warranty-claim");
    }

    private static Set<Digest> digests(Path folder, String extension) throws IOException {
        Set<Digest> digests = new HashSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(extension)).toList()) {
                digests.add(Digest.of(Files.readAllBytes(file)));
            }
        }
        return digests;
    }

    /// Two dealers had every version exactly, neither an embargoed price before its hour, and the leak is one's
    /// alone.
    private static void requirePrices(JsonNode prices) {
        assertThat(prices.path("rows").asInt()).isEqualTo(PARTS);
        assertThat(prices.path("changed").asInt()).isEqualTo(PARTS / 20);
        for (String count : List.of(
                "dealers",
                "exact",
                "changed_answered",
                "changed_exact",
                "sealed_here",
                "sealed_answered",
                "sealed_exact")) {
            assertThat(prices.path(count).asInt()).as(count).isEqualTo(2);
        }
        assertThat(prices.path("sealed_early").asInt()).isZero();
        assertThat(prices.path("sealed_asked_before").asInt()).isPositive();
        assertThat(prices.path("leaked_marks").asInt()).isPositive();
        assertThat(prices.path("leaker").asString()).isEqualTo("dealer-8");
        assertThat(prices.path("accused").valueStream().map(JsonNode::asString)).containsExactly("dealer-8");
        assertThat(prices.path("accused_by_published_file")).isEmpty();
        assertThat(prices.path("chance_max").asDouble()).isLessThanOrEqualTo(1e-6);
    }

    /// A receipt verifies with the key alone, and not with one byte flipped.
    private void proveOne(Path own) throws Exception {
        Path key = own.resolve("data/ledger.vkey");
        Path receipt = own.resolve("dealer-7/dms/opel/done/warranty-claim/W-04821-OPEL-000001.xml.receipt.json");
        Ran proven = Ran.command("receipt", "verify", receipt, "--key", key, "--json");
        assertThat(proven.exit()).as(proven.err()).isZero();
        assertThat(proven.json().path("sender").asString()).isEqualTo("dealer-7");
        byte[] flipped = Files.readAllBytes(receipt);
        flipped[flipped.length / 2] ^= 1;
        Path forged = Files.write(folder.resolve("forged.json"), flipped);
        assertThat(Ran.command("receipt", "verify", forged, "--key", key).exit())
                .isEqualTo(1);
    }

    private static Stream<ProcessHandle> processesOf(Path own) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(own.toString()));
    }
}
