package aiguillage.console;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// How every page is guarded.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {

    private ConsoleSite site;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site = new ConsoleSite(folder);
    }

    @AfterAll
    void stop() throws Exception {
        site.close();
    }

    @Test
    void aStrangerIsSentToTheSignInAndBack() throws Exception {
        try (PlainBrowser stranger = site.stranger()) {
            HttpResponse<String> answer = stranger.get("/?at=1");
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location")).contains("/sign-in?to=%2F%3Fat%3D1");
        }
    }

    @Test
    void everyAnswerForbidsTheBrowserWhatNoPageNeeds() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            for (String path : new String[] {"/", "/nowhere"}) {
                var headers = browser.get(path).headers();
                assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                        .contains("default-src 'none'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe");
                assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
                assertThat(headers.firstValue("Cache-Control")).contains("no-store");
            }
        }
    }

    @Test
    void pagesSpeakTheBrowsersLanguageAndTheOneThatWasChosen() throws Exception {
        try (PlainBrowser stranger = site.stranger();
                PlainBrowser browser = site.administrator()) {
            assertThat(browser.get("/").body()).contains("<h1>Overview</h1>");
            HttpResponse<String> chosen = stranger.post("/look", Map.of("language", "fr", "to", "/"));
            String cookie = chosen.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).startsWith("language=fr;");
            String sent = cookie.substring(0, cookie.indexOf(';'));
            assertThat(browser.get("/", "Cookie", sent).body())
                    .contains("<html lang=\"fr\"")
                    .doesNotContain("<h1>Overview</h1>");
        }
    }

    @Test
    void noOtherSiteSendsAForm() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            Map<String, String> form = Map.of("language", "fr", "form", browser.formWord());
            assertThat(browser.postRaw("/look", form, "Origin", "https://evil.example")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(browser.postRaw("/look", form).statusCode()).isEqualTo(403);
            assertThat(browser.postRaw("/look", Map.of("language", "fr"), "Origin", browser.origin())
                            .statusCode())
                    .isEqualTo(403);
            assertThat(browser.post("/look", form).statusCode()).isEqualTo(303);
        }
    }

    @Test
    void aNumberOrATimeThatIsNoneIsRefused() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            for (String query : new String[] {
                "/mailboxes?from=first",
                "/documents?before=-1",
                "/activity?before=1e3",
                "/flows/history?before=9999999999999999999"
            }) {
                assertThat(browser.get(query).statusCode()).as(query).isEqualTo(400);
            }
            Map<String, String> notice = Map.of("english", "x", "until", "tomorrow", "reason", "y");
            assertThat(browser.post("/maintenance", notice).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void aChoiceOfLookLeadsNowhereElse() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            for (String to : new String[] {"//evil.example/", "https://evil.example/", "/\\evil.example"}) {
                assertThat(browser.post("/look", Map.of("theme", "dark", "to", to))
                                .headers()
                                .firstValue("Location"))
                        .contains("/");
            }
        }
    }
}
