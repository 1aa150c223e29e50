package aiguillage.console.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.mailbox.Backlogs;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.TestClock;
import aiguillage.hub.testing.Until;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What does not go on by itself is seen and decided on, each by who may.
class TroubleTest {

    private static final String CLAIMS = "opel/warranty-claim";
    private static final String OTHERS = "citroen/warranty-claim";
    private static final Pattern PICK = Pattern.compile("name=\"(pick:[^\"]*)\"");
    private static final Pattern HIDDEN = Pattern.compile("type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");

    private final TestClock clock = new TestClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    private ConsoleSite site;
    private RunningHub hub;
    private HttpClient dealer;
    private HttpClient centre;
    private HttpClient otherCentre;
    private PlainBrowser ada;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        hub = new RunningHub(folder, RunningHub.FLOWS, clock);
        site = new ConsoleSite(hub);
        dealer = hub.client("dealer-7");
        centre = hub.client("opel-centre");
        otherCentre = hub.client("citroen-centre");
        ada = site.administrator();
    }

    @AfterEach
    void stop() throws Exception {
        ada.close();
        dealer.close();
        centre.close();
        otherCentre.close();
        site.close();
    }

    @Test
    void everyRejectedDeliveryIsListedWithItsReasonAndFiltersStandInTheAddress() throws Exception {
        reject(centre, CLAIMS, "claim-1", "<b>unreadable</b>");
        reject(otherCentre, OTHERS, "claim-2", "too large");
        String all = ada.get("/quarantine").body();
        assertThat(all).contains("claim-1", "claim-2", "&lt;b&gt;unreadable&lt;/b&gt;", "too large");
        assertThat(ada.get("/quarantine?party=opel-centre").body())
                .contains("claim-1")
                .doesNotContain("claim-2");
        assertThat(ada.get("/quarantine?flow=citroen").body())
                .contains("claim-2")
                .doesNotContain("claim-1");
        assertThat(ada.get("/quarantine?reason=TOO%20LARGE").body())
                .contains("claim-2")
                .doesNotContain("claim-1");
        assertThat(ada.get("/quarantine?party=%00").body()).doesNotContain("claim-1");
    }

    @Test
    void theChosenOnesAreReleasedTogetherAndWhoDidItStandsInTheJournal() throws Exception {
        reject(centre, CLAIMS, "claim-1", "unreadable");
        reject(otherCentre, OTHERS, "claim-2", "too large");
        HttpResponse<String> done =
                ada.post("/quarantine/release", picked(ada.get("/quarantine").body(), "mended"));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
        assertThat(ada.get(to(done)).body()).contains("2 released");
        assertThat(inbox(centre)).containsExactly("claim-1");
        assertThat(inbox(otherCentre)).containsExactly("claim-2");
        Entry.OperatorActed act =
                hub.inside().acts().newest(Long.MAX_VALUE, 1).getFirst().entry();
        assertThat(act.action()).isEqualTo("release");
        assertThat(act.reason()).isEqualTo("mended");
        assertThat(act.subject()).contains("opel-centre:" + CLAIMS + ":", "citroen-centre:");
    }

    @Test
    void oneIsReturnedAndItsSenderIsTold() throws Exception {
        reject(centre, CLAIMS, "claim-1", "unreadable");
        Map<String, String> form = picked(ada.get("/quarantine").body(), "of no use");
        assertThat(ada.post("/quarantine/return", form).statusCode()).isEqualTo(303);
        assertThat(hub.get(dealer, "/v1/documents/claim-1").body()).contains("\"state\":\"returned\"");
        HttpResponse<String> again = ada.post("/quarantine/return", form);
        assertThat(ada.get(to(again)).body()).contains("1 had been decided on by somebody else");
    }

    @Test
    void nothingIsDecidedWithoutAReasonOrByWhoMayOnlySee() throws Exception {
        reject(centre, CLAIMS, "claim-1", "unreadable");
        Map<String, String> form = picked(ada.get("/quarantine").body(), "");
        assertThat(ada.post("/quarantine/release", form).statusCode()).isEqualTo(400);
        form.remove("form");
        form.put("reason", "r");
        try (PlainBrowser eve = site.browser(ConsoleSite.operator("eve", Rank.SEE))) {
            assertThat(eve.get("/quarantine").body()).contains("claim-1").doesNotContain("pick:");
            assertThat(eve.post("/quarantine/release", form).statusCode()).isEqualTo(403);
            assertThat(eve.post("/mailboxes/opel-centre/try", Map.of()).statusCode())
                    .isEqualTo(403);
            assertThat(eve.get("/replays/new?party=opel-centre&flow=" + CLAIMS).statusCode())
                    .isEqualTo(403);
        }
        assertThat(inbox(centre)).isEmpty();
    }

    @Test
    void whoLooksAfterOneBrandSeesAndDecidesNothingOfAnother() throws Exception { // I4
        reject(centre, CLAIMS, "claim-1", "unreadable");
        submit(CLAIMS, "claim-3");
        Map<String, String> form = picked(ada.get("/quarantine").body(), "r");
        form.remove("form");
        try (PlainBrowser bob = site.browser(ConsoleSite.operator("bob", Rank.OPERATE, "citroen"))) {
            for (String path : List.of("/quarantine", "/quarantine?party=opel-centre", "/mailboxes", "/replays")) {
                assertThat(bob.get(path).body()).doesNotContain("claim-1", "/mailboxes/opel-centre", "opel-centre<");
            }
            assertThat(bob.get("/mailboxes/opel-centre").statusCode()).isEqualTo(404);
            assertThat(bob.get("/mailboxes/dealer-7").body())
                    .contains("Nothing waits here")
                    .doesNotContain("opel/", "claim-1"); // the notice
            assertThat(bob.post("/mailboxes/opel-centre/try", Map.of()).statusCode())
                    .isEqualTo(404);
            assertThat(bob.post("/quarantine/release", form).statusCode()).isEqualTo(404);
            assertThat(bob.get("/replays/new?party=opel-centre&flow=" + CLAIMS).statusCode())
                    .isEqualTo(404);
            assertThat(bob.get("/replays/new?party=opel-centre&sender=dealer-7&document=claim-1")
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(inbox(centre)).containsExactly("claim-3");
    }

    @Test
    void aPickThatIsNoneOrOfAnotherFlowDecidesNothing() throws Exception {
        reject(centre, CLAIMS, "claim-1", "unreadable");
        String pick = picked(ada.get("/quarantine").body(), "r").keySet().stream()
                .filter(name -> name.startsWith("pick:"))
                .findFirst()
                .orElseThrow();
        for (String wrong :
                List.of("pick:x", "pick:opel-centre:" + CLAIMS + ":999", pick.replace("opel/", "citroen/"))) {
            assertThat(ada.post("/quarantine/release", Map.of(wrong, "on", "reason", "r"))
                            .statusCode())
                    .as(wrong)
                    .isEqualTo(404);
        }
        assertThat(ada.post("/quarantine/release", Map.of("reason", "r")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aMailboxWhoseOldestWaitsForLongIsCalledStuck() throws Exception {
        submit(CLAIMS, "claim-1");
        clock.advance(Backlogs.KEPT); // the hub itself may have looked just before
        String young = ada.get("/mailboxes").body();
        assertThat(young).contains("opel-centre", "No mailbox is stuck");
        clock.advance(Duration.ofHours(2)); // her session is over, too
        ada.close();
        ada = site.administrator();
        submit(OTHERS, "claim-2");
        clock.advance(Backlogs.KEPT);
        String old = ada.get("/mailboxes").body();
        assertThat(old).contains("2 mailboxes are stuck", "2 h 0 min"); // the centre's, and the audit's copy
        assertThat(old.indexOf("opel-centre<")).isLessThan(old.indexOf("citroen-centre<"));
        assertThat(ada.get("/mailboxes?stuck=yes").body())
                .contains("opel-centre<")
                .doesNotContain("citroen-centre<");
        assertThat(ada.get("/mailboxes?party=citroen").body()).doesNotContain("opel-centre<");
    }

    @Test
    void aMailboxShowsWhatWaitsSinceWhenAndWhoMovesIt() throws Exception {
        submit(CLAIMS, "claim-1");
        clock.advance(Duration.ofMinutes(12));
        String page = ada.get("/mailboxes/opel-centre").body();
        assertThat(page).contains("claim-1", "12 min", "fetches what waits itself", "/documents/dealer-7/claim-1");
        HttpResponse<String> tried = ada.post("/mailboxes/opel-centre/try", Map.of());
        assertThat(ada.get(to(tried)).body()).contains("being tried now");
        assertThat(ada.get("/mailboxes/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void aRangeIsShownThenOfferedOnceMoreAsItWasShown() throws Exception {
        submit(CLAIMS, "claim-1");
        submit(CLAIMS, "claim-2");
        acknowledgeAll(centre);
        String preview =
                ada.get("/replays/new?party=opel-centre&flow=" + CLAIMS).body();
        assertThat(preview).contains("2 documents", "claim-1", "claim-2", "replayof");
        assertThat(inbox(centre)).isEmpty();
        Map<String, String> form = hidden(preview);
        form.put("reason", "the folder was lost");
        HttpResponse<String> begun = ada.post("/replays", form);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(303);
        Until.holds("it is done", () -> ada.get("/replays").body().contains(">Done<"));
        assertThat(inbox(centre)).containsExactly("claim-1", "claim-2");
        assertThat(ada.get("/replays").body()).contains("2 of 2 offered", "operator:ada", "the folder was lost");
        assertThat(ada.post("/replays", form).statusCode()).isEqualTo(400); // the same form does nothing twice
    }

    @Test
    void aFormThatWasChangedIsNotDone() throws Exception {
        submit(CLAIMS, "claim-1");
        acknowledgeAll(centre);
        Map<String, String> form =
                hidden(ada.get("/replays/new?party=opel-centre&flow=" + CLAIMS).body());
        form.put("reason", "r");
        form.put("party", "opel-audit");
        assertThat(ada.post("/replays", form).statusCode()).isEqualTo(400);
        assertThat(inbox(centre)).isEmpty();
    }

    @Test
    void ofOneDocumentItsReadersAreOfferedForChoice() throws Exception {
        submit(CLAIMS, "claim-1");
        acknowledgeAll(centre);
        assertThat(ada.get("/replays/new?sender=dealer-7&document=claim-1").body())
                .contains("<option value=\"opel-centre\"", "<option value=\"opel-audit\"");
        assertThat(ada.get("/replays/new?sender=dealer-7&document=claim-1&party=opel-centre")
                        .body())
                .contains("1 document");
    }

    @Test
    void thePagesSpeakFrench() throws Exception {
        reject(centre, CLAIMS, "claim-1", "unreadable");
        for (String path : List.of("/quarantine", "/mailboxes", "/mailboxes/opel-centre", "/replays", "/replays/new")) {
            HttpResponse<String> page = ada.get(path, "Accept-Language", "fr");
            assertThat(page.statusCode()).as(path).isEqualTo(200);
        }
    }

    private void submit(String flow, String id) throws Exception {
        assertThat(hub.submit(dealer, "dealer-7", flow, id, id).statusCode()).isEqualTo(201);
    }

    private void reject(HttpClient reader, String flow, String id, String reason) throws Exception {
        submit(flow, id);
        JsonNode event = events(reader).getLast();
        end(
                reader,
                "{\"reject\":[{\"position\":" + event.path("position").asString() + ",\"reason\":\"" + reason
                        + "\"}]}");
    }

    private void acknowledgeAll(HttpClient reader) throws Exception {
        end(reader, "{\"acknowledgeUpTo\":{\"position\":1000}}");
    }

    private void end(HttpClient reader, String what) throws Exception {
        assertThat(hub.post(reader, "/v1/inbox/acknowledgements", what).statusCode())
                .isEqualTo(200);
    }

    private List<JsonNode> events(HttpClient reader) throws Exception {
        var events = new ArrayList<JsonNode>();
        JsonMapper.shared().readTree(hub.get(reader, "/v1/inbox").body()).forEach(events::add);
        return events;
    }

    private List<String> inbox(HttpClient reader) throws Exception {
        return events(reader).stream().map(one -> one.path("id").asString()).toList();
    }

    private static Map<String, String> picked(String page, String reason) {
        var form = new HashMap<String, String>();
        Matcher picks = PICK.matcher(page);
        while (picks.find()) {
            form.put(picks.group(1), "on");
        }
        form.put("reason", reason);
        return form;
    }

    private static Map<String, String> hidden(String page) {
        var form = new HashMap<String, String>();
        String from = page.substring(page.indexOf("action=\"/replays\" method=\"post\""));
        Matcher fields = HIDDEN.matcher(from.substring(0, from.indexOf("</form>")));
        while (fields.find()) {
            form.put(fields.group(1), fields.group(2));
        }
        return form;
    }

    private static String to(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }
}
