package aiguillage.console.flows;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.testing.RunningHub;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the pages about flows show, and to whom.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class FlowsPagesTest {

    private static final String HASH =
            "pbkdf2-sha256:600000:h2gLzRtSYM2yc0mUZ0VqBQ:1Jx0zGd0Tz8wqkU7dYk4d4n2GZ0hZ5H0H1w6o8yV5nE";

    private static final String FLOWS = RunningHub.FLOWS.replace(
                    "dealer-9: { roles: [dealer],", "dealer-9: { password: \"" + HASH + "\", roles: [dealer],")
            + """
              opel/order:
                from: dealer
                routes:
                  - { when: { modelyear: 2020..2026 }, to: opel-centre }
                  - { otherwise: true, refuse: "<b>On paper</b> & by post" }
            """;

    private ConsoleSite site;
    private PlainBrowser all;
    private PlainBrowser opel;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site = new ConsoleSite(new RunningHub(folder, FLOWS, InstantSource.system()));
        all = site.administrator();
        opel = site.browser(ConsoleSite.operator("olga", Rank.ADMINISTER, "opel"));
        try (HttpClient dealer = site.hub().client("dealer-7")) {
            assertThat(site.hub()
                            .submit(dealer, "dealer-7", "opel/note", "n-1", "x")
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @AfterAll
    void stop() throws Exception {
        all.close();
        opel.close();
        site.close();
    }

    private static String page(PlainBrowser browser, String path) throws Exception {
        HttpResponse<String> answer = browser.get(path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void flowsAreDrawnAndListedBrandByBrand() throws Exception {
        String page = page(all, "/flows");
        assertThat(page)
                .contains("<svg", "dealer · 2", "opel-centre", "copies: opel-audit", "the recipient, a dealer")
                .contains("href=\"/flows/opel/warranty-claim\"", "Flows of citroen", "Flows of opel")
                .doesNotContain("<b>On paper", "style=");
        assertThat(page(all, "/flows?brand=citroen")).doesNotContain("Flows of opel");
        assertThat(page.indexOf("<svg")).isLessThan(page.indexOf("<table"));
    }

    @Test
    void whoLooksAfterOneBrandSeesNothingOfAnother() throws Exception { // I4, for people
        assertThat(page(opel, "/flows")).contains("Flows of opel").doesNotContain("citroen", "dealer-9", "/flows/text");
        assertThat(page(opel, "/flows?brand=citroen")).doesNotContain("Flows of citroen", "citroen-centre");
        assertThat(page(opel, "/flows/opel/note")).doesNotContain("citroen");
        for (String hidden : new String[] {
            "/flows/citroen/warranty-claim",
            "/flows/citroen/nothing",
            "/flows/text",
            "/flows/text.yaml",
            "/flows/history",
            "/flows/diff",
            "/flows/change",
            "/flows/proposal"
        }) {
            assertThat(opel.get(hidden).statusCode()).as(hidden).isEqualTo(404);
        }
        String mine = page(opel, "/flows/try?sender=dealer-7&flow=opel/note");
        assertThat(mine).contains("It is taken").doesNotContain("citroen");
        String unseen = page(opel, "/flows/try?sender=dealer-9&flow=opel/note");
        assertThat(unseen.replace("dealer-9", "nobody-9"))
                .isEqualTo(page(opel, "/flows/try?sender=nobody-9&flow=opel/note"));
        assertThat(page(opel, "/flows/try?sender=dealer-7&flow=citroen/warranty-claim"))
                .contains("no such party or flow");
    }

    @Test
    void theTextHasNumbersAndAnchorsAndNoHashOfAPassword() throws Exception {
        String page = page(all, "/flows/text");
        assertThat(page)
                .contains("id=\"L1\"", "href=\"#L12\"", "warranty-claim")
                .doesNotContain("h2gLzRtSYM2yc0mUZ0VqBQ");
        assertThat(page).contains("pbkdf2-sha256:…");
        assertThat(all.get("/flows/text.yaml").body()).isEqualTo(FLOWS);
        try (PlainBrowser looker = site.browser(ConsoleSite.operator("sam", Rank.SEE))) {
            assertThat(looker.get("/flows/text.yaml").statusCode()).isEqualTo(403);
            assertThat(looker.get("/flows/change").statusCode()).isEqualTo(403);
            assertThat(page(looker, "/flows")).doesNotContain("/flows/change");
        }
    }

    @Test
    void theTextOfAPositionWithoutTableIsNotThere() throws Exception {
        assertThat(all.get("/flows/text?position=2").statusCode()).isEqualTo(404);
        assertThat(all.get("/flows/text?position=x").statusCode()).isEqualTo(400);
    }

    @Test
    void aFlowsPageHasItsTermsAndFigures() throws Exception {
        assertThat(page(all, "/flows/opel/note"))
                .contains("1kB", "Offered for", "opel-centre", "href=\"/documents/dealer-7/n-1\"")
                .containsPattern("figure\">1</span> <span>waiting");
        assertThat(page(all, "/flows/opel/order"))
                .contains("modelyear=2020..2026", "&lt;b&gt;On paper&lt;/b&gt; &amp; by post");
        assertThat(all.get("/flows/opel/nothing").statusCode()).isEqualTo(404);
        assertThat(all.get("/flows/Opel/x").statusCode()).isEqualTo(404);
    }

    @Test
    void aTryTellsTheRouteStepByStep() throws Exception {
        assertThat(page(all, "/flows/try?sender=dealer-7&flow=opel/order&attributes=modelyear%3D2021"))
                .contains(
                        "It is taken",
                        "Taken: modelyear=2020..2026 → opel-centre",
                        "here modelyear=2021",
                        "roles centre")
                .contains("aiguillage flows explain --sender dealer-7 --flow opel/order --attribute modelyear=2021");
        assertThat(page(all, "/flows/try?sender=dealer-7&flow=opel/order"))
                .contains("It is refused: no-route (422)", "Not this one: modelyear=2020..2026", "On paper");
        assertThat(page(all, "/flows/try?sender=dealer-9&flow=opel/note"))
                .contains("not-authorised (403)", "may not send");
        assertThat(page(all, "/flows/try?sender=dealer-7&flow=opel/note&size=2kB"))
                .contains("payload-too-large (413)");
        assertThat(page(all, "/flows/try?sender=dealer-7&flow=opel/signed")).contains("signature-required");
        assertThat(page(all, "/flows/try?sender=dealer-7&flow=opel/signed&signed=yes"))
                .contains("It is taken");
        assertThat(page(all, "/flows/try?sender=dealer-7&flow=opel/note&size=huge"))
                .contains("role=\"alert\"");
    }

    @Test
    void pagesSpeakFrench() throws Exception {
        HttpResponse<String> page = all.get("/flows", "Cookie", "language=fr");
        assertThat(page.body())
                .contains(
                        "Flux de opel", "le destinataire que nomme le document, de rôle dealer", "copies : opel-audit");
        assertThat(all.get("/flows/try?sender=dealer-7&flow=opel/order", "Cookie", "language=fr")
                        .body())
                .contains("Il est refusé", "Pas celle-ci");
    }
}
