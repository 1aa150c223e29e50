package aiguillage.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.console.web.Menu;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.testing.RunningHub;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Every room of the console, as people see it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryPageTest {

    private static final String FLOWS = RunningHub.FLOWS.replace(
                    "flows:\n", "  opel: { roles: [manufacturer], brands: [opel], region: eu }\nflows:\n")
            + """
              datasets:
                opel/prices:
                  from: manufacturer
                  to: dealer
                  columns: [{ name: part, key: true }, { name: price, type: decimal, currency: EUR }]
                  csv: { separator: semicolon }
              """;

    /// Pages behind those of the menu.
    private static final List<String> DETAILS = List.of(
            "/documents/dealer-7/claim-1?leg=0&event=0&verify=1",
            "/documents/dealer-7/claim-2/content",
            "/parties/opel-centre",
            "/mailboxes",
            "/mailboxes/opel-centre",
            "/replays/new?party=opel-centre&flow=opel/warranty-claim",
            "/certificates",
            "/parties/bulk",
            "/flows/opel/warranty-claim",
            "/flows/text",
            "/flows/history",
            "/flows/try",
            "/start",
            "/prices/opel/prices",
            "/prices/opel/prices/versions/2",
            "/prices/opel/prices/differences?before=1&after=2",
            "/prices/opel/prices/readers",
            "/prices/opel/prices/look-up?k1=A1",
            "/ledger/entries/3",
            "/find?q=claim",
            "/operators/ada",
            "/activity",
            "/maintenance");

    private Chromium chromium;
    private ConsoleSite site;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        chromium = new Chromium();
        site = new ConsoleSite(new RunningHub(folder, FLOWS, InstantSource.system()));
        try (HttpClient dealer = site.hub().client("dealer-7");
                HttpClient centre = site.hub().client("opel-centre");
                PlainBrowser ada = site.administrator()) {
            for (String id : List.of("claim-1", "claim-2")) {
                assertThat(site.hub()
                                .submit(dealer, "dealer-7", "opel/warranty-claim", id, id)
                                .statusCode())
                        .isEqualTo(201);
            }
            String first = JsonMapper.shared()
                    .readTree(site.hub().get(centre, "/v1/inbox").body())
                    .get(0)
                    .path("position")
                    .asString();
            String rejection = "{\"reject\":[{\"position\":" + first + ",\"reason\":\"unreadable\"}]}";
            assertThat(site.hub()
                            .post(centre, "/v1/inbox/acknowledgements", rejection)
                            .statusCode())
                    .isEqualTo(200);
            publish(ada, "part;price\nA1;1.00\n");
            publish(ada, "part;price\nA1;2.00\nA2;1.00\n");
        }
    }

    private static void publish(PlainBrowser browser, String csv) throws Exception {
        HttpResponse<String> draft = browser.upload(
                "/prices/opel/prices/drafts",
                Map.of("format", "text/csv"),
                "april.csv",
                csv.getBytes(StandardCharsets.UTF_8));
        String path = draft.headers().firstValue("Location").orElseThrow();
        assertThat(browser.post(path + "/publish", Map.of("reason", "April")).statusCode())
                .isEqualTo(303);
    }

    @AfterAll
    void stop() throws Exception {
        if (site != null) {
            site.close();
            chromium.close();
        }
    }

    private Window window(String language, boolean hasScripts, ColorScheme scheme) {
        return new Window(chromium.browser(), site.uri("/"), language, hasScripts, scheme)
                .signedIn(site.signIn(ConsoleSite.operator("ada", Rank.ADMINISTER)));
    }

    private static List<String> pages() {
        return Menu.ITEMS.stream().map(Menu.Item::path).toList();
    }

    private static String name(String path) {
        return path.equals("/") ? "overview" : path.substring(1).replaceAll("[^a-z0-9]+", "-");
    }

    /// Words decide what fits, colours what is seen: two windows show each page in both languages and both themes.
    @Test
    void everyPageIsSoundInBothLanguagesAndThemes() throws Exception {
        try (Window english = window("en", true, ColorScheme.LIGHT);
                Window french = window("fr", true, ColorScheme.DARK)) {
            for (String path : pages()) {
                english.to(path).picture(name(path) + "-en").requireSound();
                french.to(path).picture(name(path) + "-fr-dark").requireSound();
                french.requireFittingOnAPhone();
            }
        }
    }

    @Test
    void everyPageIsReadWithoutScripts() {
        try (Window with = window("en", true, ColorScheme.LIGHT);
                Window without = window("en", false, ColorScheme.LIGHT)) {
            for (String path : pages()) {
                assertThat(without.to(path).heading()).isEqualTo(with.to(path).heading());
            }
        }
    }

    @Test
    void thePagesBehindThemAreSoundInOneLanguageOrTheOtherAndReadWithoutScripts() throws Exception {
        try (Window english = window("en", true, ColorScheme.LIGHT);
                Window french = window("fr", true, ColorScheme.DARK);
                Window without = window("fr", false, ColorScheme.LIGHT)) {
            for (int i = 0; i < DETAILS.size(); i++) {
                String path = DETAILS.get(i);
                Window with = i % 2 == 0 ? english : french;
                with.to(path).picture("detail-" + name(path)).requireSound();
                with.requireFittingOnAPhone();
                String heading = without.to(path).heading();
                if (with == french) {
                    assertThat(heading).isEqualTo(with.heading());
                }
            }
        }
    }

    @Test
    void whoIsSignedOutIsLedToTheSignIn() {
        String token = site.signIn(ConsoleSite.operator("ada", Rank.ADMINISTER));
        try (Window window =
                new Window(chromium.browser(), site.uri("/"), "en", true, ColorScheme.LIGHT).signedIn(token)) {
            window.to("/");
            site.console().sessions().end(token);
            window.page().waitForURL("**/sign-in?to=*");
        }
    }

    @Test
    void theKeyboardGoesToAnyPlaceByThePalette() throws Exception {
        try (Window window = window("fr", true, ColorScheme.DARK)) {
            Page page = window.to("/").page();
            Locator palette = page.getByRole(AriaRole.DIALOG);
            page.keyboard().press("Control+k");
            palette.getByRole(AriaRole.COMBOBOX).fill("citroen-c");
            palette.getByRole(AriaRole.OPTION).first().waitFor();
            window.picture("palette-fr-dark").requireSound();
            page.keyboard().press("Escape");
            assertThat(palette.isVisible()).isFalse();
            page.keyboard().press("Control+k");
            palette.getByRole(AriaRole.COMBOBOX).fill("citroen-c");
            palette.getByRole(AriaRole.OPTION).first().waitFor();
            page.keyboard().press("Enter");
            page.waitForURL("**/parties/citroen-centre");
            window.requireSound();
        }
    }

    @Test
    void theKeyboardReachesTheSearchBox() {
        try (Window window = window("en", true, ColorScheme.LIGHT)) {
            window.to("/").page().keyboard().press("/");
            assertThat(window.page().evaluate("document.activeElement.id")).isEqualTo("find");
        }
    }
}
