package aiguillage.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.testing.RunningHub;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Whatever others wrote is text: it stands there as it was written, runs nowhere, and moves no page apart.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class HostileTextTest {

    private static final String SCRIPT = "<script>window.ran=1</script>";
    private static final String IMAGE = "\"'><img src=x onerror=window.ran=1>";
    private static final String LINK = "javascript:window.ran=1";
    private static final String ODD = "\u202Egpj.exe\u202C \u200F\uFEFF\u2028\u0001";
    private static final String LONG = "W".repeat(2_000);
    private static final String ALL = SCRIPT + IMAGE + LINK + " {{7*7}} ${7*7} &lt; %s " + ODD;
    private static final String ID = "a" + ":@=~".repeat(20) + "W".repeat(40);
    private static final String FILM = "opel/film";

    private static final String FLOWS = RunningHub.FLOWS
                    .replace("opel: { text: Opel }", "opel: { text: \"<script>window.ran=1</script>\" }")
                    .replace("flows:\n", "  opel: { roles: [manufacturer], brands: [opel], region: eu }\nflows:\n")
            + """
              datasets:
                opel/prices:
                  from: manufacturer
                  to: dealer
                  columns: [{ name: part, key: true }, { name: text, length: 1000 }]
                  csv: { separator: semicolon }
              """;

    private Chromium chromium;
    private ConsoleSite site;
    private Window window;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        chromium = new Chromium();
        site = new ConsoleSite(new RunningHub(folder, FLOWS, InstantSource.system()));
        submit(
                "xml-1",
                "application/xml",
                "<BOD attribute=\"&lt;script>\"><text>&lt;script>window.ran=1&lt;/script></text><long>" + LONG
                        + "</long></BOD>");
        submit(
                "xml-2",
                "application/xml",
                "<BOD xmlns='javascript:window.ran=1'><?x " + IMAGE + "?><!-- --><" + LONG + "/>");
        submit("json-1", "application/json", JsonMapper.shared().writeValueAsString(Map.of(SCRIPT, ALL, LONG, LONG)));
        submit("csv-1", "text/csv", SCRIPT + ";" + LONG + "\n=1+1;" + IMAGE.replace("\"", "") + "\n");
        submit("text-1", "text/html", ALL + "\u0000" + LONG);
        submit(ID, "text/plain", "x");
        reject(ALL);
        reject(LONG.substring(0, 900));
        marks();
        window = new Window(chromium.browser(), site.uri("/"), "en", true, ColorScheme.LIGHT)
                .signedIn(site.signIn(ConsoleSite.operator("eve", Rank.ADMINISTER)));
    }

    @AfterAll
    void stop() throws Exception {
        if (site != null) {
            site.close();
            chromium.close();
        }
    }

    private void submit(String id, String type, String payload) throws Exception {
        try (HttpClient dealer = site.hub().client("dealer-7")) {
            HttpRequest request = site.hub()
                    .submission("dealer-7", FILM, id, payload.getBytes(StandardCharsets.UTF_8))
                    .header("Content-Type", type)
                    .header("ce-subject", "%3Cscript%3Ewindow.ran=1%3C/script%3E")
                    .header("User-Agent", IMAGE)
                    .build();
            HttpResponse<String> answer = dealer.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
    }

    private void reject(String reason) throws Exception {
        try (HttpClient centre = site.hub().client("opel-centre")) {
            String first = JsonMapper.shared()
                    .readTree(site.hub().get(centre, "/v1/inbox").body())
                    .get(0)
                    .path("position")
                    .asString();
            String json = JsonMapper.shared()
                    .writeValueAsString(
                            Map.of("reject", List.of(Map.of("position", Long.parseLong(first), "reason", reason))));
            HttpResponse<String> answer = site.hub().post(centre, "/v1/inbox/acknowledgements", json);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    /// What people of the console itself may write.
    private void marks() throws Exception {
        try (PlainBrowser eve = site.browser(ConsoleSite.operator("eve", Rank.ADMINISTER))) {
            done(eve.post("/views", Map.of("name", SCRIPT, "path", "/tail?flow=%22%3E%3Cimg%20src=x%3E")));
            done(eve.post("/views", Map.of("name", "W".repeat(40), "path", "/tail")));
            done(eve.post("/maintenance", Map.of("english", SCRIPT + "W".repeat(400), "reason", LONG)));
            done(eve.post("/parties/dealer-8/suspend", Map.of("reason", SCRIPT + "W".repeat(400))));
            done(eve.post(
                    "/alerts",
                    Map.of(
                            "name",
                            SCRIPT + "W".repeat(70),
                            "what",
                            "waiting",
                            "limit",
                            "5",
                            "brand",
                            "",
                            "reason",
                            LONG.substring(0, 400),
                            "webhook",
                            "https://localhost:1/<script>".replace("<script>", "%3Cscript%3E"))));
        }
        var now = site.hub().inside().parts().clock().instant().truncatedTo(ChronoUnit.MILLIS);
        Journal.await(site.hub()
                .inside()
                .parts()
                .journal()
                .append(new Entry.OperatorKeyAdded(now, "eve", "other", "none", SCRIPT + IMAGE, null)));
    }

    private static void done(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    }

    private void requireHarmless(String path, String text) {
        window.to(path);
        requireHarmless();
        assertThat(window.page().locator("body").textContent()).as(path).contains(text);
    }

    private void requireHarmless() {
        window.requireFitting();
        assertThat(window.page().evaluate("window.ran")).isNull();
        assertThat(window.page().locator("body script, body img, [onerror]").count())
                .as(window.page().url())
                .isZero();
        assertThat(window.page()
                        .locator("a[href^='javascript:' i], form[action^='javascript:' i]")
                        .count())
                .isZero();
    }

    @Test
    void contentsAreText() {
        requireHarmless("/documents/dealer-7/xml-1/content", SCRIPT);
        requireHarmless("/documents/dealer-7/xml-2/content", "BOD");
        requireHarmless("/documents/dealer-7/json-1/content", SCRIPT);
        requireHarmless("/documents/dealer-7/csv-1/content", SCRIPT);
        requireHarmless("/documents/dealer-7/text-1/content", "");
    }

    @Test
    void reasonsNamesAndLabelsAreText() {
        requireHarmless("/quarantine", SCRIPT);
        requireHarmless("/documents/dealer-7/xml-1", SCRIPT);
        requireHarmless("/documents/dealer-7/" + ID, ID);
        requireHarmless("/documents", ID);
        requireHarmless("/parties/dealer-8", SCRIPT);
        requireHarmless("/parties/dealer-7", IMAGE);
        requireHarmless("/keys", SCRIPT + IMAGE);
        requireHarmless("/alerts", SCRIPT);
        requireHarmless("/maintenance", SCRIPT);
        requireHarmless("/activity", SCRIPT);
        requireHarmless("/ledger", SCRIPT);
        requireHarmless("/flows/text", SCRIPT);
        requireHarmless("/flows/change", SCRIPT);
        requireHarmless("/tail", SCRIPT);
        requireHarmless("/", SCRIPT);
    }

    @Test
    void addressesAreText() {
        String hostile = java.net.URLEncoder.encode(SCRIPT + IMAGE + LINK, StandardCharsets.UTF_8);
        requireHarmless("/find?q=" + hostile, IMAGE);
        requireHarmless("/find?q=" + LONG, LONG);
        for (String path : List.of(
                "/quarantine?party=" + hostile,
                "/quarantine?reason=" + hostile,
                "/tail?flow=" + hostile,
                "/documents?party=" + hostile + "&flow=" + hostile,
                "/parties?country=" + hostile)) {
            requireHarmless(path, "");
        }
    }

    @Test
    void aFilesNameIsText() {
        window.to("/prices/opel/prices/publish");
        window.page()
                .locator("#file")
                .setInputFiles(new FilePayload(
                        IMAGE + "W".repeat(150),
                        "text/csv",
                        ("part;text\n" + SCRIPT + ";" + "W".repeat(900) + "\n").getBytes(StandardCharsets.UTF_8)));
        window.page().locator("form[data-upload] button.main").click();
        window.page().waitForURL("**/drafts/*");
        requireHarmless();
        assertThat(window.page().locator("main").textContent()).contains("<img src=x onerror");
        window.page().locator("#reason").fill(SCRIPT);
        window.page().locator("form[action$='/publish'] button.main").click();
        window.page().waitForURL("**/versions/1");
        requireHarmless();
        requireHarmless(
                "/prices/opel/prices/look-up?k1=" + java.net.URLEncoder.encode(SCRIPT, StandardCharsets.UTF_8), SCRIPT);
    }
}
