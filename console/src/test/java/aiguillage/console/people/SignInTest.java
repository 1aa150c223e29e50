package aiguillage.console.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.config.Address;
import aiguillage.console.Console;
import aiguillage.console.key.Ceremony;
import aiguillage.console.key.KeyRefused;
import aiguillage.console.key.SecurityKeys;
import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.KeyForm;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.console.testing.SoftKey;
import aiguillage.hub.HubConfig;
import aiguillage.hub.operators.Operators;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.TestClock;
import aiguillage.hub.yard.OperatorKeyRow;
import aiguillage.hub.yard.People;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Who comes in, and who does not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInTest {

    private final TestClock clock = new TestClock(Instant.now());
    private ConsoleSite site;
    private Operators operators;
    private SoftKey ada;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site = ConsoleSite.guarded(new RunningHub(folder, RunningHub.FLOWS, clock));
        operators = site.hub().inside().operators();
        theFirstOperatorComesInByALinkThatOnlyTheHubsMachineShows();
    }

    @AfterAll
    void stop() throws Exception {
        site.close();
    }

    private void theFirstOperatorComesInByALinkThatOnlyTheHubsMachineShows() throws Exception {
        Path file = site.hub().data().firstOperator();
        String link = site.console().firstLink().orElseThrow();
        assertThat(link).startsWith(site.console().origin() + "/enrol/");
        assertThat(file).hasContent(link + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        ada = new SoftKey();
        try (PlainBrowser browser = site.stranger()) {
            String path = link.substring(site.console().origin().length());
            assertThat(browser.get("/sign-in").body()).contains("Nobody can sign in yet");
            assertThat(browser.get(path).body()).contains("administrator");
            HttpResponse<String> made = browser.answerAt(path, ada, Map.of("label", "blue"));
            assertThat(made.statusCode()).isEqualTo(303);
            assertThat(made.headers().firstValue("Location")).contains("/start");
            assertThat(browser.get("/start").body()).contains("href=\"/keys\">My keys");
            assertThat(browser.get("/").statusCode()).isEqualTo(200);
            assertThat(browser.get(path).statusCode()).isEqualTo(404);
        }
        assertThat(file).doesNotExist();
        assertThat(site.console().firstLink()).isEmpty();
    }

    private static HttpResponse<String> refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        return answer;
    }

    @Test
    void aKeySignsInAndLeadsToThePageThatWasAskedFor() throws Exception {
        try (PlainBrowser browser = site.stranger()) {
            HttpResponse<String> answer = browser.answerAt("/sign-in?to=%2Factivity", ada, Map.of());
            assertThat(answer.headers().firstValue("Location")).contains("/activity");
            assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                    .startsWith("__Host-session=")
                    .endsWith("; Path=/; Secure; HttpOnly; SameSite=Strict");
            assertThat(browser.get("/activity").body()).contains("signed in", "blue");
        }
    }

    @Test
    void noSignInLeadsOutOfTheConsole() throws Exception {
        for (String to : new String[] {"//evil.example/", "https://evil.example/", "/\\evil.example", "/x\r\nA: b"}) {
            try (PlainBrowser browser = site.stranger()) {
                HttpResponse<String> answer = browser.answerAt("/sign-in", ada, Map.of("to", to));
                assertThat(answer.headers().firstValue("Location")).contains("/");
                assertThat(answer.headers().firstValue("A")).isEmpty();
            }
        }
    }

    @Test
    void eachSignInHasANewSessionAndEndsTheOneTheBrowserHad() throws Exception {
        try (PlainBrowser browser = site.signedIn(ada);
                PlainBrowser planted = site.stranger()) {
            String before = browser.session();
            String page = planted.get("/sign-in").body();
            HttpResponse<String> again = browser.post(
                    "/sign-in", withForm(KeyForm.of(page).filled(ada, browser.origin(), Map.of()), browser.formWord()));
            assertThat(again.statusCode()).isEqualTo(303);
            assertThat(browser.session()).isNotEqualTo(before);
            assertThat(site.console().sessions().find(String.valueOf(before))).isEmpty();
        }
    }

    private static Map<String, String> withForm(Map<String, String> fields, String word) {
        var all = new HashMap<>(fields);
        all.put("form", word);
        return all;
    }

    @Test
    void aBrowsersOwnChoiceOfSessionIsNone() throws Exception {
        try (PlainBrowser browser = site.stranger()) {
            assertThat(browser.get("/", "Cookie", "__Host-session=chosen-by-somebody")
                            .statusCode())
                    .isEqualTo(303);
        }
    }

    @Test
    void signingOutEndsTheSession() throws Exception {
        try (PlainBrowser browser = site.signedIn(ada)) {
            String session = browser.session();
            HttpResponse<String> out = browser.post("/sign-out", Map.of());
            assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
            assertThat(site.console().sessions().find(String.valueOf(session))).isEmpty();
            assertThat(browser.get("/").statusCode()).isEqualTo(303);
        }
    }

    @Test
    void anAnswerCountsOnce() throws Exception {
        try (PlainBrowser browser = site.stranger();
                PlainBrowser thief = site.stranger()) {
            KeyForm form = KeyForm.of(browser.get("/sign-in").body());
            Map<String, String> sent = form.filled(ada, browser.origin(), Map.of());
            assertThat(browser.post("/sign-in", sent).statusCode()).isEqualTo(303);
            assertThat(refused(thief.post("/sign-in", sent)).body()).contains("sent before");
        }
    }

    @Test
    void anAnswerCountsForFiveMinutes() throws Exception {
        try (PlainBrowser browser = site.stranger()) {
            KeyForm form = KeyForm.of(browser.get("/sign-in").body());
            clock.advance(Ceremony.SIGN_IN.holds().minusSeconds(1));
            assertThat(browser.post("/sign-in", form.filled(ada, browser.origin(), Map.of()))
                            .statusCode())
                    .isEqualTo(303);
            try (PlainBrowser late = site.stranger()) {
                form = KeyForm.of(late.get("/sign-in").body());
                clock.advance(Ceremony.SIGN_IN.holds());
                refused(late.post("/sign-in", form.filled(ada, late.origin(), Map.of())));
            }
        }
    }

    @Test
    void aKeyThatAnswersAnotherSiteDoesNotSignIn() throws Exception {
        try (PlainBrowser browser = site.stranger()) {
            ada.at("https://evil.example");
            refused(browser.signIn(ada));
            ada.at("http://localhost:1");
            refused(browser.signIn(ada));
            ada.at("https://localhost:" + site.console().port());
            refused(browser.signIn(ada));
        } finally {
            ada.at(null);
        }
    }

    @Test
    void aKeyThatAnswersInAFrameOfAnotherSiteDoesNotSignIn() throws Exception {
        SoftKey framed = site.takeIn(ConsoleSite.operator("framed", Rank.SEE)).framed();
        try (PlainBrowser browser = site.stranger()) {
            refused(browser.signIn(framed));
        }
    }

    @Test
    void aKeyThatDoesNotAskWhoHoldsItDoesNotSignIn() throws Exception {
        SoftKey careless =
                site.takeIn(ConsoleSite.operator("careless", Rank.SEE)).unverified();
        try (PlainBrowser browser = site.stranger()) {
            refused(browser.signIn(careless));
        }
    }

    @Test
    void aKeyThatDoesNotAskWhoHoldsItIsNotTakenIn() throws Exception {
        var key = new SoftKey().unverified();
        operators.put(ConsoleSite.operator("hasty", Rank.SEE), "operator");
        String link = operators.invite("hasty", "operator").link();
        try (PlainBrowser browser = site.stranger()) {
            refused(browser.answerAt("/enrol/" + link, key, Map.of("label", "blue")));
        }
        assertThat(operators.keys("hasty")).isEmpty();
        assertThat(operators.invited(link)).isPresent();
    }

    @Test
    void aKeyThatCallsSomebodyElseDoesNotSignIn() throws Exception {
        SoftKey liar = site.takeIn(ConsoleSite.operator("liar", Rank.SEE)).calling("administrator");
        try (PlainBrowser browser = site.stranger()) {
            refused(browser.signIn(liar));
        }
    }

    @Test
    void aKeyThatCountsBackwardsIsRefused() throws Exception {
        SoftKey counting =
                site.takeIn(ConsoleSite.operator("counting", Rank.SEE)).counting(7);
        try (PlainBrowser browser = site.stranger()) {
            assertThat(browser.signIn(counting).statusCode()).isEqualTo(303);
        }
        for (long copied : new long[] {7, 6, 0}) {
            try (PlainBrowser browser = site.stranger()) {
                assertThat(refused(browser.signIn(counting.counting(copied))).body())
                        .contains("copy");
            }
        }
        try (PlainBrowser browser = site.stranger()) {
            assertThat(browser.signIn(counting.counting(9)).statusCode()).isEqualTo(303);
        }
    }

    @Test
    void aKeyNobodyHasDoesNotSignIn() throws Exception {
        try (PlainBrowser browser = site.stranger()) {
            assertThat(refused(browser.signIn(new SoftKey())).body()).contains("Nobody at this hub has this key");
        }
    }

    @Test
    void anAnswerMadeForAnotherPurposeDoesNotSignIn() throws Exception {
        try (PlainBrowser in = site.signedIn(ada);
                PlainBrowser browser = site.stranger()) {
            String confirm =
                    in.post("/keys", Map.of("label", "x", "credential", "x")).body();
            refused(browser.post("/sign-in", KeyForm.of(confirm).filled(ada, in.origin(), Map.of())));
        }
    }

    @Test
    void nonsenseIsRefusedAndNothingFails() {
        var keys = new SecurityKeys(operators, site.console().origin(), "hub", new SecureRandom(), clock);
        String begin = "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\"";
        for (String nonsense : new String[] {
            "",
            "null",
            "[]",
            "{}",
            "\"x\"",
            "{\"id\":1}",
            begin + "}",
            begin + ",\"response\":{}}",
            begin + ",\"response\":{\"clientDataJSON\":\"AA\",\"authenticatorData\":\"AA\",\"signature\":\"AA\"}}",
            begin + ",\"response\":{\"clientDataJSON\":\"e30\",\"attestationObject\":\"oA\",\"signature\":\"AA\"}}",
            "[".repeat(16_000),
            "x".repeat(20_000)
        }) {
            assertThatThrownBy(() -> keys.answered(nonsense, Ceremony.SIGN_IN, ""))
                    .isInstanceOf(KeyRefused.class);
            assertThatThrownBy(() -> keys.made(nonsense, Ceremony.ENROL, "")).isInstanceOf(KeyRefused.class);
        }
    }

    @Test
    void whoeverTriesTooOftenWaits() throws Exception {
        try (Console busy = Console.open(
                        site.hub().inside(), new HubConfig.Console(new Address("127.0.0.1", 0), null, null, null));
                PlainBrowser browser = PlainBrowser.at(busy)) {
            int status = 0;
            for (int i = 0; i <= KeyDesk.TRIES_EACH + 5 && status != 429; i++) {
                status = browser.post("/sign-in", Map.of("assertion", "{}")).statusCode();
            }
            assertThat(status).isEqualTo(429);
            assertThat(browser.get("/enrol/guess").statusCode()).isEqualTo(429);
        }
    }

    @Test
    void aRemovedKeyEndsItsSessionsAndSignsNobodyIn() throws Exception {
        SoftKey first = site.takeIn(ConsoleSite.operator("two-keys", Rank.SEE));
        operators.addKey("two-keys", "another", "cose", "red", null);
        try (PlainBrowser browser = site.signedIn(first);
                PlainBrowser later = site.stranger()) {
            assertThat(browser.get("/keys").statusCode()).isEqualTo(200);
            operators.removeKey("two-keys", People.hash(first.credential()), "operator");
            assertThat(browser.get("/keys").statusCode()).isEqualTo(303);
            refused(later.signIn(first));
        }
    }

    @Test
    void aRemovedOperatorIsOutAtOnceAndALowerRankCountsAtOnce() throws Exception {
        SoftKey key = site.takeIn(ConsoleSite.operator("leaver", Rank.ADMINISTER));
        try (PlainBrowser browser = site.signedIn(key)) {
            assertThat(browser.get("/operators").statusCode()).isEqualTo(200);
            operators.put(ConsoleSite.operator("leaver", Rank.OPERATE), "operator");
            assertThat(browser.get("/operators").statusCode()).isEqualTo(403);
            operators.remove("leaver", "operator");
            assertThat(browser.get("/keys").statusCode()).isEqualTo(303);
        }
    }

    @Test
    void aLinkMakesNoKeyOfAnAnswerToAnotherLink() throws Exception {
        operators.put(ConsoleSite.operator("guest", Rank.SEE), "operator");
        operators.put(ConsoleSite.operator("thief", Rank.SEE), "operator");
        String guest = operators.invite("guest", "operator").link();
        String thief = operators.invite("thief", "operator").link();
        try (PlainBrowser browser = site.stranger()) {
            KeyForm form = KeyForm.of(browser.get("/enrol/" + thief).body());
            refused(browser.post(
                    "/enrol/" + guest, form.filled(new SoftKey(), browser.origin(), Map.of("label", "blue"))));
        }
        assertThat(operators.keys("guest")).isEmpty();
    }

    @Test
    void aSessionEndsWhenNothingIsAskedInIt() throws Exception {
        try (PlainBrowser browser = site.signedIn(ada)) {
            clock.advance(Duration.ofMinutes(29));
            assertThat(browser.get("/keys").statusCode()).isEqualTo(200);
            clock.advance(Duration.ofMinutes(30));
            assertThat(browser.get("/keys").statusCode()).isEqualTo(303);
        }
    }

    @Test
    void aHostileLabelIsShownAsText() throws Exception {
        operators.put(ConsoleSite.operator("mallory", Rank.SEE), "operator");
        String link = operators.invite("mallory", "operator").link();
        try (PlainBrowser browser = site.stranger()) {
            browser.answerAt("/enrol/" + link, new SoftKey(), Map.of("label", "<script>alert(1)</script>\"'"));
            assertThat(operators.keys("mallory"))
                    .extracting(OperatorKeyRow::label)
                    .containsExactly("<script>alert(1)</script>\"'");
            assertThat(browser.get("/keys").body())
                    .doesNotContain("<script>alert")
                    .contains("&lt;script&gt;alert");
        }
    }
}
