package aiguillage.console.find;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.hub.operators.Rank;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Where the keyboard goes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaletteTest {

    private ConsoleSite site;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site = new ConsoleSite(folder);
    }

    @AfterAll
    void stop() throws Exception {
        site.close();
    }

    private static String hits(PlainBrowser browser, String asked) throws Exception {
        var answer =
                browser.get("/palette?q=" + URLEncoder.encode(asked, StandardCharsets.UTF_8), "HX-Request", "true");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void pagesDeedsPartiesAndFlowsAreFoundByPartsOfTheirNames() throws Exception {
        try (PlainBrowser ada = site.administrator()) {
            assertThat(hits(ada, ""))
                    .contains("href=\"/documents\"", "href=\"/start\"")
                    .doesNotContain("/parties/dealer");
            assertThat(hits(ada, "dealer INV")).contains("href=\"/start\"").doesNotContain("href=\"/documents\"");
            assertThat(hits(ada, "citroen")).contains("/parties/citroen-centre", "/flows/citroen/warranty-claim");
            assertThat(hits(ada, "<b>\"")).contains("&lt;b&gt;", "href=\"/find?q=%3Cb%3E%22\"");
        }
    }

    @Test
    void aPageIsCalledAsItCallsItself() throws Exception {
        try (PlainBrowser ada = site.administrator()) {
            String all = hits(ada, "");
            for (String path : List.of("/mailboxes", "/certificates", "/flows/history", "/activity", "/maintenance")) {
                Matcher title =
                        Pattern.compile("<title>(.+?) · ").matcher(ada.get(path).body());
                assertThat(title.find()).as(path).isTrue();
                assertThat(all).contains("href=\"" + path + "\"", "<span>" + title.group(1) + "</span>");
            }
        }
    }

    @Test
    void savedViewsAreThere() throws Exception {
        try (PlainBrowser eve = site.browser(ConsoleSite.operator("eve", Rank.SEE))) {
            eve.post("/views", Map.of("name", "Late claims", "path", "/documents?flow=opel/warranty-claim"));
            assertThat(hits(eve, "late")).contains("href=\"/documents?flow=opel/warranty-claim\"");
        }
    }

    @Test
    void ofAnotherBrandOrRankNothingIsOffered() throws Exception {
        try (PlainBrowser olga = site.browser(ConsoleSite.operator("olga", Rank.SEE, "opel"))) {
            assertThat(hits(olga, "c")).contains("/parties/opel-centre").doesNotContain("itroen");
            assertThat(hits(olga, "dealer-9")).doesNotContain("/parties/dealer-9");
            assertThat(hits(olga, "")).doesNotContain("/start", "/operators", "/replays/new", "/flows/history");
        }
    }

    @Test
    void whatOneMayNotKnowOfIsAskedForByNobodyWithoutASession() throws Exception {
        try (PlainBrowser stranger = site.stranger()) {
            assertThat(stranger.get("/palette?q=a", "HX-Request", "true").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void withoutScriptsItIsTheSearch() throws Exception {
        try (PlainBrowser ada = site.administrator()) {
            assertThat(ada.get("/palette?q=a").headers().firstValue("Location")).contains("/find?q=a");
            assertThat(ada.get("/").body()).contains("id=\"palette-open\" href=\"/find\"");
        }
    }
}
