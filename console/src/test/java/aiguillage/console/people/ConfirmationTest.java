package aiguillage.console.people;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.key.Ceremony;
import aiguillage.console.session.Session;
import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.KeyForm;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.console.testing.SoftKey;
import aiguillage.hub.operators.Operators;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.TestClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What has consequences is confirmed with the key: this form, once. And what administrators do to operators.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfirmationTest {

    private static final Pattern LINK = Pattern.compile("/enrol/([A-Za-z0-9_-]+)");

    private final TestClock clock = new TestClock(Instant.now());
    private ConsoleSite site;
    private Operators operators;
    private SoftKey ada;
    private SoftKey brand;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site = ConsoleSite.guarded(new RunningHub(folder, RunningHub.FLOWS, clock));
        operators = site.hub().inside().operators();
        ada = site.takeIn(ConsoleSite.operator("ada", Rank.ADMINISTER));
        brand = site.takeIn(ConsoleSite.operator("brand", Rank.ADMINISTER, "opel"));
    }

    @AfterAll
    void stop() throws Exception {
        site.close();
    }

    private static Map<String, String> wish(String name, String rank, String brands) {
        return Map.of("name", name, "rank", rank, "brands", brands, "reason", "new in the team");
    }

    @Test
    void whatIsConfirmedIsToldAndDoneAndStandsInTheJournal() throws Exception {
        try (PlainBrowser browser = site.signedIn(ada);
                PlainBrowser guest = site.stranger()) {
            HttpResponse<String> asked = browser.post("/operators", wish("bob", "operate", "opel"));
            assertThat(asked.body()).contains("Confirm with your key", "bob", "operate", "new in the team");
            assertThat(operators.find("bob")).isEmpty();
            HttpResponse<String> done = browser.answer(asked.body(), ada, Map.of());
            assertThat(operators.find("bob")).contains(ConsoleSite.operator("bob", Rank.OPERATE, "opel"));
            assertThat(browser.get("/activity").body()).contains("bob: operate, opel", "new in the team");
            Matcher link = LINK.matcher(done.body());
            assertThat(link.find()).isTrue();
            var bob = new SoftKey();
            guest.answerAt("/enrol/" + link.group(1), bob, Map.of("label", "red"));
            assertThat(guest.get("/keys").body()).contains("red");
            assertThat(browser.get("/operators").body()).doesNotContain(link.group(1));
        }
    }

    @Test
    void oneConfirmationIsGoodOnce() throws Exception {
        try (PlainBrowser browser = site.signedIn(ada)) {
            KeyForm form = KeyForm.of(
                    browser.post("/operators", wish("once", "see", "")).body());
            Map<String, String> sent = form.filled(ada, browser.origin(), Map.of());
            assertThat(browser.post("/operators", sent).statusCode()).isEqualTo(200);
            operators.remove("once", "operator");
            assertThat(browser.post("/operators", sent).body()).contains("Confirm once more");
            assertThat(operators.find("once")).isEmpty();
        }
    }

    @Test
    void aConfirmationOfOneFormIsNoneOfAnother() throws Exception {
        try (PlainBrowser browser = site.signedIn(ada)) {
            KeyForm form = KeyForm.of(
                    browser.post("/operators", wish("other", "see", "opel")).body());
            for (Map<String, String> changed : List.of(
                    Map.of("rank", "administer"),
                    Map.of("brands", ""),
                    Map.of("name", "others"),
                    Map.of("further", "x"))) {
                Map<String, String> sent = form.filled(ada, browser.origin(), changed);
                assertThat(browser.post("/operators", sent).statusCode()).isEqualTo(403);
            }
            Map<String, String> elsewhere = form.filled(ada, browser.origin(), Map.of());
            assertThat(browser.post("/operators/brand", elsewhere).statusCode()).isEqualTo(403);
            assertThat(browser.post("/operators?x=1", elsewhere).statusCode()).isEqualTo(403);
            assertThat(operators.find("other")).isEmpty();
        }
    }

    @Test
    void aConfirmationOfOneSessionIsNoneOfAnother() throws Exception {
        try (PlainBrowser browser = site.signedIn(ada);
                PlainBrowser other = site.signedIn(ada)) {
            KeyForm form = KeyForm.of(
                    browser.post("/operators", wish("two", "see", "")).body());
            var sent = new HashMap<>(form.filled(ada, browser.origin(), Map.of()));
            sent.put("form", other.formWord());
            assertThat(other.post("/operators", sent).statusCode()).isEqualTo(403);
            assertThat(operators.find("two")).isEmpty();
        }
    }

    @Test
    void nobodyConfirmsWithAnothersKey() throws Exception {
        try (PlainBrowser browser = site.signedIn(ada)) {
            String page = browser.post("/operators", wish("three", "see", "")).body();
            assertThat(browser.answer(page, brand, Map.of()).statusCode()).isEqualTo(403);
            assertThat(operators.find("three")).isEmpty();
        }
    }

    @Test
    void noAnswerAtAllIsToldToNeedScripts() throws Exception {
        try (PlainBrowser browser = site.signedIn(ada)) {
            KeyForm form = KeyForm.of(
                    browser.post("/operators", wish("four", "see", "")).body());
            HttpResponse<String> answer = browser.post("/operators", form.fields());
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("needs scripts");
        }
    }

    @Test
    void aConfirmationHoldsForTwoMinutes() throws Exception {
        try (PlainBrowser browser = site.signedIn(ada)) {
            KeyForm form = KeyForm.of(
                    browser.post("/operators", wish("late", "see", "")).body());
            clock.advance(Ceremony.CONFIRM.holds());
            HttpResponse<String> answer = browser.post("/operators", form.filled(ada, browser.origin(), Map.of()));
            assertThat(answer.body()).contains("Confirm once more");
            assertThat(browser.answer(answer.body(), ada, Map.of()).statusCode())
                    .isEqualTo(200);
            assertThat(operators.find("late")).isPresent();
        }
    }

    @Test
    void strangersWhoTryTooOftenKeepNobodyFromConfirming(@TempDir Path folder) throws Exception {
        try (ConsoleSite own = ConsoleSite.guarded(new RunningHub(folder))) {
            SoftKey key = own.takeIn(ConsoleSite.operator("ada", Rank.ADMINISTER));
            try (PlainBrowser browser = own.signedIn(key);
                    PlainBrowser stranger = own.stranger()) {
                int status = 0;
                for (int i = 0; i < 2 * KeyDesk.TRIES_EACH && status != 429; i++) {
                    status =
                            stranger.post("/sign-in", Map.of("assertion", "{}")).statusCode();
                }
                assertThat(status).isEqualTo(429);
                assertThat(browser.confirmed("/operators", wish("six", "see", ""), key)
                                .statusCode())
                        .isEqualTo(200);
                assertThat(own.hub().inside().operators().find("six")).isPresent();
            }
        }
    }

    @Test
    void aReasonIsAskedForFirst() throws Exception {
        try (PlainBrowser browser = site.signedIn(ada)) {
            var without = new HashMap<>(wish("five", "see", ""));
            without.put("reason", " ");
            HttpResponse<String> asked = browser.post("/operators", without);
            assertThat(asked.body()).contains("<h1>Why?</h1>").doesNotContain("data-key");
        }
    }

    @Test
    void anAdministratorOfOneBrandDecidesAboutItAlone() throws Exception {
        operators.put(ConsoleSite.operator("elsewhere", Rank.SEE, "fiat"), "operator");
        operators.put(ConsoleSite.operator("ours", Rank.SEE, "opel"), "operator");
        try (PlainBrowser browser = site.signedIn(brand)) {
            assertThat(browser.get("/operators").body()).contains("ours").doesNotContain("elsewhere", ">ada<");
            for (String name : new String[] {"ada", "elsewhere", "nobody"}) {
                assertThat(browser.get("/operators/" + name).statusCode()).isEqualTo(404);
                Map<String, String> reason = Map.of("reason", "x");
                assertThat(browser.confirmed("/operators/" + name + "/removal", reason, brand)
                                .statusCode())
                        .isEqualTo(404);
                assertThat(browser.confirmed("/operators/" + name + "/invitation", reason, brand)
                                .statusCode())
                        .isEqualTo(404);
            }
            for (String brands : new String[] {"", "fiat", "opel fiat"}) {
                assertThat(browser.confirmed("/operators", wish("mole", "see", brands), brand)
                                .statusCode())
                        .isEqualTo(403);
                assertThat(browser.confirmed(
                                        "/operators/ours",
                                        Map.of("rank", "see", "brands", brands, "reason", "x"),
                                        brand)
                                .statusCode())
                        .isEqualTo(403);
            }
            assertThat(operators.find("mole")).isEmpty();
            assertThat(operators.find("elsewhere")).isPresent();
        }
        try (PlainBrowser browser = site.signedIn(ada)) {
            assertThat(browser.confirmed("/operators", wish("mole", "see", "opel,oppel"), ada)
                            .body())
                    .contains("The flows file has no brand oppel");
            assertThat(operators.find("mole")).isEmpty();
        }
    }

    @Test
    void activityOfOthersIsSeenByAdministratorsOfAllBrandsAlone() throws Exception {
        site.hub().inside().acts().record(ConsoleSite.operator("ada", Rank.ADMINISTER), "look", "fiat claim 7", "");
        try (PlainBrowser all = site.signedIn(ada);
                PlainBrowser some = site.signedIn(brand)) {
            assertThat(all.get("/activity?operator=ada").body()).contains("fiat claim 7");
            assertThat(all.get("/activity?operator=brand").body()).doesNotContain("fiat claim 7");
            assertThat(some.get("/activity").body()).doesNotContain("fiat claim 7");
            assertThat(some.get("/activity?operator=ada").body()).doesNotContain("fiat claim 7");
        }
    }

    @Test
    void whatIsDoneByCommandOrTheApiStandsAmongTheActsWithItsReason() throws Exception {
        String why = "{\"reason\":\"moves house\"}";
        for (String[] call : new String[][] {
            {"/operator/parties/dealer-8/suspend", why},
            {"/operator/parties/dealer-8/resume", why},
            {"/operator/enrolments", "{\"party\":\"dealer-8\"}"},
            {"/operator/revocations", "{\"party\":\"dealer-8\",\"reason\":\"moves house\"}"},
            {"/operator/mailboxes/dealer-8/try", "{}"},
            {"/operator/operators/zoe/invitations", "{\"rank\":\"see\"}"}
        }) {
            assertThat(site.hub().operator(call[0], call[1]).statusCode())
                    .as(call[0])
                    .isLessThan(300);
        }
        try (PlainBrowser all = site.signedIn(ada);
                PlainBrowser some = site.signedIn(brand)) {
            assertThat(all.get("/activity?operator=operator").body())
                    .contains("command or API", "moves house", "zoe see")
                    .contains("suspended", "invited", "revoked", "tried a mailbox now");
            assertThat(some.get("/activity?operator=operator").body()).doesNotContain("moves house");
        }
    }

    @Test
    void sessionsOfOthersAreSeenAndEndedByWhoDecidesAboutThem() throws Exception {
        SoftKey watcher = site.takeIn(ConsoleSite.operator("watcher", Rank.SEE, "opel"));
        try (PlainBrowser all = site.signedIn(ada);
                PlainBrowser some = site.signedIn(watcher)) {
            assertThat(some.get("/sessions").body()).contains("watcher").doesNotContain(">ada");
            long adas = site.console().sessions().all().stream()
                    .filter(session -> session.operator().name().equals("ada"))
                    .findAny()
                    .orElseThrow()
                    .number();
            assertThat(some.post("/sessions/" + adas + "/end", Map.of()).statusCode())
                    .isEqualTo(404);
            long watchers = site.console().sessions().all().stream()
                    .filter(session -> session.operator().name().equals("watcher"))
                    .mapToLong(Session::number)
                    .max() // the one before is of the browser in which the key was made
                    .orElseThrow();
            assertThat(all.post("/sessions/" + watchers + "/end", Map.of()).statusCode())
                    .isEqualTo(303);
            assertThat(some.get("/keys").statusCode()).isEqualTo(303);
        }
    }

    @Test
    void aFurtherKeyIsAddedWithOneThatIsThereAndRemovedAgain() throws Exception {
        SoftKey first = site.takeIn(ConsoleSite.operator("keys", Rank.SEE));
        var second = new SoftKey();
        try (PlainBrowser browser = site.signedIn(first)) {
            String confirm =
                    browser.answerAt("/keys", second, Map.of("label", "spare")).body();
            assertThat(operators.keys("keys")).hasSize(1);
            assertThat(browser.answer(confirm, second, Map.of()).statusCode()).isEqualTo(403);
            assertThat(browser.answer(confirm, first, Map.of()).statusCode()).isEqualTo(303);
            assertThat(operators.keys("keys")).hasSize(2);
            Matcher id = Pattern.compile("/keys/([0-9a-f]{64})/removal")
                    .matcher(browser.get("/keys").body());
            assertThat(id.find()).isTrue();
            assertThat(browser.confirmed("/keys/" + id.group(1) + "/removal", Map.of(), first)
                            .statusCode())
                    .isEqualTo(303);
            assertThat(operators.keys("keys")).hasSize(1);
        }
        try (PlainBrowser browser = site.signedIn(second)) {
            assertThat(browser.get("/keys").body()).contains("The last one stays");
        }
    }
}
