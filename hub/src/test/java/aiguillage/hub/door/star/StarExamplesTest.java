package aiguillage.hub.door.star;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.star.Root;
import aiguillage.hub.star.SoapReader;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.StarSamples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real BODs and messages of STAR's transport. Skipped where the samples are not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class StarExamplesTest {

    private static final String NAMESPACE = "http://www.starstandards.org/webservices/2009/transport";

    private final List<Sample> samples = new ArrayList<>();
    private RunningHub hub;
    private HttpClient dealer;
    private HttpClient centre;

    /// A file and its document element's bytes.
    private record Sample(Path file, Root root, byte[] element) {}

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        var flows = new StringBuilder(RunningHub.FLOWS);
        var elements = new TreeSet<String>();
        for (String from : List.of("examples-published", "examples-valid")) {
            try (Stream<Path> files = Files.list(StarSamples.folder().resolve(from))) {
                files.sorted().forEach(this::read);
            }
        }
        samples.forEach(sample -> elements.add(sample.root().element()));
        for (String element : elements) {
            flows.append("  opel/" + element.toLowerCase(Locale.ROOT) + ": { from: dealer, to: opel-centre, bod: "
                    + element + " }\n");
        }
        hub = new RunningHub(
                RunningHub.speakingStar(RunningHub.config(folder, flows.toString(), InstantSource.system())),
                InstantSource.system());
        dealer = hub.client("dealer-7");
        centre = hub.client("opel-centre");
    }

    private void read(Path file) {
        try {
            byte[] bytes = Files.readString(file, StandardCharsets.ISO_8859_1)
                    .replaceAll("(BODID[^>]*>)string<", "$1published-" + samples.size() + "<") // all have the same
                    .getBytes(StandardCharsets.ISO_8859_1);
            SoapReader.Source source = () -> new ByteArrayInputStream(bytes);
            Optional<Root> root = Root.of(source);
            root.ifPresent(found -> samples.add(
                    new Sample(file, found, Arrays.copyOfRange(bytes, (int) found.begin(), (int) found.end()))));
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    @AfterAll
    void stop() {
        if (hub != null) {
            dealer.close();
            centre.close();
            hub.close();
        }
    }

    private HttpResponse<byte[]> post(HttpClient client, byte[] message) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(hub.uri("/star"))
                .header("Content-Type", "text/xml; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(message))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static byte[] put(Sample sample) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(("<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:t=\"" + NAMESPACE
                        + "\"><e:Header><t:payloadManifest><t:manifest contentID=\"C\" namespaceURI=\""
                        + sample.root().namespace() + "\" element=\""
                        + sample.root().element()
                        + "\"/></t:payloadManifest></e:Header><e:Body><t:PutMessage><t:payload><t:content id=\"C\">")
                .getBytes(StandardCharsets.UTF_8));
        out.writeBytes(sample.element());
        out.writeBytes(
                "</t:content></t:payload></t:PutMessage></e:Body></e:Envelope>".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static String pull(String receipt) {
        String filter = receipt.isEmpty()
                ? ""
                : "<t:filter><t:receiptIDs><t:receiptID>" + receipt + "</t:receiptID></t:receiptIDs></t:filter>";
        return "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><t:PullMessage xmlns:t=\""
                + NAMESPACE + "\" maxItems=\"1\">" + filter + "</t:PullMessage></e:Body></e:Envelope>";
    }

    @Test
    void everyExampleGoesInAndComesOutByteForByte() throws Exception {
        assertThat(samples).hasSizeGreaterThan(70);
        String receipt = "";
        for (Sample sample : samples) {
            HttpResponse<byte[]> taken = post(dealer, put(sample));
            assertThat(taken.statusCode())
                    .as(sample.file() + new String(taken.body(), StandardCharsets.UTF_8))
                    .isEqualTo(200);
            byte[] given =
                    post(centre, pull(receipt).getBytes(StandardCharsets.UTF_8)).body();
            String text = new String(given, StandardCharsets.ISO_8859_1);
            int begin = text.indexOf("<t:content id=\"");
            int end = text.lastIndexOf("</t:content>");
            receipt = text.substring(begin + 15, text.indexOf('"', begin + 15));
            assertThat(Arrays.copyOfRange(given, text.indexOf('>', begin) + 1, end))
                    .as(sample.file().toString())
                    .isEqualTo(sample.element());
        }
    }

    @Test
    void everySampleMessageIsRead() throws Exception {
        try (Stream<Path> messages = Files.list(StarSamples.folder().resolve("soap"))) {
            for (Path message :
                    messages.filter(file -> file.toString().contains("request")).toList()) {
                var read = SoapReader.read(() -> Files.newInputStream(message));
                assertThat(read.transport().namespace())
                        .contains(message.getFileName().toString().startsWith("2009") ? "2009" : "2005/10");
            }
        }
    }
}
