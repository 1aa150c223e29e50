package aiguillage.console.parties;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.hub.admission.Admission;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.operators.Rank;
import aiguillage.pki.Credential;
import aiguillage.protocol.PartyId;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is done to parties from their pages: recorded first, then done; and who may.
class ActsOnPartiesTest {

    private static final PartyId DEALER = new PartyId("dealer-7");

    private ConsoleSite site;
    private Admission admission;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        site = new ConsoleSite(folder);
        admission = site.hub().inside().admission();
    }

    @AfterEach
    void stop() throws Exception {
        site.close();
    }

    private void requireActed(String action, String subject, String reason) {
        Entry.OperatorActed act =
                site.hub().inside().acts().newest(Long.MAX_VALUE, 1).getFirst().entry();
        assertThat(act.operator()).isEqualTo("ada");
        assertThat(act.action()).isEqualTo(action);
        assertThat(act.subject()).isEqualTo(subject);
        assertThat(act.reason()).isEqualTo(reason);
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void aSheetHasTheCommandThatEnrolsInTheDealersLanguageAndIsShownOnce() throws Exception {
        try (PlainBrowser browser = site.administrator();
                PlainBrowser other = site.administrator()) {
            String sheet = location(
                    browser.post("/parties/dealer-7/invite", Map.of("language", "fr", "hours", "4", "reason", "")));
            requireActed("invite", "dealer-7", "");
            assertThat(other.get(sheet).statusCode()).as("another session").isEqualTo(404);
            String page = browser.get(sheet).body();
            assertThat(page)
                    .contains("lang=\"fr\"", "Inscription de dealer-7", "<svg class=\"qr\"", "gateway.yaml")
                    .contains("aiguillage gateway enrol --code ", "https://localhost:")
                    .containsPattern("name: [a-z][a-z0-9-]{0,31}, addresses"); // what a gateway calls a hub
            assertThat(browser.get(sheet).statusCode()).as("once").isEqualTo(404);
            assertThat(admission.codes(DEALER)).hasSize(1);
        }
    }

    @Test
    void codesAreVoidedAndCertificatesRevokedOneOrAll() throws Exception {
        String serial = serial(site.hub().enrolled("dealer-7"));
        site.hub().enrolled("dealer-7");
        String foreign = serial(site.hub().enrolled("dealer-8"));
        try (PlainBrowser browser = site.administrator()) {
            assertThat(browser.post("/parties/dealer-7/revoke", Map.of("serial", foreign, "reason", "stolen"))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(browser.post("/parties/dealer-7/revoke", Map.of("serial", serial))
                            .statusCode())
                    .as("without a reason")
                    .isEqualTo(400);
            assertThat(admission.newest(DEALER)).hasSize(2);
            assertThat(location(browser.post("/parties/dealer-7/revoke", Map.of("serial", serial, "reason", "stolen"))))
                    .endsWith("?done=revoked");
            requireActed("revoke", "dealer-7 " + serial, "stolen");
            assertThat(admission.newest(DEALER)).hasSize(1);
            assertThat(location(browser.post("/parties/dealer-7/void", Map.of("reason", "lost"))))
                    .endsWith("?done=voided");
            assertThat(admission.codes(DEALER)).isEmpty();
            browser.post("/parties/dealer-7/revoke", Map.of("serial", "all", "reason", "sold"));
            requireActed("revoke", "dealer-7", "sold");
            assertThat(admission.newest(DEALER)).isEmpty();
            assertThat(browser.get("/parties?state=revoked").body()).contains("/parties/dealer-7");
        }
    }

    private static String serial(Credential credential) {
        return credential.chain().leaf().getSerialNumber().toString(16);
    }

    @Test
    void aPartyIsSuspendedAndResumed() throws Exception {
        try (PlainBrowser browser = site.administrator();
                HttpClient dealer = site.hub().client("dealer-7")) {
            assertThat(location(browser.post("/parties/dealer-7/suspend", Map.of("reason", "odd <b>orders</b>"))))
                    .endsWith("?done=suspended");
            requireActed("suspend", "dealer-7", "odd <b>orders</b>");
            assertThat(site.hub().get(dealer, "/v1/inbox").body()).contains("party-suspended");
            assertThat(browser.get("/parties/dealer-7").body())
                    .contains("odd &lt;b&gt;orders&lt;/b&gt;", "operator:ada", "Let it in again");
            assertThat(location(browser.post("/parties/dealer-7/suspend", Map.of("reason", "again"))))
                    .endsWith("?done=nothing");
            browser.post("/parties/dealer-7/resume", Map.of("reason", "all is well"));
            assertThat(site.hub().get(dealer, "/v1/inbox").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whoSeesOnlyOrLooksAfterSomeOfItsBrandsMayDoNothing() throws Exception {
        var reason = Map.of("reason", "mine", "serial", "all");
        for (String act : new String[] {"invite", "void", "revoke", "suspend", "resume"}) {
            try (PlainBrowser looking = site.browser(ConsoleSite.operator("lea", Rank.SEE));
                    PlainBrowser opel = site.browser(ConsoleSite.operator("olga", Rank.ADMINISTER, "opel"))) {
                assertThat(looking.post("/parties/dealer-7/" + act, reason).statusCode())
                        .isEqualTo(403);
                assertThat(opel.post("/parties/dealer-7/" + act, reason).statusCode())
                        .isEqualTo(403);
                assertThat(opel.post("/parties/dealer-9/" + act, reason).statusCode())
                        .isEqualTo(404);
                assertThat(looking.get("/parties/dealer-7").body()).doesNotContain("action=\"/parties/dealer-7/" + act);
                assertThat(opel.get("/parties/dealer-7").body()).doesNotContain("action=\"/parties/dealer-7/" + act);
            }
        }
        assertThat(admission.suspension(DEALER)).isEmpty();
        assertThat(admission.codes(DEALER)).isEmpty();
        assertThat(site.hub().inside().acts().newest(Long.MAX_VALUE, 1)).isEmpty();
    }
}
