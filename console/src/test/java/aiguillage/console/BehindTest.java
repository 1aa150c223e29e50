package aiguillage.console;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.console.web.Address;
import aiguillage.console.web.Behind;
import aiguillage.console.web.Route;
import aiguillage.hub.testing.RunningHub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Each page shows a command or a call that does the same, and the calls are answered.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BehindTest {

    private static final String FLOWS = RunningHub.FLOWS.replace(
                    "flows:\n", "  opel: { roles: [manufacturer], brands: [opel], region: eu }\nflows:\n")
            + """
              datasets:
                opel/prices:
                  from: manufacturer
                  to: dealer
                  columns:
                    - { name: part, key: true }
                    - { name: text, language: fr }
                    - { name: price, type: decimal }
                  csv: { separator: semicolon }
                  guards: { changed-max: { price: 50 } }
                  marks: { texts: [text], prices: [price] }
              """;

    /// Pages without, and why.
    private static final Map<String, String> WITHOUT = Map.of(
            "/sign-in", "a security key answers for a person at a browser",
            "/enrol/{link}", "a security key is made by a person at a browser",
            "/keys", "a person's own security keys",
            "/sessions", "sessions live in the console alone, and end with it",
            "/tail", "shows what the console keeps in memory of the last moments");

    /// Addresses whose answers are files to keep or parts of pages.
    private static final List<String> NO_PAGES = List.of(
            "/documents/{sender}/{id}/receipts/{position}",
            "/documents/{sender}/{id}/download",
            "/flows/text.yaml",
            "/ledger/checkpoint",
            "/ledger/bundle",
            "/ledger/entries/{position}/receipt",
            "/parties/codes/file",
            "/prices/{brand}/{dataset}/reports/{report}/lines",
            "/palette");

    private static final Pattern COMMAND = Pattern.compile("<pre tabindex=\"0\"><code>([^<]*)</code></pre>");
    private static final Pattern ADDRESS = Pattern.compile("'?(http://127\\.0\\.0\\.1:[0-9]+[^ ']*)'?");

    private final Map<String, String> places = new HashMap<>();
    private ConsoleSite site;
    private PlainBrowser ada;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site = new ConsoleSite(new RunningHub(folder, FLOWS, InstantSource.system()));
        ada = site.administrator();
        try (HttpClient dealer = site.hub().client("dealer-7")) {
            for (String id : List.of("claim-1", "claim-2")) {
                assertThat(site.hub()
                                .submit(dealer, "dealer-7", "opel/warranty-claim", id, id)
                                .statusCode())
                        .isEqualTo(201);
            }
        }
        assertThat(location(ada.post("/flows/change", Map.of("text", FLOWS + "\n", "base", "1"))))
                .isEqualTo("/flows/proposal");
        String document = "/documents/dealer-7/claim-1";
        String prices = "/prices/opel/prices";
        publish("part;text;price\nA1;boulon;100.00\nA2;vis;10.00\n");
        publish("part;text;price\nA1;boulon;101.00\nA2;vis;10.00\n");
        String held = publish("part;text;price\nA1;boulon;901.00\nA2;vis;90.00\n");
        String wrong = publish("part;text;price\nA1;boulon;a lot\n");
        String traced = location(ada.upload(
                prices + "/traces",
                Map.of("version", "1", "reason", "found"),
                "part.csv",
                "A1;boulon;100.00\n".getBytes(StandardCharsets.UTF_8)));
        places.putAll(Map.of(
                "/parties/{party}", "/parties/dealer-7",
                "/replays/new", "/replays/new?party=opel-centre&flow=opel/warranty-claim",
                "/documents/{sender}/{id}", document,
                "/documents/{sender}/{id}/content", document + "/content",
                "/mailboxes/{party}", "/mailboxes/opel-centre",
                "/flows/{brand}/{kind}", "/flows/opel/warranty-claim",
                "/ledger/entries/{position}", "/ledger/entries/3",
                "/operators/{name}", "/operators/ada",
                "/flows/try", "/flows/try?sender=dealer-7&flow=opel/warranty-claim",
                "/parties/{party}/sheet",
                        location(ada.post("/parties/dealer-8/invite", Map.of("hours", "24", "reason", "new")))));
        places.putAll(Map.of(
                "/prices/{brand}/{dataset}",
                prices,
                "/prices/{brand}/{dataset}/versions/{version}",
                prices + "/versions/2",
                "/prices/{brand}/{dataset}/differences",
                prices + "/differences?before=1&after=2",
                "/prices/{brand}/{dataset}/held/{position}",
                held,
                "/prices/{brand}/{dataset}/held/{position}/differences",
                held + "/differences",
                "/prices/{brand}/{dataset}/reports/{report}",
                wrong,
                "/prices/{brand}/{dataset}/traces/{trace}",
                traced,
                "/prices/{brand}/{dataset}/drafts/{draft}",
                draft("part;text;price\nA1;boulon;102.00\n"),
                "/prices/{brand}/{dataset}/trace",
                prices + "/trace"));
    }

    private String draft(String csv) throws Exception {
        return location(ada.upload(
                "/prices/opel/prices/drafts",
                Map.of("format", "text/csv"),
                "april.csv",
                csv.getBytes(StandardCharsets.UTF_8)));
    }

    /// Where the browser is sent: to the version, to what is held, or to the report.
    private String publish(String csv) throws Exception {
        String draft = draft(csv);
        return draft.contains("/reports/") ? draft : location(ada.post(draft + "/publish", Map.of("reason", "April")));
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError("no way on: " + answer.body()));
    }

    @AfterAll
    void stop() throws Exception {
        ada.close();
        site.close();
    }

    private static String text(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private List<String> commands(String path) throws Exception {
        HttpResponse<String> page = ada.get(path);
        assertThat(page.statusCode()).as(path).isEqualTo(200);
        int block = page.body().indexOf("<details class=\"behind\">");
        var commands = new ArrayList<String>();
        if (block >= 0) {
            Matcher found = COMMAND.matcher(page.body());
            for (int at = block; found.find(at); at = found.end()) {
                commands.add(text(found.group(1)));
            }
        }
        return commands;
    }

    @Test
    void everyPageShowsWhatIsBehindItAndItsCallsAreAnswered() throws Exception {
        String spec = site.hub().operator("/v1/openapi.json", null).body();
        var patterns = new ArrayList<Pattern>();
        for (var path : JsonMapper.shared().readTree(spec).path("paths").properties()) {
            JsonNode methods = path.getValue();
            if (methods.has("post")) {
                patterns.add(Pattern.compile(path.getKey().replaceAll("\\{[^}]+}", "[^/?]+") + "([?].*)?"));
            }
        }
        var without = new TreeSet<String>();
        for (Route route : site.console().addresses()) {
            String pattern = route.pattern();
            if (!route.method().equals("GET") || route.isStream() || NO_PAGES.contains(pattern)) {
                continue;
            }
            if (WITHOUT.containsKey(pattern)) {
                continue;
            }
            String place = places.getOrDefault(pattern, pattern.replace("{brand}/{dataset}", "opel/prices"));
            List<String> commands = commands(place);
            if (commands.isEmpty()) {
                without.add(pattern);
            }
            for (String command : commands) {
                requireAnswered(pattern, command, patterns);
            }
        }
        assertThat(without).as("pages that show nothing").isEmpty();
    }

    private void requireAnswered(String page, String command, List<Pattern> posts) throws Exception {
        if (command.startsWith("aiguillage ")) {
            return; // of the launcher's tests
        }
        assertThat(command).as(page).startsWith("curl ");
        Matcher address = ADDRESS.matcher(command);
        assertThat(address.find()).as(command).isTrue();
        URI uri = URI.create(address.group(1).replace("BRAND/NAME", "opel/prices"));
        assertThat(uri.getPort())
                .as(command)
                .isEqualTo(site.hub().operationsUri("/").getPort());
        String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        if (command.contains(" -d ") || command.contains(" --data-binary ")) {
            assertThat(posts)
                    .as(page + ": " + command)
                    .anyMatch(one -> one.matcher(path).matches());
        } else {
            assertThat(site.hub().operator(path, null).statusCode())
                    .as(page + ": " + command)
                    .isEqualTo(200);
        }
    }

    @Test
    void theTokensFileIsTheHubsOwnAndItsContentIsNotShown() throws Exception {
        Path token = site.hub().data().operatorToken().toAbsolutePath().normalize();
        String page = ada.get("/quarantine").body();
        assertThat(text(page)).contains("$(cat " + token + ")");
        assertThat(page).doesNotContain(Files.readString(token).strip());
    }

    @Test
    void whatSomebodySentIsOneWordToTheShell() {
        var behind = new Behind("http://127.0.0.1:9443", Path.of("/srv/the hub/token"));
        assertThat(behind.command("where", "a'$(id)", "--sender", "dealer-7"))
                .isEqualTo("aiguillage where 'a'\\''$(id)' --sender dealer-7");
        assertThat(behind.get(Address.ofDocumentsCall("dealer-7", "a'$(id)")))
                .isEqualTo("curl -H \"Authorization: Bearer $(cat '/srv/the hub/token')\""
                        + " 'http://127.0.0.1:9443/operator/documents/a%27%24%28id%29?sender=dealer-7'");
    }
}
