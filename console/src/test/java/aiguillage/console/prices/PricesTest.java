package aiguillage.console.prices;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.dataset.replica.Found;
import aiguillage.dataset.row.Key;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.TestClock;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.PartyId;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Each test has a dataset of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PricesTest {

    private static final List<String> NAMES =
            List.of("moved", "held", "drafts", "seen", "sealed", "spread", "apart", "hostile", "acts", "wrong");
    private static final String FIRST = "part;price;text\nA1;100.00;bolt\nA2;10.00;nut\nA3;5.00;washer\n";

    private final TestClock clock = new TestClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    private ConsoleSite site;
    private Path folder;

    @BeforeAll
    void start(@TempDir Path temp) throws Exception {
        folder = temp;
        var flows = new StringBuilder("""
                brands:
                  opel: { text: Opel }
                  citroen: { text: Citroën }
                parties:
                  opel: { roles: [manufacturer], brands: [opel], region: eu }
                  dealer-7: { roles: [dealer], brands: [opel], country: fr, region: eu }
                  dealer-8: { roles: [dealer], brands: [opel], country: de, region: eu }
                  dealer-9: { roles: [dealer], brands: [citroen], country: fr, region: eu }
                  citroen: { roles: [manufacturer], brands: [citroen], region: eu }
                flows: {}
                datasets:
                """);
        for (String name : NAMES) {
            flows.append(dataset("opel/" + name));
        }
        flows.append(dataset("citroen/apart"));
        flows.append("""
                  opel/marked:
                    from: manufacturer
                    to: dealer
                    columns: [{ name: part, key: true }, { name: text, language: fr }, { name: price, type: decimal }]
                    csv: {}
                    marks: { texts: [text], prices: [price] }
                """);
        site = new ConsoleSite(new RunningHub(folder, flows.toString(), clock));
    }

    private static String dataset(String name) {
        return "  " + name + """
                :
                    from: manufacturer
                    to: dealer
                    columns:
                      - { name: part, key: true }
                      - { name: price, type: decimal, currency: EUR }
                      - { name: text }
                    csv: { separator: semicolon, actions: { column: action } }
                    guards: { changed-max: { price: 50 } }
                """;
    }

    @AfterAll
    void stop() throws Exception {
        site.close();
    }

    private PlainBrowser administrator(String name) {
        return site.browser(ConsoleSite.operator(name, Rank.ADMINISTER));
    }

    /// Looks a file through and publishes it; returns where the browser is sent.
    private String publish(PlainBrowser browser, String dataset, String csv, Map<String, String> terms)
            throws Exception {
        String draft = draft(browser, dataset, csv);
        var fields = new TreeMap<>(terms);
        fields.put("reason", "April");
        HttpResponse<String> answer = browser.post(draft + "/publish", fields);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return location(answer);
    }

    private String draft(PlainBrowser browser, String dataset, String csv) throws Exception {
        HttpResponse<String> answer = browser.upload(
                "/prices/" + dataset + "/drafts",
                Map.of("format", "text/csv"),
                "april.csv",
                csv.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return location(answer);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static String page(PlainBrowser browser, String path) throws Exception {
        HttpResponse<String> answer = browser.get(path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.body();
    }

    private long filesLeft(String dataset) throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("data/datasets/" + dataset + "/work"))) {
            return files.count();
        }
    }

    @Test
    void whatWouldChangeIsSeenBeforeItIsPublishedAndTheLargestMovementComesFirst() throws Exception {
        try (PlainBrowser ada = administrator("ada")) {
            assertThat(publish(ada, "opel/moved", FIRST, Map.of())).isEqualTo("/prices/opel/moved/versions/1");
            String draft = draft(ada, "opel/moved", "part;price;text\nA1;101.00;bolt\nA2;13.00;nut\nA4;7.50;pin\n");
            String page = page(ada, draft);
            assertThat(page).contains("compared with version 1");
            assertThat(page.indexOf("<td>A2</td>")).isPositive().isLessThan(page.indexOf("<td>A1</td>"));
            assertThat(page).contains("title=\"13.00\">13.00</data>", "+30.0 %", "+3.00");
            assertThat(page(ada, draft + "?list=share")).contains("+1.0 %");
            assertThat(page(ada, draft + "?list=came")).contains("<td>A4</td>", "pin");
            assertThat(page(ada, draft + "?list=went")).contains("<td>A3</td>", "washer");
            assertThat(location(ada.post(draft + "/publish", Map.of("reason", "April"))))
                    .isEqualTo("/prices/opel/moved/versions/2");
            assertThat(page(ada, "/prices/opel/moved/differences?before=1&after=2"))
                    .contains("title=\"13.00\">13.00</data>");
            assertThat(page(ada, "/prices/opel/moved")).contains("operator:ada", "/versions/2");
            assertThat(filesLeft("opel/moved")).isZero();
        }
    }

    @Test
    void whatIsHeldIsReleasedByAnotherPersonThanWhoPublishedIt() throws Exception {
        try (PlainBrowser ada = administrator("ada");
                PlainBrowser bob = administrator("bob")) {
            publish(ada, "opel/held", FIRST, Map.of());
            String held = publish(
                    ada, "opel/held", "part;price;text\nA1;900.00;bolt\nA2;90.00;nut\nA3;45.00;washer\n", Map.of());
            assertThat(held).startsWith("/prices/opel/held/held/");
            assertThat(page(ada, held)).contains("another person must release it");
            assertThat(ada.post(held + "/release", Map.of("reason", "true")).statusCode())
                    .isEqualTo(409);
            assertThat(bob.post(held + "/release", Map.of()).statusCode()).isEqualTo(400);
            assertThat(page(bob, held + "/differences")).contains("title=\"900.00\">900.00</data>");
            assertThat(location(bob.post(held + "/release", Map.of("reason", "seen with the manufacturer"))))
                    .isEqualTo("/prices/opel/held/versions/2");
            assertThat(page(bob, "/prices/opel/held/versions/2")).contains("operator:bob", "was held and released");
            assertThat(bob.get(held).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aFileThatIsWrongIsToldAboutAndNothingIsKept() throws Exception {
        try (PlainBrowser ada = administrator("ada")) {
            publish(ada, "opel/wrong", FIRST, Map.of());
            String report = location(ada.upload(
                    "/prices/opel/wrong/drafts",
                    Map.of("format", "text/csv"),
                    "x.csv",
                    "part;price;text\nA1;ten;bolt\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(report).startsWith("/prices/opel/wrong/reports/");
            assertThat(page(ada, report)).contains("Refused").doesNotContain("ten;");
            assertThat(page(ada, report + "/lines")).contains("ten");
            assertThat(ada.upload("/prices/opel/wrong/drafts", Map.of("format", "text/csv"), "", null)
                            .statusCode())
                    .isEqualTo(400);
            assertThat(ada.upload("/prices/opel/wrong/drafts", Map.of("format", "image/png"), "x", new byte[10])
                            .statusCode())
                    .isEqualTo(400);
            assertThat(ada.upload("/prices/opel/wrong/drafts", Map.of("form", "stolen"), "x", new byte[3_000_000])
                            .statusCode())
                    .isEqualTo(403);
            assertThat(filesLeft("opel/wrong")).isZero();
        }
    }

    @Test
    void aFileThatWaitsIsItsOwnersAloneAndGoesWhenItIsPublishedOrThrownAway() throws Exception {
        try (PlainBrowser ada = administrator("ada");
                PlainBrowser bob = administrator("bob")) {
            String draft = draft(ada, "opel/drafts", FIRST);
            assertThat(bob.get(draft).statusCode()).isEqualTo(404);
            assertThat(bob.post(draft + "/publish", Map.of("reason", "x")).statusCode())
                    .isEqualTo(404);
            assertThat(filesLeft("opel/drafts")).isOne();
            String another = draft(bob, "opel/drafts", FIRST);
            bob.post(another + "/publish", Map.of("reason", "first"));
            assertThat(page(ada, draft)).contains("Another version was published");
            assertThat(ada.post(draft + "/publish", Map.of("reason", "late")).statusCode())
                    .isEqualTo(409);
            ada.post(draft + "/discard", Map.of());
            assertThat(filesLeft("opel/drafts")).isZero();
        }
    }

    @Test
    void aRowIsSeenAsItWasPublishedThroughItsVersionsAndAsAPartySeesIt() throws Exception {
        try (PlainBrowser ada = administrator("ada")) {
            publish(ada, "opel/seen", FIRST, Map.of());
            publish(ada, "opel/seen", FIRST.replace("10.00", "10.50"), Map.of());
            assertThat(page(ada, "/prices/opel/seen/look-up?k1=A2"))
                    .contains("title=\"10.50\">10.50</data>", "title=\"10.00\">10.00</data>");
            assertThat(page(ada, "/prices/opel/seen/look-up?k1=A2&party=dealer-7"))
                    .contains("title=\"10.50\">10.50</data>", "As dealer-7 sees it")
                    .doesNotContain("10.00");
            assertThat(page(ada, "/prices/opel/seen/look-up?k1=A9")).contains("Nothing holds");
            assertThat(ada.get("/prices/opel/seen/look-up?k1=A2&party=citroen").statusCode())
                    .isEqualTo(404);
            assertThat(site.hub().inside().publishers().reading(DatasetName.of("opel/seen")))
                    .isEmpty(); // it is not counted as the party's
        }
    }

    @Test
    void aSealedVersionIsCountedDownShownToAdministratorsAloneAndWithdrawn() throws Exception {
        try (PlainBrowser ada = administrator("ada");
                PlainBrowser oscar = site.browser(ConsoleSite.operator("oscar", Rank.OPERATE))) {
            publish(ada, "opel/sealed", FIRST, Map.of());
            String instant = clock.instant().plus(Duration.ofHours(3)).toString();
            assertThat(ada.post(draft(ada, "opel/sealed", FIRST) + "/publish", Map.of("reason", "x", "sealed", "true"))
                            .statusCode())
                    .isEqualTo(400);
            String version = publish(
                    ada,
                    "opel/sealed",
                    FIRST.replace("10.00", "11.00"),
                    Map.of("sealed", "true", "effective", instant));
            assertThat(version).isEqualTo("/prices/opel/sealed/versions/2");
            assertThat(page(oscar, version)).contains("sealed, holds in 3 h 0 min");
            String difference = "/prices/opel/sealed/differences?after=2";
            assertThat(oscar.get(difference).statusCode()).isEqualTo(403);
            assertThat(page(oscar, "/prices/opel/sealed/look-up?k1=A2")).doesNotContain("11.00");
            assertThat(page(ada, difference)).contains("11.00");
            assertThat(oscar.post(version + "/withdraw", Map.of("reason", "x")).statusCode())
                    .isEqualTo(403);
            ada.post(version + "/withdraw", Map.of("reason", "too early"));
            assertThat(page(ada, version)).contains("withdrawn");
            assertThat(location(ada.post("/prices/opel/sealed/versions/1/restore", Map.of("reason", "back"))))
                    .isEqualTo("/prices/opel/sealed?said=unchanged");
        }
    }

    @Test
    void itIsSeenWhichReadersHaveWhichVersion() throws Exception {
        try (PlainBrowser ada = administrator("ada");
                HttpClient seven = site.hub().client("dealer-7")) {
            publish(ada, "opel/spread", FIRST, Map.of());
            String readers = "/prices/opel/spread/readers";
            assertThat(page(ada, readers)).contains("0 of 2 have it", "2 not heard");
            site.hub().get(seven, "/v1/datasets/opel/spread/versions?after=0");
            assertThat(page(ada, readers + "?state=behind"))
                    .contains("dealer-7", "1 behind")
                    .doesNotContain(">dealer-8<");
            site.hub().get(seven, "/v1/datasets/opel/spread/versions?after=1&scope=*");
            assertThat(page(ada, readers)).contains("1 of 2 have it", "1 not heard");
            assertThat(page(ada, "/prices")).contains("1 of 2 have it");
            assertThat(event(readers + "/live")).contains("1 of 2 have it", "1 not heard");
        }
    }

    /// What a page that is kept up to date is told first.
    private String event(String path) throws Exception {
        String token = site.signIn(ConsoleSite.operator("ada", Rank.ADMINISTER));
        try (var socket = new Socket("localhost", site.console().port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: __Host-session=" + token
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            var event = new StringBuilder();
            boolean isView = false;
            for (String line = lines.readLine(); line != null && !(isView && line.isEmpty()); line = lines.readLine()) {
                isView |= line.equals("event: view");
                event.append(isView ? line + "\n" : "");
            }
            return event.toString();
        }
    }

    @Test
    void whoLooksAfterOneBrandSeesNothingOfAnothersPrices() throws Exception {
        try (PlainBrowser ada = administrator("ada");
                PlainBrowser only = site.browser(ConsoleSite.operator("only", Rank.ADMINISTER, "opel"))) {
            publish(ada, "citroen/apart", FIRST, Map.of());
            assertThat(page(only, "/prices")).contains("opel/apart").doesNotContain("citroen");
            for (String path : List.of(
                    "",
                    "/versions/1",
                    "/readers",
                    "/readers/live",
                    "/differences?after=1",
                    "/look-up?k1=A1",
                    "/publish",
                    "/trace",
                    "/held/1",
                    "/held/1/differences",
                    "/reports/0123456789abcdef0123456789abcdef",
                    "/reports/0123456789abcdef0123456789abcdef/lines",
                    "/drafts/0123456789abcdef0123456789abcdef",
                    "/traces/0123456789abcdef0123456789abcdef")) {
                HttpResponse<String> there = only.get("/prices/citroen/apart" + path);
                HttpResponse<String> nowhere = only.get("/prices/citroen/nowhere" + path);
                assertThat(there.statusCode()).as(path).isEqualTo(404);
                assertThat(what(there)).isEqualTo(what(nowhere));
            }
            for (String path :
                    List.of("/versions/1/withdraw", "/versions/1/restore", "/held/1/release", "/held/1/discard")) {
                assertThat(only.post("/prices/citroen/apart" + path, Map.of("reason", "x"))
                                .statusCode())
                        .as(path)
                        .isEqualTo(404);
            }
            for (String path : List.of("/drafts", "/traces")) {
                assertThat(only.upload(
                                        "/prices/citroen/apart" + path,
                                        Map.of("version", "1", "reason", "x"),
                                        "x",
                                        new byte[9])
                                .statusCode())
                        .as(path)
                        .isEqualTo(404);
            }
        }
    }

    private static String what(HttpResponse<String> answer) {
        return answer.body().replaceFirst("(?s).*role=\"alert\">(.*?)</div>.*", "$1");
    }

    @Test
    void whoOnlySeesGetsNoRowsAndChangesNothing() throws Exception {
        try (PlainBrowser ada = administrator("ada");
                PlainBrowser eve = site.browser(ConsoleSite.operator("eve", Rank.SEE))) {
            publish(ada, "opel/apart", FIRST, Map.of());
            assertThat(page(eve, "/prices/opel/apart")).doesNotContain("/publish", "/look-up");
            for (String path : List.of("/differences?after=1", "/look-up?k1=A1", "/publish", "/trace")) {
                assertThat(eve.get("/prices/opel/apart" + path).statusCode())
                        .as(path)
                        .isEqualTo(403);
            }
            assertThat(eve.upload("/prices/opel/apart/drafts", Map.of("format", "text/csv"), "x", new byte[9])
                            .statusCode())
                    .isEqualTo(403);
            assertThat(eve.post("/prices/opel/apart/versions/1/restore", Map.of("reason", "x"))
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void textsOfCellsAndFilesAreTextAndNothingElse() throws Exception {
        String hostile = "<script>alert(1)</script>";
        try (PlainBrowser ada = administrator("ada")) {
            String csv = FIRST.replace("bolt", hostile).replace("A2", "A2\"'><img src=x>");
            HttpResponse<String> answer = ada.upload(
                    "/prices/opel/hostile/drafts",
                    Map.of("format", "text/csv"),
                    "<b>x.csv",
                    csv.replace("A2\"'", "A2").getBytes(StandardCharsets.UTF_8));
            String page = page(ada, location(answer) + "?list=came");
            assertThat(page).doesNotContain(hostile, "<b>x", "<img").contains("&lt;script&gt;", "&lt;b&gt;x.csv");
        }
    }

    @Test
    void eachLookAtRowsAndEachChangeStandsInTheJournal() throws Exception {
        try (PlainBrowser ada = administrator("carla")) {
            publish(ada, "opel/acts", FIRST, Map.of());
            page(ada, "/prices/opel/acts/differences?after=1");
            page(ada, "/prices/opel/acts/look-up?k1=A1&party=dealer-7");
            assertThat(site.hub().inside().acts().newest(Long.MAX_VALUE, 100).stream()
                            .filter(act -> act.entry().operator().equals("carla"))
                            .map(act -> act.entry().action() + " " + act.entry().subject() + " "
                                    + act.entry().reason()))
                    .containsExactly(
                            "look opel/acts A1 (dealer-7) ",
                            "look opel/acts 0 → 1 ",
                            "publish opel/acts, april.csv April");
        }
    }

    @Test
    void aLeakedFileIsTracedToTheReaderWhoseCopyItIs() throws Exception {
        var csv = new StringBuilder("part;text;price\n".replace(';', ','));
        for (int i = 0; i < 3_000; i++) {
            csv.append("P")
                    .append(100_000 + i)
                    .append(",vis de fixation modèle ")
                    .append(i * 7)
                    .append(",");
            csv.append(100 + i % 977).append('.').append(10 + i % 89).append('\n');
        }
        try (PlainBrowser ada = administrator("ada")) {
            publish(ada, "opel/marked", csv.toString(), Map.of());
            String trace = location(ada.upload(
                    "/prices/opel/marked/traces",
                    Map.of("version", "1", "reason", "found on a web site"),
                    "leak.csv",
                    copy("dealer-7").getBytes(StandardCharsets.UTF_8)));
            String page = page(ada, trace);
            assertThat(page).contains("3,000 lines were read", "at most one in ");
            assertThat(page.replaceAll("\\s+", " "))
                    .contains(
                            "dealer-7</th> <td><span class=\"state bad\">it is this copy",
                            "dealer-8</th> <td><span class=\"state \">not enough");
            assertThat(ada.upload("/prices/opel/marked/traces", Map.of("version", "1", "reason", "x"), "", null)
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    /// The marked list as one reader has it.
    private String copy(String party) throws Exception {
        var lines = new StringBuilder();
        for (int from = 0; from < 3_000; from += 1_000) {
            List<Key> keys = IntStream.range(from, from + 1_000)
                    .mapToObj(i -> Key.of(List.of("P" + (100_000 + i))))
                    .toList();
            for (Found found : site.hub()
                    .inside()
                    .readers()
                    .seenBy(DatasetName.of("opel/marked"), new PartyId(party), keys, null)
                    .found()) {
                List<@Nullable String> cells =
                        Objects.requireNonNull(found.row()).cells();
                lines.append(found.key())
                        .append(',')
                        .append(cells.get(0))
                        .append(',')
                        .append(cells.get(1));
                lines.append('\n');
            }
        }
        return lines.toString();
    }

    @Test
    void theFrenchPagesAreWhole() throws Exception {
        try (PlainBrowser ada = administrator("ada")) {
            for (String path :
                    List.of("", "/opel/moved", "/opel/moved/readers", "/opel/moved/publish", "/opel/marked/trace")) {
                HttpResponse<String> answer = ada.get("/prices" + path, "Cookie", "language=fr");
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body()).contains("lang=\"fr\"", "Tarifs").doesNotContain("prices.");
            }
        }
    }
}
