package aiguillage.console.parties;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.TestClock;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What the pages of parties show, and to whom.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartiesPagesTest {

    private ConsoleSite site;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site = new ConsoleSite(folder);
        site.hub().enrolled("dealer-7");
        try (HttpClient dealer = site.hub().client("dealer-7")) {
            for (String flow : new String[] {"opel/warranty-claim", "citroen/warranty-claim"}) {
                site.hub().submit(dealer, "dealer-7", flow, flow.replace('/', '-'), "content");
            }
        }
    }

    @AfterAll
    void stop() throws Exception {
        site.close();
    }

    private String get(PlainBrowser browser, String path) throws Exception {
        var answer = browser.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    @Test
    void everyPartyHasACellARowAndAState() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            assertThat(get(browser, "/parties"))
                    .contains(
                            "title=\"dealer-7\"",
                            "<a href=\"/parties/dealer-7\">dealer-7</a>",
                            "<a href=\"/parties/citroen-centre\">",
                            "/parties?state=new");
        }
    }

    @Test
    void aFilterIsInTheAddress() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            assertThat(get(browser, "/parties?brand=citroen&role=dealer"))
                    .contains("/parties/dealer-7", "/parties/dealer-9")
                    .doesNotContain("/parties/dealer-8", "/parties/citroen-centre");
            assertThat(get(browser, "/parties?name=AUDIT"))
                    .contains("opel-audit")
                    .doesNotContain("/parties/dealer-7");
            assertThat(get(browser, "/parties?state=new&country=fr"))
                    .contains("/parties/dealer-9")
                    .doesNotContain("/parties/dealer-7");
            assertThat(get(browser, "/parties?after=dealer-8"))
                    .contains("<a href=\"/parties/dealer-9\">dealer-9</a>")
                    .doesNotContain("<a href=\"/parties/dealer-8\">dealer-8</a>");
        }
    }

    @Test
    void aPartysPageSaysWhatItMayWhatWaitsAndUntilWhenItsCertificateHolds() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            assertThat(get(browser, "/parties/dealer-7"))
                    .contains("opel/warranty-claim", "opel/warranty-decision", "holds", "by REST", "connected");
            assertThat(get(browser, "/parties/opel-centre")).contains("<th scope=\"row\">opel/warranty-claim</th>");
        }
    }

    @Test
    void whoLooksAfterOneBrandSeesNothingOfAnother() throws Exception { // I4, for people
        try (PlainBrowser browser = site.browser(ConsoleSite.operator("olga", Rank.ADMINISTER, "opel"))) {
            assertThat(get(browser, "/parties"))
                    .contains("/parties/dealer-7", "/parties/opel-centre")
                    .doesNotContain("citroen", "dealer-9");
            assertThat(get(browser, "/parties?brand=citroen")).doesNotContain("/parties/dealer-7\"");
            assertThat(get(browser, "/parties/dealer-7"))
                    .contains("opel/warranty-claim")
                    .doesNotContain("citroen");
            assertThat(get(browser, "/certificates")).doesNotContain("dealer-9", "citroen");
            for (String path : new String[] {"/parties/dealer-9", "/parties/citroen-centre", "/parties/nobody"}) {
                assertThat(browser.get(path).statusCode()).as(path).isEqualTo(404);
            }
            assertThat(browser.get("/parties/dealer-9").body().replace("dealer-9", "nobody"))
                    .as("one that is hidden is as one that is not")
                    .isEqualTo(browser.get("/parties/nobody").body());
        }
    }

    @Test
    void whatAnAddressNamesIsShownAsText() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            assertThat(get(browser, "/parties?name=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&brand=%3Cb%3E"))
                    .doesNotContain("<script>alert", "<b>");
            assertThat(get(browser, "/parties/dealer-7?done=%3Cscript%3E")).doesNotContain("<script>");
        }
    }

    @Test
    void theCalendarSaysWhoCouldNotSpeakTomorrow(@TempDir Path folder) throws Exception {
        var clock = new TestClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
        var hub = new RunningHub(RunningHub.config(folder, RunningHub.FLOWS, clock), clock);
        try (var other = new ConsoleSite(hub);
                PlainBrowser browser = other.administrator()) {
            hub.enrolled("dealer-7");
            assertThat(get(browser, "/certificates")).contains("Nobody: no last certificate");
            clock.advance(Duration.ofDays(29).plusHours(2));
            try (PlainBrowser later = other.administrator()) {
                assertThat(get(later, "/certificates"))
                        .contains("ends within 24 hours", "<a href=\"/parties/dealer-7\">dealer-7</a>");
                assertThat(get(later, "/parties?state=expiring")).contains("/parties/dealer-7");
            }
            clock.advance(Duration.ofDays(1));
            try (PlainBrowser later = other.administrator()) {
                assertThat(get(later, "/parties?state=expired")).contains("/parties/dealer-7");
            }
        }
    }

    @Test
    void sixThousandFiveHundredPartiesAreOnePageOfLessThanAMegabyte(@TempDir Path folder) throws Exception {
        var flows = new StringBuilder("brands:\n  opel: { text: Opel }\nparties:\n");
        for (int i = 0; i < 6_500; i++) {
            flows.append(String.format(
                    "  dealer-of-some-town-%05d: { roles: [dealer], brands: [opel], country: fr, region: eu }%n", i));
        }
        flows.append("flows:\n  opel/note: { from: dealer, to: dealer-of-some-town-00000 }\n");
        var clock = java.time.InstantSource.system();
        var hub = new RunningHub(RunningHub.config(folder, flows.toString(), clock), clock);
        try (var other = new ConsoleSite(hub);
                PlainBrowser browser = other.administrator()) {
            String page = get(browser, "/parties");
            assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_000_000);
            assertThat(page).contains("title=\"dealer-of-some-town-06499\"", "after=dealer-of-some-town-00099");
            assertThat(page).doesNotContain("<a href=\"/parties/dealer-of-some-town-00100\">");
        }
    }
}
