package aiguillage.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.testing.RunningHub;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// French pages say nothing in English, unless they say that it is: in an element with `lang="en"`, or as code.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrenchPagesTest {

    private static final String FLOWS = RunningHub.FLOWS.replace(
                    "flows:\n", "  opel: { roles: [manufacturer], brands: [opel], region: eu }\nflows:\n")
            + """
              datasets:
                opel/prices:
                  from: manufacturer
                  to: dealer
                  columns: [{ name: part, key: true }, { name: price, type: decimal, currency: EUR }]
                  csv: { separator: semicolon }
                  guards: { changed-max: { price: 50 } }
              """;

    /// Reads as they are when the site is filled; those of its own making come from [#filled].
    private static final List<String> PAGES = List.of(
            "/",
            "/tail",
            "/waiting",
            "/refusals",
            "/documents",
            "/documents/dealer-7/claim-1?leg=0&event=0&verify=1",
            "/documents/dealer-7/claim-2/content",
            "/quarantine",
            "/mailboxes",
            "/mailboxes/opel-centre",
            "/replays",
            "/replays/new?party=opel-centre&flow=opel/warranty-claim",
            "/parties",
            "/parties/opel-centre",
            "/parties/dealer-8",
            "/parties/bulk",
            "/certificates",
            "/flows",
            "/flows/text",
            "/flows/history",
            "/flows/change",
            "/flows/proposal",
            "/flows/opel/warranty-claim",
            "/flows/opel/warranty-decision",
            "/flows/try",
            "/flows/try?sender=dealer-7&flow=opel/warranty-claim",
            "/flows/try?sender=dealer-7&flow=opel/warranty-decision",
            "/flows/try?sender=opel-centre&flow=opel/warranty-decision",
            "/flows/try?sender=dealer-7&flow=opel/note&size=5kB",
            "/start",
            "/prices",
            "/prices/opel/prices",
            "/prices/opel/prices/publish",
            "/prices/opel/prices/versions/2",
            "/prices/opel/prices/differences?before=1&after=2",
            "/prices/opel/prices/readers",
            "/prices/opel/prices/look-up?k1=A1",
            "/prices/opel/prices/trace",
            "/ledger",
            "/find?q=claim",
            "/keys",
            "/operators",
            "/operators/ada",
            "/sessions",
            "/activity",
            "/alerts",
            "/maintenance");

    /// Refused, each in its own way.
    private static final List<String> REFUSED = List.of(
            "/nowhere",
            "/parties/nobody",
            "/documents/dealer-7/none",
            "/mailboxes/nobody",
            "/documents?from=yesterday",
            "/replays/new?party=nobody&flow=opel/note",
            "/flows/opel/none",
            "/prices/opel/none",
            "/prices/opel/prices/versions/99",
            "/prices/opel/prices/look-up?k1=A1&at=noon",
            "/ledger/entries/99999",
            "/ledger?before=x",
            "/tail?kind=none",
            "/operators/nobody",
            "/enrol/none",
            "/sign-out",
            "/find?q=%ff");

    private static final Pattern UNSEEN =
            Pattern.compile("(?s)<(code|script|textarea)\\b.*?</\\1>|<(\\w+)\\b[^>]*\\blang=\"en\"[^>]*>.*?</\\2>"
                    + "|<option value=\"[A-Z][^\"]*\"></option>");
    private static final Pattern SPOKEN = Pattern.compile("\\b(?:title|aria-label|placeholder|alt)=\"([^\"]*)\"");
    private static final Pattern ENGLISH = Pattern.compile(
            "\\b(?:the|of|is|was|were|not|by|and|with|for|from|has|have|are|there|this|that|an|its|it|to|at|be|been|can|"
                    + "cannot|must|no|which|who|what|when|kind|sender|reader|reason|bytes|envelope|payload|operator|"
                    + "subject|name|value|brands|rank|accepted|refused|issued|acted|changed|applied|"
                    + "expires|rows|layer|effective|root|party|delivery|true|false|unknown)\\b",
            Pattern.CASE_INSENSITIVE);

    /// What the scene itself calls so: names of the addresses and of the flows file.
    private static final Pattern NAMES = Pattern.compile(
            "aiguillage operator invite|[\\w.-]+/[\\w./-]+|[\\w-]+:[\\w-]+|\\b(?:dealer|opel|citroen|claim|operator)[-:]\\w+|\\b[a-z]+(?:-[a-z0-9]+)+\\b");

    private final List<String> filled = new ArrayList<>();
    private ConsoleSite site;
    private PlainBrowser ada;
    private PlainBrowser french;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site = new ConsoleSite(new RunningHub(folder, FLOWS, InstantSource.system()));
        ada = site.administrator();
        french = ada.in("fr");
        try (HttpClient dealer = site.hub().client("dealer-7");
                HttpClient centre = site.hub().client("opel-centre")) {
            documents(dealer, centre);
        }
        publish("part;price\nA1;1.00\n");
        publish("part;price\nA1;1.20\nA2;1.00\n");
        filled.add(publish("part;price\nA1;9.00\nA2;9.00\n"));
        deeds();
        for (int position = 1; french.get("/ledger/entries/" + position).statusCode() == 200; position++) {
            filled.add("/ledger/entries/" + position);
        }
    }

    private void documents(HttpClient dealer, HttpClient centre) throws Exception {
        for (String id : List.of("claim-1", "claim-2", "claim-3")) {
            assertThat(site.hub()
                            .submit(dealer, "dealer-7", "opel/warranty-claim", id, id)
                            .statusCode())
                    .isEqualTo(201);
        }
        assertThat(site.hub()
                        .submit(dealer, "dealer-7", "opel/note", "claim-4", "x".repeat(5_000))
                        .statusCode())
                .isEqualTo(413);
        var inbox =
                JsonMapper.shared().readTree(site.hub().get(centre, "/v1/inbox").body());
        String decided = "{\"acknowledge\":[%s],\"reject\":[{\"position\":%s,\"reason\":\"illisible\"}]}"
                .formatted(
                        inbox.get(0).path("position").asString(),
                        inbox.get(1).path("position").asString());
        assertThat(site.hub()
                        .post(centre, "/v1/inbox/acknowledgements", decided)
                        .statusCode())
                .isEqualTo(200);
    }

    private String publish(String csv) throws Exception {
        HttpResponse<String> draft = ada.upload(
                "/prices/opel/prices/drafts",
                Map.of("format", "text/csv"),
                "avril.csv",
                csv.getBytes(StandardCharsets.UTF_8));
        String path = draft.headers().firstValue("Location").orElseThrow();
        assertThat(french.get(path).statusCode()).isEqualTo(200);
        requireFrench(path);
        HttpResponse<String> done = ada.post(path + "/publish", Map.of("reason", "tarif d'avril"));
        assertThat(done.statusCode()).isEqualTo(303);
        return done.headers().firstValue("Location").orElseThrow();
    }

    private void deeds() throws Exception {
        String why = "essai";
        done("/parties/dealer-8/suspend", Map.of("reason", why));
        done("/parties/dealer-9/invite", Map.of("reason", why, "hours", "24", "language", "fr"));
        done("/parties/dealer-9/revoke", Map.of("reason", why, "serial", "all"));
        done("/flows/change", Map.of("text", FLOWS.replace("payload-max: 1kB", "payload-max: 2kB"), "base", "1"));
        done("/operators", Map.of("name", "bob", "rank", "see", "brands", "opel", "reason", why));
        done("/maintenance", Map.of("french", "Travaux", "reason", why));
        done("/ledger/remember", Map.of());
        done(
                "/alerts",
                Map.of(
                        "name",
                        "attente",
                        "what",
                        "waiting",
                        "limit",
                        "30",
                        "way",
                        "webhook",
                        "webhook",
                        "https://localhost:1/hook",
                        "reason",
                        why));
    }

    private void done(String path, Map<String, String> fields) throws Exception {
        HttpResponse<String> answer = ada.post(path, fields);
        assertThat(answer.statusCode()).as(path + english(path, answer.body())).isLessThan(400);
    }

    @AfterAll
    void stop() {
        if (french != null) {
            french.close();
        }
        if (ada != null) {
            ada.close();
        }
        if (site != null) {
            site.close();
        }
    }

    private List<String> english(String path, String page) {
        String seen = UNSEEN.matcher(page).replaceAll(" ");
        var text = new StringBuilder(seen.replaceAll("<[^>]*>", " · "));
        SPOKEN.matcher(seen).results().forEach(spoken -> text.append(" · ").append(spoken.group(1)));
        String said = NAMES.matcher(text.toString().replaceAll("\\s+", " ")).replaceAll("§");
        return ENGLISH.matcher(said)
                .results()
                .map(found -> path + ": " + around(said, found))
                .distinct()
                .toList();
    }

    private static String around(String text, MatchResult found) {
        return text.substring(Math.max(0, found.start() - 40), Math.min(text.length(), found.end() + 40));
    }

    private void requireFrench(String path) throws Exception {
        assertThat(english(path, french.get(path).body())).isEmpty();
    }

    @Test
    void noPageSpeaksEnglishWithoutSayingSo() throws Exception {
        var found = new ArrayList<String>();
        for (String path : PAGES) {
            HttpResponse<String> page = french.get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.body()).as(path).contains("<html lang=\"fr\"");
            found.addAll(english(path, page.body()));
        }
        for (String path : filled) {
            found.addAll(english(path, french.get(path).body()));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void noRefusalSpeaksEnglishWithoutSayingSo() throws Exception {
        var found = new ArrayList<String>();
        for (String path : REFUSED) {
            HttpResponse<String> page = french.get(path);
            assertThat(page.statusCode()).as(path).isBetween(400, 499);
            found.addAll(english(path, page.body()));
        }
        try (PlainBrowser looks =
                site.browser(ConsoleSite.operator("carl", Rank.SEE)).in("fr")) {
            found.addAll(english("/flows/change", looks.get("/flows/change").body()));
        }
        assertThat(found).isEmpty();
    }
}
