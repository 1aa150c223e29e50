package aiguillage.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.payload.Payloads;
import aiguillage.hub.testing.FlatFormats;
import aiguillage.hub.testing.RunningHub;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A flat file that a flow takes is its documents, by any door.
class FlatFilesTest {

    private static final String FLOWS = RunningHub.FLOWS
            + "  opel/prices: { from: dealer, to: opel-centre, flat: prices-csv }\n"
            + "  opel/checked: { from: dealer, to: opel-centre, flat: prices-csv, schema: price.schema.json }\n"
            + "  opel/strict: { from: dealer, to: opel-centre, flat: prices-csv, bad-records: refuse-file }\n"
            + "  opel/order: { from: dealer, to: opel-centre, flat: [parts-order-fixed] }\n"
            + "  opel/edifact: { from: dealer, to: opel-centre, flat: orders-d96a, bad-records: leave-out }\n";

    private static final String BAD = "12;\"X\";PCE;one;1,00;0;1,00;A2;01/04/2026;\r\n";

    private Path folder;
    private RunningHub hub;
    private HttpClient dealer;
    private HttpClient centre;

    @BeforeEach
    void start(@TempDir Path temp) throws Exception {
        folder = temp;
        Path prices = FlatFormats.copy(folder, "prices-csv");
        Files.copy(
                prices.resolve("price.schema.json"),
                Files.createDirectories(folder.resolve("schemas")).resolve("price.schema.json"));
        FlatFormats.copy(folder, "parts-order-fixed");
        FlatFormats.copy(folder, "orders-d96a");
        open();
    }

    private void open() throws Exception {
        hub = new RunningHub(folder, FLOWS, InstantSource.system());
        dealer = hub.client("dealer-7");
        centre = hub.client("opel-centre");
    }

    @AfterEach
    void stop() {
        dealer.close();
        centre.close();
        hub.close();
    }

    private HttpResponse<String> send(String flow, String id, String type, String content) throws Exception {
        HttpRequest request = hub.submission("dealer-7", flow, id, content.getBytes(StandardCharsets.UTF_8))
                .header("Content-Type", type)
                .build();
        return dealer.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private List<String> inbox() throws Exception {
        JsonNode events = JsonMapper.shared()
                .readTree(hub.get(centre, "/v1/inbox?limit=100").body());
        var ids = new ArrayList<String>();
        events.forEach(event -> ids.add(event.path("id").asString()));
        return ids;
    }

    @Test
    void eachGoodLineIsADocumentAndABadOneIsToldWithItsPlace() throws Exception {
        String file = FlatFormats.prices(List.of(FlatFormats.price("A1"), BAD, "\r\n", FlatFormats.price("A3")));
        HttpResponse<String> answer = send("opel/prices", "list-1", "text/csv", file);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode report = JsonMapper.shared().readTree(answer.body());
        assertThat(report.path("accepted").asInt()).isEqualTo(2);
        assertThat(report.path("refused").asInt()).isEqualTo(1);
        JsonNode bad = report.path("lines").get(1);
        assertThat(bad.path("line").asInt()).isEqualTo(3);
        assertThat(bad.path("column").asInt()).isEqualTo(12);
        assertThat(bad.path("path").asString()).isEqualTo("price/pack");
        assertThat(bad.path("expected").asString()).contains("found \"one\"", "whole number");
        assertThat(report.path("lines")
                        .get(2)
                        .path("receipt")
                        .path("checkpoint")
                        .asString())
                .isNotEmpty();
        assertThat(inbox()).containsExactly("list-1.2", "list-1.5");
        String payload = hub.get(centre, "/v1/documents/list-1.2/payload?sender=dealer-7")
                .body();
        JsonNode price = JsonMapper.shared().readTree(payload);
        assertThat(price.path("designation").asString()).isEqualTo("FILTRE; LONG");
        assertThat(price.path("list-price").decimalValue()).isEqualByComparingTo("1012.3");
        assertThat(price.path("effective").asString()).isEqualTo("2026-04-01");
    }

    @Test
    void aPriceIsJsonByTheSchemaOfItsFlow() throws Exception {
        String discount = FlatFormats.price("A2").replace("31,5", "131,5");
        HttpResponse<String> answer = send(
                "opel/checked", "list-4", "text/csv", FlatFormats.prices(List.of(FlatFormats.price("A1"), discount)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).contains("\"accepted\":1,\"refused\":1", "/discount");
        assertThat(inbox()).containsExactly("list-4.2");
    }

    @Test
    void theSameFileGetsTheSameReceiptsThoughTheFormatChanged() throws Exception { // I2, I5
        String file = FlatFormats.prices(List.of(FlatFormats.price("A1"), BAD));
        JsonNode first = JsonMapper.shared()
                .readTree(send("opel/prices", "list-2", "text/csv", file).body());
        Path schema = folder.resolve("formats/prices-csv/format.dfdl.xsd");
        Files.writeString(
                schema,
                Files.readString(schema)
                        .replace("name=\"pack\" type=\"xs:nonNegativeInteger\"", "name=\"pack\" type=\"xs:string\"")
                        .replace("name=\"unit\" type=\"xs:string\"", "name=\"unit\" type=\"xs:date\""));
        assertThat(JsonMapper.shared()
                        .readTree(
                                send("opel/prices", "list-2", "text/csv", file).body()))
                .as("the format counts from the next time the table is applied")
                .isEqualTo(first);
        assertThat(hub.operator("/operator/flows", FLOWS).statusCode()).isEqualTo(200);
        HttpResponse<String> again = send("opel/prices", "list-2", "text/csv", file);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        JsonNode lines = JsonMapper.shared().readTree(again.body()).path("lines");
        assertThat(lines.get(0)).isEqualTo(first.path("lines").get(0));
        assertThat(lines.get(1).path("path").asString()).isEqualTo("price/unit");
        stop();
        open();
        assertThat(JsonMapper.shared()
                        .readTree(
                                send("opel/prices", "list-2", "text/csv", file).body())
                        .path("lines"))
                .isEqualTo(lines);
        assertThat(inbox()).containsExactly("list-2.2");
        HttpResponse<String> other = send("opel/prices", "list-2", "text/csv", file + FlatFormats.price("A9"));
        assertThat(other.statusCode()).as(other.body()).isEqualTo(409);
    }

    @Test
    void aFlowOfAllOrNothingTakesNothingOfAFileWithABadLine() throws Exception {
        HttpResponse<String> refused =
                send("opel/strict", "list-3", "text/csv", FlatFormats.prices(List.of(FlatFormats.price("A1"), BAD)));
        assertThat(refused.statusCode()).isEqualTo(422);
        JsonNode fault =
                JsonMapper.shared().readTree(refused.body()).path("faults").get(0);
        assertThat(fault.path("line").asInt()).isEqualTo(3);
        assertThat(inbox()).isEmpty();
        HttpResponse<String> mended =
                send("opel/strict", "list-3", "text/csv", FlatFormats.prices(List.of(FlatFormats.price("A1"))));
        assertThat(mended.statusCode()).as("the id is still free").isEqualTo(201);
        assertThat(inbox()).containsExactly("list-3.2");
    }

    @Test
    void aFileThatIsOneDocumentKeepsItsIdAndItsReceipt() throws Exception {
        String file = "00D04711  OEMORION2026032008150000000954" + "GARAGE" + " ".repeat(34) + "\r\n"
                + "10PO1            S20260323D0471102" + " ".repeat(46) + "\r\n"
                + "20000017701208174     00000040000000842" + "FILTRE" + " ".repeat(24) + "EUR        \r\n"
                + "90000001000000003368" + " ".repeat(60) + "\r\n";
        HttpRequest request = hub.submission("dealer-7", "opel/order", "order-1", file.getBytes(StandardCharsets.UTF_8))
                .header("ce-subject", "parts-order-1.txt")
                .build();
        HttpResponse<String> answer = dealer.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(JsonMapper.shared()
                        .readTree(answer.body())
                        .path("checkpoint")
                        .asString())
                .isNotEmpty();
        assertThat(inbox()).containsExactly("order-1");
        HttpResponse<String> again = dealer.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(answer.body());
    }

    @Test
    void messagesOnOneLineAreDocumentsOfTheirOwnAndABadOneLosesNoOther() throws Exception {
        String message =
                "UNH+%1$d+ORDERS:D:96A:UN'BGM+220+PO%1$d+9'DTM+137:20260320:102'LIN+1++7:SA'UNS+S'UNT+%2$d+%1$d'";
        String file = "UNB+UNOC:3+A:ZZ+B:ZZ+260320:0715+1'" + message.formatted(1, 6) + message.formatted(2, 7)
                + message.formatted(3, 6) + "UNZ+3+1'";
        HttpResponse<String> answer = send("opel/edifact", "orders", "application/edifact", file);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode report = JsonMapper.shared().readTree(answer.body());
        assertThat(report.path("accepted").asInt()).as(answer.body()).isEqualTo(2);
        assertThat(answer.body()).contains("UNT/0074", "6, the number of segments from UNH to UNT");
        assertThat(inbox()).containsExactly("orders.2", "orders.14");
        assertThat(send("opel/edifact", "orders", "application/edifact", file).statusCode())
                .isEqualTo(200);
        assertThat(inbox()).hasSize(2);
    }

    @Test
    void anotherDocumentOfTheFlowIsTakenAsItIs() throws Exception {
        assertThat(send("opel/prices", "xml-1", "application/xml", "<any/>").statusCode())
                .isEqualTo(201);
        assertThat(inbox()).containsExactly("xml-1");
    }

    @Test
    void aFileWithoutAGoodLineIsRefused() throws Exception {
        HttpResponse<String> answer = send("opel/prices", "none", "text/csv", "something;else\r\n");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("first line");
        assertThat(send("opel/prices", "empty", "text/csv", FlatFormats.FIRST_LINE)
                        .body())
                .contains("line 2, column 1", "expected one of price");
    }

    private static final String MESSAGE =
            "UNH+%1$d+ORDERS:D:96A:UN'BGM+220+PO%1$d+9'DTM+137:20260320:102'LIN+1++7:SA'UNS+S'UNT+%2$d+%1$d'";

    @Test
    void aBadMessageIsToldAgainThoughOthersOnItsLineWereTaken() throws Exception { // I3
        String file =
                "UNB+UNOC:3+A:ZZ+B:ZZ+260320:0715+1'" + MESSAGE.formatted(1, 6) + MESSAGE.formatted(2, 7) + "UNZ+2+1'";
        JsonNode first = JsonMapper.shared()
                .readTree(send("opel/edifact", "told", "application/edifact", file)
                        .body());
        assertThat(first.path("refused").asInt()).isEqualTo(1);
        assertThat(JsonMapper.shared()
                        .readTree(send("opel/edifact", "told", "application/edifact", file)
                                .body()))
                .isEqualTo(first);
    }

    @Test
    void aFaultThatIsCutWithinACharacterIsAnswered() throws Exception {
        String text = "x".repeat(79) + "\uD83D\uDE97";
        String bad = "13;\"X\";PCE;" + text + ";1,00;0;1,00;A2;01/04/2026;\r\n";
        HttpResponse<String> answer =
                send("opel/prices", "cut", "text/csv", FlatFormats.prices(List.of(FlatFormats.price("A1"), bad)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).contains("expected a whole number");
    }

    @Test
    void moreDocumentsThanAFileMayHaveAreToldAndWhatWasTakenHasItsReceipt() throws Exception { // I1, I3
        int more = FlatIntake.DOCUMENTS_MAX + 1;
        var file = new StringBuilder(FlatFormats.FIRST_LINE);
        for (int i = 0; i < more; i++) {
            file.append("A").append(i).append(";X;PCE;1;1,00;0;1,00;A2;01/04/2026;\r\n");
        }
        HttpResponse<String> answer = send("opel/prices", "many", "text/csv", file.toString());
        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode report = JsonMapper.shared().readTree(answer.body());
        assertThat(report.path("accepted").asInt()).isEqualTo(FlatIntake.DOCUMENTS_MAX);
        assertThat(report.path("refused").asInt()).isEqualTo(1);
        assertThat(report.path("lines").get(more - 1).path("line").asInt()).isEqualTo(more + 1);
    }

    @Test
    void whatWasTakenLineByLineIsNotTakenOnceMoreAsAWhole() throws Exception { // I2
        String file = FlatFormats.prices(List.of(FlatFormats.price("A1"), FlatFormats.price("A2")));
        assertThat(send("opel/prices", "whole", "text/csv", file).statusCode()).isEqualTo(201);
        Path head = folder.resolve("formats/prices-csv/format.yaml");
        String lines = Files.readString(head);
        String root = lines.lines()
                .filter(line -> line.startsWith("root: "))
                .findFirst()
                .orElseThrow()
                .substring("root: ".length());
        Files.writeString(head, lines.replaceFirst("(?m)^document: .*$", "document: " + root));
        assertThat(hub.operator("/operator/flows", FLOWS).statusCode()).isEqualTo(200);
        HttpResponse<String> again = send("opel/prices", "whole", "text/csv", file);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(again.body()).contains("\"accepted\":2", "nothing was taken");
        assertThat(inbox()).containsExactly("whole.2", "whole.3");
    }

    @Test
    void onlyTheHubSaysThatADocumentWasMadeOfAFlatFile() throws Exception {
        HttpRequest request = hub.submission(
                        "dealer-7", "opel/prices", "forged", "<any/>".getBytes(StandardCharsets.UTF_8))
                .header("Content-Type", "application/xml")
                .header("ce-flatdigest", "sha-256=:AAAA:")
                .build();
        HttpResponse<String> answer = dealer.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("flatdigest");
    }

    private static String order(int lines) {
        var file = new StringBuilder("00D04711  OEMORION2026032008150000000954GARAGE" + " ".repeat(34) + "\r\n")
                .append("10PO1            S20260323D0471102" + " ".repeat(46) + "\r\n");
        for (int i = 1; i <= lines; i++) {
            file.append("20%05d7701208174     00000010000000100FILTRE".formatted(i))
                    .append(" ".repeat(24) + "EUR        \r\n");
        }
        return file.append("90%06d%010d00".formatted(lines, lines) + " ".repeat(60) + "\r\n")
                .toString();
    }

    @Test
    void aLargeFileThatIsOneDocumentGetsItsReceiptAgainWhateverItsSize() throws Exception { // I2
        byte[] file = order(4_000).getBytes(StandardCharsets.UTF_8);
        assertThat(file.length).isGreaterThan(Payloads.INLINE_BYTES_MAX);
        HttpRequest request = hub.submission("dealer-7", "opel/order", "order-2", file)
                .header("ce-subject", "parts-order-2.txt")
                .build();
        HttpResponse<String> answer = dealer.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        HttpResponse<String> again = dealer.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(answer.body());
    }

    @Test
    void whatWasTakenKeepsItsReceiptsThoughTheFlowTakesNothingMore() throws Exception { // I2
        String file = FlatFormats.prices(List.of(FlatFormats.price("A1"), FlatFormats.price("A2")));
        JsonNode first = JsonMapper.shared()
                .readTree(send("opel/prices", "closed", "text/csv", file).body());
        String order = order(2);
        HttpRequest request = hub.submission(
                        "dealer-7", "opel/order", "order-3", order.getBytes(StandardCharsets.UTF_8))
                .header("ce-subject", "parts-order-3.txt")
                .build();
        String receipt =
                dealer.send(request, HttpResponse.BodyHandlers.ofString()).body();
        assertThat(hub.operator("/operator/flows", RunningHub.FLOWS).statusCode())
                .isEqualTo(200);
        HttpResponse<String> again = send("opel/prices", "closed", "text/csv", file);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(JsonMapper.shared().readTree(again.body())).isEqualTo(first);
        HttpResponse<String> whole = dealer.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(whole.statusCode()).as(whole.body()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(receipt);
        assertThat(send("opel/prices", "closed", "text/csv", file.replace("A2", "A3"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(send("opel/prices", "new", "text/csv", file).statusCode()).isEqualTo(403);
    }
}
