package aiguillage.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.testing.Until;
import java.net.http.HttpClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A hub through which two Opel claims went, one of which its centre rejected, and one of Citroën.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverviewPagesTest {

    private ConsoleSite site;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site = new ConsoleSite(folder);
        try (HttpClient dealer = site.hub().client("dealer-7");
                HttpClient centre = site.hub().client("opel-centre")) {
            site.hub().submit(dealer, "dealer-7", "opel/warranty-claim", "claim-1", "x");
            site.hub().submit(dealer, "dealer-7", "opel/warranty-claim", "claim-2", "y");
            site.hub().submit(dealer, "dealer-7", "citroen/warranty-claim", "citroen-1", "z");
            site.hub()
                    .post(
                            centre,
                            "/v1/inbox/acknowledgements",
                            "{\"reject\":[{\"position\":2,\"reason\":\"<script>alert(1)</script>\"}]}");
        }
        Until.holds("the mailboxes were looked through", () -> {
            site.hub().inside().figures().look();
            return site.hub().inside().figures().queues().isPresent();
        });
    }

    @AfterAll
    void stop() throws Exception {
        site.close();
    }

    private String page(String path, String... brands) throws Exception {
        try (PlainBrowser browser = site.browser(ConsoleSite.operator("eve", Rank.SEE, brands))) {
            var answer = browser.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            return answer.body();
        }
    }

    @Test
    void eachTileSaysInWordsHowItIsAndWhenThatWasChecked() throws Exception {
        assertThat(page("/"))
                .contains("id=\"tile-flowing\"", "id=\"tile-disk\"", "✓ good", "checked 20", "parties connected")
                .contains("sse-connect=\"/overview/live\"")
                .contains("opel/warranty-claim");
        assertThat(page("/?live=no")).doesNotContain("sse-connect").contains("Go on live");
    }

    @Test
    void aBrandsOperatorSeesItsOwnFiguresAlone() throws Exception {
        assertThat(page("/", "citroen"))
                .contains("citroen/warranty-claim")
                .doesNotContain("opel")
                .doesNotContain("tile-journal");
        assertThat(page("/tail", "citroen")).contains("citroen-1").doesNotContain("opel", "claim-1");
        assertThat(page("/waiting", "citroen")).doesNotContain("opel");
        assertThat(page("/refusals", "citroen")).contains("Nothing was refused");
    }

    @Test
    void whatHappenedStandsThereNewestFirstAsTextWhateverStrangersWrote() throws Exception {
        String all = page("/tail");
        assertThat(all).contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert");
        String accepted = page("/tail?kind=accepted");
        assertThat(accepted.indexOf("claim-1")).isPositive().isGreaterThan(accepted.lastIndexOf("claim-2"));
        assertThat(accepted.indexOf("claim-2")).isGreaterThan(accepted.lastIndexOf("citroen-1"));
    }

    @Test
    void filtersStandInTheAddress() throws Exception {
        String rejected = page("/tail?kind=accepted&flow=opel%2F&party=dealer-7");
        assertThat(rejected).contains("claim-1").doesNotContain("citroen-1");
        assertThat(rejected).contains("sse-connect=\"/tail/live?kind=accepted&amp;flow=opel%2F&amp;party=dealer-7\"");
        try (PlainBrowser browser = site.administrator()) {
            assertThat(browser.get("/tail?kind=nonsense").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void whatWaitsAndWhatWasRefusedHaveLists() throws Exception {
        assertThat(page("/waiting")).contains("opel/warranty-claim", "<caption>");
        assertThat(page("/refusals")).contains("Counted since");
    }
}
