package aiguillage.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.hub.alerts.Rule;
import aiguillage.hub.alerts.Way;
import aiguillage.hub.alerts.What;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Rank;
import aiguillage.protocol.FlowName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlertPagesTest {

    private ConsoleSite site;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site = new ConsoleSite(folder);
    }

    @AfterAll
    void stop() throws Exception {
        site.close();
    }

    private static Map<String, String> rule(String name, String what, String brand) {
        var fields = new HashMap<String, String>();
        fields.put("name", name);
        fields.put("what", what);
        fields.put("limit", "5");
        fields.put("brand", brand);
        fields.put("webhook", "https://localhost:1/hub");
        fields.put("reason", "a test");
        return fields;
    }

    private String id(String name) {
        return site.hub().inside().alerts().rules().all().stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void aRuleIsMadeTriedSilencedAndRemoved() throws Exception {
        try (PlainBrowser ada = site.administrator()) {
            assertThat(ada.post("/alerts", rule("late <b>", "waiting", "")).statusCode())
                    .isEqualTo(303);
            assertThat(ada.get("/alerts").body()).contains("late &lt;b", "longer than 5 minutes", "not met");
            String path = "/alerts/" + id("late <b>");
            assertThat(ada.post(path + "/test", Map.of()).statusCode()).isEqualTo(303);
            assertThat(ada.get("/alerts").body()).contains("not taken", "private network");
            assertThat(ada.post(path + "/silence", Map.of("hours", "4")).statusCode())
                    .isEqualTo(303);
            assertThat(ada.get("/alerts").body()).contains("silent until");
            assertThat(ada.post(path + "/silence", Map.of("hours", "-1")).statusCode())
                    .isEqualTo(400);
            assertThat(ada.post(path + "/remove", Map.of()).statusCode()).isEqualTo(400); // no reason
            assertThat(ada.post(path + "/remove", Map.of("reason", "a test")).statusCode())
                    .isEqualTo(303);
            assertThat(ada.get("/alerts").body()).doesNotContain("late &lt;b");
        }
    }

    @Test
    void aRuleThatCannotTellAnybodyIsRefusedInWords() throws Exception {
        try (PlainBrowser ada = site.administrator()) {
            Map<String, String> mail = rule("by \"<b>mail", "waiting", "");
            mail.putAll(Map.of("way", "mail", "mail", "garde@example.com", "language", "fr"));
            var refused = ada.post("/alerts", mail);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body())
                    .contains("hub.yaml has no mail")
                    .contains(
                            "value=\"by &#34;&lt;b>mail\"",
                            "value=\"garde@example.com\"",
                            "value=\"a test\"",
                            "<h1>Alerts")
                    .containsPattern("value=\"mail\" selected")
                    .containsPattern("value=\"fr\" selected");
            Map<String, String> flow = rule("in a flow", "waiting", "");
            flow.putAll(Map.of("way", "flow", "flow", "opel/warranty-claim"));
            assertThat(ada.post("/alerts", flow).body()).contains("Alerts are sent by the hub itself");
            flow.put("brand", "citroen");
            assertThat(ada.post("/alerts", flow).body()).contains("is told in a flow of that brand");
            mail.put("mail", "a@example.com, eve@evil.example");
            assertThat(ada.post("/alerts", mail).body()).contains("of the form name@example.com");
        }
    }

    @Test
    void aRuleThatCanTellNobodyAnyMoreIsShown() throws Exception {
        var rules = site.hub().inside().alerts().rules();
        var rule = new Rule(
                "00000000000000aa",
                "was once allowed",
                What.WAITING,
                5,
                null,
                new Way.Flow(FlowName.of("opel/gone"), null),
                null);
        var ada = new Operator("ada", Rank.ADMINISTER, Set.of());
        rules.put(rule, ada);
        try (PlainBrowser browser = site.administrator()) {
            assertThat(browser.get("/alerts").body()).contains("cannot be told now", "opel/gone");
            assertThat(browser.get("/alerts", "Cookie", "language=fr").body()).contains("envoi impossible");
        } finally {
            rules.remove(rule, ada);
        }
    }

    @Test
    void aBrandsOperatorSeesAndMakesRulesOfItsBrandAlone() throws Exception {
        try (PlainBrowser ada = site.administrator();
                PlainBrowser eve = site.browser(ConsoleSite.operator("eve", Rank.ADMINISTER, "opel"))) {
            ada.post("/alerts", rule("of all", "disk", ""));
            ada.post("/alerts", rule("of citroen", "waiting", "citroen"));
            assertThat(eve.post("/alerts", rule("hers", "waiting", "opel")).statusCode())
                    .isEqualTo(303);
            assertThat(eve.get("/alerts").body()).contains("hers").doesNotContain("of all", "citroen");
            for (String brand : new String[] {"", "citroen"}) {
                assertThat(eve.post("/alerts", rule("not hers", "waiting", brand))
                                .statusCode())
                        .isEqualTo(400);
            }
            for (String action : new String[] {"test", "remove"}) {
                assertThat(eve.post("/alerts/" + id("of citroen") + "/" + action, Map.of())
                                .statusCode())
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void whoOnlySeesChangesNothing() throws Exception {
        try (PlainBrowser eve = site.browser(ConsoleSite.operator("sam", Rank.SEE))) {
            assertThat(eve.get("/alerts").body()).doesNotContain("action=\"/alerts");
            assertThat(eve.post("/alerts", rule("x", "waiting", "")).statusCode())
                    .isEqualTo(403);
            assertThat(eve.post("/maintenance", Map.of("english", "x", "reason", "y"))
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void aNoticeStandsOnEveryPageInItsReadersLanguageUntilItIsEnded() throws Exception {
        try (PlainBrowser ada = site.administrator()) {
            Map<String, String> notice = Map.of(
                    "english",
                    "Disks are <i>exchanged</i>.",
                    "french",
                    "Remplacement de disques.",
                    "until",
                    "2100-01-01T08:00",
                    "reason",
                    "old disks");
            assertThat(ada.post("/maintenance", notice).statusCode()).isEqualTo(303);
            for (String path : new String[] {"/", "/tail", "/nowhere"}) {
                assertThat(ada.get(path).body())
                        .contains("Disks are &lt;i", "Planned until 2100-01-01 08:00:00")
                        .doesNotContain("<i>exchanged");
            }
            assertThat(ada.get("/", "Cookie", "language=fr").body())
                    .contains("Remplacement de disques.")
                    .doesNotContain("Disks are");
            assertThat(ada.post("/maintenance/end", Map.of("reason", "done")).statusCode())
                    .isEqualTo(303);
            assertThat(ada.get("/").body()).doesNotContain("Disks are");
            assertThat(ada.post("/maintenance", Map.of("reason", "no text")).statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void administratorsSayWhichVersionOfGatewaysTheyAskFor() throws Exception {
        try (PlainBrowser ada = site.administrator()) {
            assertThat(ada.post("/maintenance/gateway-version", Map.of("version", "1.4.0"))
                            .statusCode())
                    .isEqualTo(303);
            assertThat(ada.get("/maintenance").body()).contains("value=\"1.4.0\"");
            assertThat(ada.post("/maintenance/gateway-version", Map.of("version", "<b>"))
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void aPageIsKeptByNameForItsPersonAlone() throws Exception {
        try (PlainBrowser ada = site.administrator();
                PlainBrowser eve = site.browser(ConsoleSite.operator("eva", Rank.SEE))) {
            var kept = ada.post("/views", Map.of("name", "Claims & co", "path", "/tail?flow=opel%2F"));
            assertThat(kept.headers().firstValue("Location")).contains("/tail?flow=opel%2F");
            assertThat(ada.get("/").body()).contains("<a href=\"/tail?flow=opel%2F\">Claims &amp; co</a>");
            assertThat(eve.get("/").body()).doesNotContain("Claims &amp; co");
            for (String path :
                    new String[] {"https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example"}) {
                assertThat(ada.post("/views", Map.of("name", "x", "path", path)).statusCode())
                        .isEqualTo(400);
            }
            ada.post("/views/remove", Map.of("name", "Claims & co"));
            assertThat(ada.get("/").body()).doesNotContain("Claims &amp; co");
        }
    }
}
