package aiguillage.hub.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.layer.Seal;
import aiguillage.hub.testing.TestClock;
import aiguillage.protocol.proof.VersionStatement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.JsonNode;

/// What the permanent stream tells of datasets.
@Timeout(60)
class ToldOnTheStreamTest {

    private static final String FIRST = "part,country,price,contract\np1,FR,10.00,\np2,DE,20.00,\n";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
    private DatasetHub hub;

    @BeforeEach
    void start() throws Exception {
        hub = new DatasetHub(folder, clock);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    /// A party's stream, event by event.
    private final class Stream implements AutoCloseable {

        private final BufferedReader lines;

        Stream(String party) throws Exception {
            HttpResponse<InputStream> answer = hub.client(party)
                    .send(
                            HttpRequest.newBuilder(hub.hub().uri("/v1/inbox/stream"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        }

        /// The kind of the next event; what has none is passed over.
        String next() throws IOException {
            String line = lines.readLine();
            while (!line.startsWith("event: ")) {
                line = lines.readLine();
            }
            return line.substring("event: ".length());
        }

        /// The next event of this kind; others, and what has none, are passed over.
        JsonNode next(String event) throws IOException {
            String line = lines.readLine();
            while (!line.equals("event: " + event)) {
                line = lines.readLine();
            }
            return DatasetHub.JSON.readTree(lines.readLine().substring("data: ".length()));
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    @Test
    void aStreamBeginsWithWhereEverythingStandsThatItsReaderReads() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        try (var dealer = new Stream("dealer-7");
                var bank = new Stream("bank")) {
            JsonNode standing = dealer.next("datasets");
            assertThat(standing.path("now").asString())
                    .isEqualTo(clock.instant().toString());
            assertThat(standing.path("datasets"))
                    .extracting(one -> one.path("name").asString())
                    .containsExactly(DatasetHub.MARKED, DatasetHub.PRICES);
            JsonNode prices = standing.path("datasets").get(1);
            assertThat(prices.path("newest").asLong()).isEqualTo(1);
            assertThat(prices.path("scope").asString()).isEqualTo("contract=;country=fr");
            assertThat(prices.at("/schema/columns")).hasSize(4);
            assertThat(bank.next("datasets").path("datasets")).isEmpty();
        }
    }

    @Test
    void aVersionComesDownTheStreamWithItsLayer() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        try (var dealer = new Stream("dealer-7")) {
            dealer.next("datasets");
            hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "11.00"), "", 201);
            JsonNode told = dealer.next("dataset");
            assertThat(told.path("name").asString()).isEqualTo(DatasetHub.PRICES);
            JsonNode offer = told.at("/versions/0");
            VersionStatement said = VersionStatement.verified(
                    offer.path("statement").asString(), hub.hub().ledgerKey());
            assertThat(said.number()).isEqualTo(2);
            assertThat(said.from()).isEqualTo(1);
            Path layer = folder.resolve("layer");
            Files.write(layer, Base64.getDecoder().decode(offer.path("layer").asString()));
            assertThat(Folder.digest(layer)).isEqualTo(said.layer());
            assertThat(DatasetHub.keys(layer)).containsExactly("p1");
        }
    }

    @Test
    void aSealedLayerIsOpenedByTheKeyToldAtItsTimeAndNotBefore() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        try (var dealer = new Stream("dealer-7")) {
            dealer.next("datasets");
            Instant soon = clock.instant().plus(Duration.ofMillis(200));
            String sealed = "sealed=true&effective=" + soon;
            hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "11.00"), sealed, 201);
            JsonNode offer = dealer.next("dataset").at("/versions/0");
            assertThat(offer.path("sealed").asBoolean()).isTrue();
            Path layer = folder.resolve("layer");
            Files.write(layer, Base64.getDecoder().decode(offer.path("layer").asString()));
            assertThat(Layer.isSealed(layer)).isTrue();
            hub.publish("opel", DatasetHub.MARKED, "part,description,price\np1,Vis,1.00\n", "", 201);
            String next = dealer.next();
            assertThat(next).as("nothing of the key in between").isEqualTo("datasets");
            clock.advance(Duration.ofMillis(200));
            JsonNode told = dealer.next("dataset");
            assertThat(told.path("version").asLong()).isEqualTo(2);
            var seal = new Seal(Base64.getDecoder().decode(told.path("seal").asString()));
            try (Layer open = Layer.open(layer, seal)) {
                assertThat(open.all().next().key().cells()).containsExactly("p1");
            }
        }
    }

    @Test
    void theKeyOfAVersionIsToldOnceHoweverManyVersionsCameAfterIt() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        try (var dealer = new Stream("dealer-7")) {
            dealer.next("datasets");
            Instant soon = clock.instant().plus(Duration.ofMillis(200));
            hub.publish(
                    "opel", DatasetHub.PRICES, FIRST.replace("10.00", "11.00"), "sealed=true&effective=" + soon, 201);
            String later = "effective=" + soon.plus(Duration.ofDays(1));
            hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "12.00"), later, 201);
            assertThat(dealer.next("dataset").at("/versions/0/sealed").asBoolean())
                    .isTrue();
            assertThat(dealer.next("dataset").has("versions")).isTrue();
            clock.advance(Duration.ofMillis(200));
            assertThat(dealer.next("dataset").path("version").asLong()).isEqualTo(2);
            hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "13.00"), later, 201);
            assertThat(dealer.next("dataset").has("versions"))
                    .as("what comes next is no second key")
                    .isTrue();
        }
    }

    @Test
    void atTheInstantOfAVersionThatWasWithdrawnNothingIsTold() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        try (var dealer = new Stream("dealer-7");
                var other = new Stream("dealer-9")) {
            dealer.next("datasets");
            other.next("datasets");
            Instant soon = clock.instant().plus(Duration.ofMillis(200));
            String sealed = "sealed=true&effective=" + soon;
            hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "11.00"), sealed, 201);
            hub.post("opel", "/v1/datasets/" + DatasetHub.PRICES + "/versions/2/withdrawal", 200);
            for (Stream stream : new Stream[] {dealer, other}) {
                assertThat(stream.next("dataset").has("versions")).isTrue();
                assertThat(stream.next("dataset").path("left").asLong()).isEqualTo(1);
            }
            String later = "sealed=true&effective=" + soon.plus(Duration.ofMillis(100));
            hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "12.00"), later, 201);
            clock.advance(Duration.ofMillis(300));
            for (Stream stream : new Stream[] {dealer, other}) {
                assertThat(stream.next("dataset").has("versions")).isTrue();
                assertThat(stream.next()).as("no list of all datasets").isEqualTo("dataset");
            }
        }
    }

    private static long timers() throws Exception {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {null},
                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .filter(line -> line.contains("ScheduledFutureTask"))
                .mapToLong(line -> Long.parseLong(line.strip().split("\\s+", -1)[1]))
                .sum();
    }

    @Test
    @ResourceLock(Resources.GLOBAL) // others' timers are counted too
    void aSealedVersionHasOneTimerUntilItIsWithdrawn() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        long before = timers();
        String sealed = "sealed=true&effective=" + clock.instant().plus(Duration.ofDays(9_000));
        for (int i = 0; i < 40; i++) {
            hub.publish("opel", DatasetHub.PRICES, FIRST.replace("10.00", "1" + i % 5 + ".50"), sealed, 201);
        }
        assertThat(timers() - before).as("for 40 versions").isBetween(30L, 60L);
        hub.post("opel", "/v1/datasets/" + DatasetHub.PRICES + "/versions/2/withdrawal", 200);
        assertThat(timers() - before).as("when they are withdrawn").isLessThan(20);
    }

    @Test
    void whoMaySeeOtherRowsFromNowOnIsToldWithTheNewTable() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        try (var dealer = new Stream("dealer-7")) {
            dealer.next("datasets");
            String moved = DatasetHub.FLOWS.replace(
                    "dealer-7: { roles: [dealer], brands: [opel], country: fr",
                    "dealer-7: { roles: [dealer], brands: [opel], country: de");
            assertThat(hub.hub().operator("/operator/flows", moved).statusCode())
                    .isEqualTo(200);
            JsonNode prices = dealer.next("datasets").path("datasets").get(1);
            assertThat(prices.path("scope").asString()).isEqualTo("contract=;country=de");
            String shut = moved.replace("dealer-7: { roles: [dealer]", "dealer-7: { roles: [bank]");
            assertThat(hub.hub().operator("/operator/flows", shut).statusCode()).isEqualTo(200);
            assertThat(dealer.next("datasets").path("datasets")).isEmpty();
        }
    }

    @Test
    void columnsDoNotChangeUnderAVersion() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        String other = DatasetHub.FLOWS.replace("{ name: contract }", "{ name: contract }\n      - { name: unit }");
        var answer = hub.hub().operator("/operator/flows", other);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(DatasetHub.PRICES, "another name");
    }

    private static String withoutPrices() {
        String marked = DatasetHub.FLOWS.substring(DatasetHub.FLOWS.indexOf("  " + DatasetHub.MARKED));
        return DatasetHub.FLOWS.substring(0, DatasetHub.FLOWS.indexOf("  " + DatasetHub.PRICES)) + marked;
    }

    @Test
    void aDatasetThatWasTakenOutComesBackWithItsOldColumnsAlone() throws Exception {
        hub.publish("opel", DatasetHub.PRICES, FIRST, "", 201);
        assertThat(hub.hub().operator("/operator/flows", withoutPrices()).statusCode())
                .isEqualTo(200);
        String other = DatasetHub.FLOWS.replace("{ name: contract }", "{ name: contract }\n      - { name: unit }");
        var answer = hub.hub().operator("/operator/flows", other);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(DatasetHub.PRICES, "another name");
        assertThat(hub.hub().operator("/operator/flows", DatasetHub.FLOWS).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatWasHeldWithOtherColumnsIsNotReleased() throws Exception {
        String guarded = DatasetHub.FLOWS.replace("guards: { least", "guards: { rows-min: 5, least");
        assertThat(hub.hub().operator("/operator/flows", guarded).statusCode()).isEqualTo(200);
        long held = hub.publish("opel", DatasetHub.PRICES, FIRST, "", 202)
                .path("held")
                .asLong();
        String other = guarded.replace("{ name: contract }", "{ name: contract }\n      - { name: unit }");
        assertThat(hub.hub().operator("/operator/flows", other).statusCode()).isEqualTo(200);
        String release = "/v1/datasets/" + DatasetHub.PRICES + "/held/" + held + "/release";
        assertThat(hub.post("opel-second", release, 409).path("code").asString())
                .isEqualTo("version-overtaken");
    }
}
