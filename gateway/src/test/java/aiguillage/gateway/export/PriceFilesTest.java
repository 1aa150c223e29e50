package aiguillage.gateway.export;

import static aiguillage.gateway.testing.GatewayScene.names;
import static aiguillage.gateway.testing.GatewayScene.until;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.gateway.disk.RealDisk;
import aiguillage.gateway.dms.Folders;
import aiguillage.gateway.pace.Backoff;
import aiguillage.gateway.pace.Crew;
import aiguillage.gateway.replica.Confirmation;
import aiguillage.gateway.replica.HubClock;
import aiguillage.gateway.replica.Replicas;
import aiguillage.gateway.replica.Shelf;
import aiguillage.gateway.status.Trouble;
import aiguillage.gateway.status.Troubles;
import aiguillage.gateway.testing.BreakableRows;
import aiguillage.gateway.testing.TestDatasets;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.PartyId;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file for each version that holds: whole under its name, once, and never before its time.
final class PriceFilesTest {

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private static final Map<String, String> STAR =
            Map.of("part", "PartsProductItem/ItemID", "price", "Price[PriceCode=Unit Price]/ChargeAmount");

    @TempDir
    private Path root;

    private final TestDatasets hub = new TestDatasets();
    private final BreakableRows rows = new BreakableRows();
    private final Troubles troubles = new Troubles(hub::now);
    private final CountDownLatch never = new CountDownLatch(1);
    private final Crew crew = new Crew(failed -> {
        throw new AssertionError(failed);
    });
    private volatile Instant steady = Instant.parse("2001-01-01T00:00:00Z");
    private Replicas replicas;

    @BeforeEach
    void start() throws Exception {
        var settings = new Replicas.Settings(
                0,
                Duration.ofDays(400),
                () -> new Backoff(Duration.ofMillis(1), Duration.ofMillis(10), new Random(1)),
                () -> new Confirmation(Duration.ZERO, new Random(1)),
                rows);
        replicas = new Replicas(
                "main",
                root.resolve("data"),
                Set.of(new Brand("opel")),
                settings,
                hub,
                new HubClock(hub::now, () -> steady),
                new RealDisk(),
                crew,
                duration -> {
                    if (duration.compareTo(Duration.ofMinutes(1)) > 0) {
                        never.await(); // the hourly look
                    }
                },
                troubles);
        replicas.start();
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(crew.stop(Duration.ofSeconds(10))).isEmpty();
        replicas.close();
    }

    private PriceFiles files(boolean isDelta) {
        return files(new Csv(';', true, WINDOWS), isDelta);
    }

    private PriceFiles star(Map<String, String> names) {
        return files(new Star(names, Star.ACTION, StandardCharsets.UTF_8, "opel", new PartyId("dealer-7")), true);
    }

    private PriceFiles files(Form form, boolean isDelta) {
        var export = new Export(TestDatasets.NAME, form, isDelta);
        return new PriceFiles(
                export, new Shelf(List.of(replicas)), new Folders(root.resolve("dms")), new RealDisk(), troubles);
    }

    private Path file(String name) {
        return root.resolve("dms/opel/prices").resolve(name);
    }

    @Test
    void eachVersionIsWrittenWhenItBeginsToHoldAndOnce() throws Exception {
        PriceFiles files = files(false);
        files.look();
        assertThat(file("")).doesNotExist();
        hub.publish("p1=10.00", "é=20.00");
        hub.publish(TestDatasets.prices("p1=12.50"), hub.now().plusSeconds(60), false);
        hub.stands(replicas, 2);
        files.look();
        assertThat(Files.readString(file("parts-prices-v1.csv"), WINDOWS))
                .isEqualTo("part;from;to;price\r\np1;;;10,00\r\né;;;20,00\r\n");
        assertThat(names(file(""))).containsExactly("parts-prices-v1.csv", "parts-prices.written");
        Files.delete(file("parts-prices-v1.csv")); // the DMS has read it
        files.look();
        assertThat(names(file(""))).containsExactly("parts-prices.written");

        steady = steady.plusSeconds(60);
        files.look();
        assertThat(Files.readString(file("parts-prices-v2.csv"), WINDOWS))
                .isEqualTo("part;from;to;price\r\np1;;;12,50\r\n");
        assertThat(troubles.open()).isEmpty();
    }

    @Test
    void changesAreWrittenBehindAWholeList() throws Exception {
        PriceFiles files = files(true);
        hub.publish("p1=10.00", "p2=20.00", "p3=30.00");
        hub.stands(replicas, 1);
        files.look();
        assertThat(Files.readString(file("parts-prices-v1.csv"), WINDOWS)).contains("put;p1;;;10,00\r\n");
        publishSecond();
        files.look();
        assertThat(Files.readString(file("parts-prices-v2-since-v1.csv"), WINDOWS))
                .isEqualTo("""
                action;part;from;to;price\r
                put;p2;;;21,00\r
                remove;p3;;;\r
                put;p4;;2026-03-28;1,00\r
                put;p4;2026-03-29;2026-03-29;2,00\r
                """);
    }

    /// A row becomes dearer, one goes, and one comes that changes on a day on which clocks change.
    private void publishSecond() throws Exception {
        SortedMap<Key, Rows> rows = TestDatasets.prices("p1=10.00", "p2=21.00");
        Instant day = Instant.parse("2026-03-28T23:00:00Z"); // midnight in Paris, before the change of clocks
        rows.put(
                Key.of(List.of("p4")),
                Rows.of(List.of(
                        new Row(null, day, List.of("1.00")),
                        new Row(day, day.plus(Duration.ofHours(23)), List.of("2.00")))));
        hub.publish(rows, hub.now(), false);
        hub.stands(replicas, 2);
    }

    @Test
    void aPriceListOfStarReadsBackToTheSameRowsAndChanges() throws Exception {
        PriceFiles files = star(STAR);
        hub.publish("p1=10.00", "p2=20.00", "p3=30.00");
        hub.stands(replicas, 1);
        files.look();
        assertThat(read("parts-prices-v1.xml"))
                .containsExactly(
                        List.of("p1", "", "", "10.00", "put"),
                        List.of("p2", "", "", "20.00", "put"),
                        List.of("p3", "", "", "30.00", "put"));
        publishSecond();
        files.look();
        assertThat(read("parts-prices-v2-since-v1.xml"))
                .containsExactly(
                        List.of("p2", "", "", "21.00", "put"),
                        List.of("p3", "", "", "", "remove"),
                        List.of("p4", "", "2026-03-28", "1.00", "put"),
                        List.of("p4", "2026-03-29", "2026-03-29", "2.00", "put"));
        files(false).look(); // the same list in another form stands in nobody's way
        files.look();
        assertThat(names(file("")))
                .containsExactly(
                        "parts-prices-v1.xml",
                        "parts-prices-v2-since-v1.xml",
                        "parts-prices-v2.csv",
                        "parts-prices.written",
                        "parts-prices.xml.written");
        for (String name : List.of("parts-prices-v1.xml", "parts-prices-v2-since-v1.xml")) {
            StarTest.requireValid(Files.readAllBytes(file(name)));
        }
    }

    private List<List<String>> read(String name) throws Exception {
        Map<String, String> names = new HashMap<>(STAR);
        names.put("from", StarPaths.START);
        names.put("to", StarPaths.END);
        return StarTest.read(Files.readAllBytes(file(name)), hub.subscription().schema(), names, true);
    }

    @Test
    void aListWhoseColumnsHaveNoPlaceIsToldToPeople() throws Exception {
        hub.publish("p1=10.00");
        hub.stands(replicas, 1);
        star(Map.of("part", "PartsProductItem/ItemID")).look();
        assertThat(troubles.open()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(Trouble.Kind.EXPORT_UNFIT);
            assertThat(trouble.where()).isEqualTo("opel/parts-prices (.xml)");
            assertThat(trouble.detail()).contains("lacks [price]");
        });
        files(false).look();
        assertThat(troubles.open()).as("the same list fits in another form").hasSize(1);
        assertThat(names(file(""))).containsExactly("parts-prices-v1.csv", "parts-prices.written");
        star(STAR).look();
        assertThat(troubles.open()).isEmpty();
        assertThat(file("parts-prices-v1.xml")).exists();
    }

    @Test
    void aListThatIsNotThereIsToldToPeopleOnceTheHubWasHeard() throws Exception {
        var export = new Export(DatasetName.of("opel/parts-pricez"), new Csv(';', true, WINDOWS), false);
        var files = new PriceFiles(
                export, new Shelf(List.of(replicas)), new Folders(root.resolve("dms")), new RealDisk(), troubles);
        files.look();
        assertThat(troubles.open()).as("nobody knows yet").isEmpty();
        hub.publish("p1=10.00");
        hub.stands(replicas, 1);
        files.look();
        assertThat(troubles.open()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(Trouble.Kind.EXPORT_UNKNOWN);
            assertThat(trouble.where()).isEqualTo("opel/parts-pricez");
            assertThat(trouble.detail()).isEqualTo("there are [opel/parts-prices]");
        });
    }

    @Test
    void whenChangesAreNotKnownEverythingIsWritten() throws Exception {
        hub.publish("p1=10.00");
        hub.stands(replicas, 1);
        Files.createDirectories(file(""));
        Files.writeString(file("parts-prices.written"), "0 other", StandardCharsets.US_ASCII);
        hub.publish("p1=11.00");
        hub.stands(replicas, 2);
        Files.writeString(file("parts-prices.written"), "7 sha-256=:x:", StandardCharsets.US_ASCII);
        files(true).look();
        assertThat(names(file(""))).containsExactly("parts-prices-v2.csv", "parts-prices.written");
    }

    @Test
    void aFolderThatCannotBeUsedIsToldToPeople() throws Exception {
        hub.publish("p1=10.00");
        hub.stands(replicas, 1);
        Files.createDirectories(root.resolve("dms/opel"));
        Files.writeString(file(""), "a file where the folder should be");
        files(false).look();
        assertThat(troubles.open()).hasSize(1);
        Files.delete(file(""));
        files(false).look();
        assertThat(troubles.open()).isEmpty();
        assertThat(file("parts-prices-v1.csv")).exists();
    }

    /// Nothing is wrong with the folder then: nobody should be sent to look at it.
    @Test
    void rowsThatCannotBeReadAreLookedThroughAndTheFileIsWrittenThen() throws Exception {
        PriceFiles files = files(true);
        hub.publish("p1=10.00", "p2=20.00");
        hub.stands(replicas, 1);
        files.look();
        hub.publish("p1=11.00", "p2=20.00");
        hub.stands(replicas, 2);
        TestDatasets.untilFolded(replicas, 2);
        int before = rows.wholeReads();
        rows.breakKeys(true); // changes ask for each key
        files.look();
        rows.breakKeys(false);
        assertThat(troubles.open()).isEmpty();
        until("all is looked through", () -> rows.wholeReads() > before);
        files.look();
        assertThat(file("parts-prices-v2-since-v1.csv")).exists();

        hub.publish("p1=12.00", "p2=20.00");
        hub.stands(replicas, 3);
        TestDatasets.untilFolded(replicas, 3);
        rows.breakWalks(true);
        files(false).look();
        assertThat(troubles.open()).extracting(trouble -> trouble.kind()).doesNotContain(Trouble.Kind.FOLDER_UNUSABLE);
        rows.breakWalks(false);
        until("the file", () -> {
            files(false).look();
            return Files.exists(file("parts-prices-v3.csv"));
        });
    }
}
