package aiguillage.console.flows;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.Until;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A change of flows: proven, looked at, applied over the table it was looked at against.
@Timeout(120)
class ChangePagesTest {

    private static final String MORE =
            RunningHub.FLOWS + "  opel/order: { from: dealer, to: opel-centre, payload-max: 2MB }\n";

    @TempDir
    Path folder;

    private ConsoleSite site;
    private PlainBrowser ada;

    @BeforeEach
    void start() throws Exception {
        site = new ConsoleSite(folder);
        ada = site.administrator();
    }

    @AfterEach
    void stop() throws Exception {
        ada.close();
        site.close();
    }

    private long inForce() {
        return site.hub().inside().parts().flows().inForce().position();
    }

    private String text() {
        return site.hub().inside().parts().flows().table().text();
    }

    /// As a browser sends a text: its lines end in CR LF.
    private String proposed(PlainBrowser browser, String text) throws Exception {
        HttpResponse<String> sent = browser.post(
                "/flows/change", Map.of("text", text.replace("\n", "\r\n"), "base", Long.toString(inForce())));
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
        assertThat(sent.headers().firstValue("Location")).contains("/flows/proposal");
        HttpResponse<String> page = browser.get("/flows/proposal");
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return page.body();
    }

    private static String hidden(String page, String name) {
        Matcher field =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
        assertThat(field.find()).as(name + " in " + page).isTrue();
        return field.group(1);
    }

    private static Map<String, String> application(String page) {
        return Map.of("draft", hidden(page, "draft"), "over", hidden(page, "over"), "reason", "orders begin");
    }

    @Test
    void aChangeIsLookedAtAppliedAndRolledBack() throws Exception {
        long first = inForce();
        String page = proposed(ada, MORE);
        assertThat(page)
                .contains("The file holds", "Flow opel/order comes", "May now send opel/order: 2", "dealer-7, dealer-8")
                .contains("opel/order: { from: dealer, to: opel-centre, payload-max: 2MB }");
        assertThat(text()).isEqualTo(RunningHub.FLOWS);

        HttpResponse<String> applied = ada.post("/flows/apply", application(page));
        assertThat(applied.statusCode()).as(applied.body()).isEqualTo(303);
        assertThat(text()).isEqualTo(MORE);
        long second = inForce();
        assertThat(applied.headers().firstValue("Location")).contains("/flows?applied=" + second);

        String history = ada.get("/flows/history").body();
        assertThat(history).contains("operator:ada", "orders begin", "?position=" + first, "?position=" + second);
        assertThat(ada.get("/flows/diff?from=" + second + "&to=" + first).body())
                .contains("Flow opel/order goes", "orders begin");

        String old = ada.get("/flows/change?from=" + first).body();
        assertThat(old).contains("This is the text of entry " + first);
        ada.post("/flows/apply", application(proposed(ada, RunningHub.FLOWS)));
        assertThat(text()).isEqualTo(RunningHub.FLOWS);
        assertThat(site.hub().inside().proposals().past(Long.MAX_VALUE, 10))
                .hasSize(3)
                .first()
                .satisfies(table -> assertThat(table.entry().by()).isEqualTo("operator:ada"));
    }

    @Test
    void whatIsWrongIsToldByLineWithTheNameThatWasMeant() throws Exception {
        String page = proposed(ada, RunningHub.FLOWS.replace("to: opel-centre, copies", "to: opel-center, copies"));
        assertThat(page).contains("Line 12, column", "opel-centre").doesNotContain("/flows/apply");
        assertThat(proposed(ada, "brands: [")).contains("cannot be used").doesNotContain("/flows/apply");
        assertThat(proposed(ada, RunningHub.FLOWS.replace("payload-max: 1kB", "payload-max: 1kB, schema: none.xsd")))
                .contains("none.xsd")
                .doesNotContain("/flows/apply");
        assertThat(text()).isEqualTo(RunningHub.FLOWS);
    }

    @Test
    void nothingIsAppliedOverATableThatNobodyLookedAt() throws Exception {
        String page = proposed(ada, MORE);
        assertThat(site.hub()
                        .operator("/operator/flows", RunningHub.FLOWS + "# another\n")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> late = ada.post("/flows/apply", application(page));
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(text()).endsWith("# another\n");
        assertThat(ada.get("/flows/proposal").body())
                .contains("Since you began", "# another")
                .contains("role=\"alert\"");
        assertThat(ada.get("/flows/change").body()).contains("Since you began");
    }

    @Test
    void aDraftThatWasChangedInAnotherWindowIsNotApplied() throws Exception {
        String page = proposed(ada, MORE);
        proposed(ada, MORE + "# more\n");
        assertThat(ada.post("/flows/apply", application(page)).statusCode()).isEqualTo(409);
        assertThat(text()).isEqualTo(RunningHub.FLOWS);
    }

    @Test
    void aDraftIsItsWritersAloneAndIsKeptUntilItIsDiscarded() throws Exception {
        proposed(ada, MORE);
        assertThat(ada.get("/flows/change").body()).contains("opel/order", "This is your draft");
        try (PlainBrowser ben = site.browser(ConsoleSite.operator("ben", Rank.ADMINISTER))) {
            assertThat(ben.get("/flows/change").body()).doesNotContain("opel/order");
            assertThat(ben.get("/flows/proposal").statusCode()).isEqualTo(303);
        }
        ada.post("/flows/discard", Map.of());
        assertThat(ada.get("/flows/change").body()).doesNotContain("opel/order");
    }

    @Test
    void whatBecomesAnotherIsToldInTheLanguageOfWhoLooks() throws Exception {
        proposed(
                ada,
                RunningHub.FLOWS
                        .replace("payload-max: 1kB", "payload-max: 3kB")
                        .replace(
                                "dealer-8: { roles: [dealer], brands: [opel]",
                                "dealer-8: { roles: [dealer], brands: [citroen]"));
        assertThat(ada.get("/flows/proposal").body())
                .contains("Flow opel/note: payload-max is 3kB, was 1kB", "May no longer send opel/note: 1");
        assertThat(ada.get("/flows/proposal", "Cookie", "language=fr").body())
                .contains("Flux opel/note : payload-max devient 3kB (avant : 1kB)", "Partie dealer-8 : brands devient");
    }

    @Test
    void aFileIsADraftAsATextIs() throws Exception {
        Map<String, String> base = Map.of("base", Long.toString(inForce()));
        HttpResponse<String> sent =
                ada.upload("/flows/upload", base, "flows.yaml", MORE.getBytes(StandardCharsets.UTF_8));
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
        assertThat(ada.get("/flows/proposal").body()).contains("Flow opel/order comes");
        assertThat(ada.upload("/flows/upload", base, "x", new byte[] {(byte) 0xff})
                        .statusCode())
                .isEqualTo(400);
        try (PlainBrowser olga = site.browser(ConsoleSite.operator("olga", Rank.ADMINISTER, "opel"))) {
            assertThat(olga.upload("/flows/upload", base, "x", new byte[] {'x'}).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void whatStandsBesideAFileIsBoundedTogether() throws Exception {
        var fields = new HashMap<String, String>();
        for (int i = 0; i < 12; i++) {
            fields.put("field-" + i, "x".repeat(200_000));
        }
        assertThat(ada.upload("/flows/upload", fields, "flows.yaml", MORE.getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void onePersonSendsTwoFilesAtATime() throws Exception {
        Map<String, String> base = Map.of("base", Long.toString(inForce()));
        byte[] file = MORE.getBytes(StandardCharsets.UTF_8);
        try (Socket one = coming();
                Socket other = coming()) {
            Until.holds(
                    "a third file is refused",
                    () -> ada.upload("/flows/upload", base, "flows.yaml", file).statusCode() == 429);
            assertThat(one.isClosed() || other.isClosed()).isFalse();
        }
        Until.holds(
                "files are taken again",
                () -> ada.upload("/flows/upload", base, "flows.yaml", file).statusCode() == 303);
    }

    /// A file that is announced, and does not come.
    private Socket coming() throws Exception {
        var socket = new Socket(InetAddress.getLoopbackAddress(), site.console().port());
        socket.getOutputStream()
                .write(("POST /flows/upload HTTP/1.1\r\nHost: localhost\r\nOrigin: " + ada.origin()
                                + "\r\nCookie: __Host-session=" + ada.session()
                                + "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void onlyWhoAdministersAllBrandsChangesFlows() throws Exception {
        String page = proposed(ada, MORE);
        for (var operator : new aiguillage.hub.operators.Operator[] {
            ConsoleSite.operator("sam", Rank.OPERATE), ConsoleSite.operator("olga", Rank.ADMINISTER, "opel")
        }) {
            try (PlainBrowser other = site.browser(operator)) {
                for (String path : new String[] {"/flows/change", "/flows/apply", "/flows/discard"}) {
                    var fields = new java.util.HashMap<>(application(page));
                    fields.put("text", MORE);
                    fields.put("base", "1");
                    assertThat(other.post(path, fields).statusCode()).as(path).isIn(403, 404);
                }
            }
        }
        assertThat(ada.post("/flows/apply", Map.of("draft", hidden(page, "draft"), "over", hidden(page, "over")))
                        .statusCode())
                .isEqualTo(400); // a reason is asked for
        assertThat(text()).isEqualTo(RunningHub.FLOWS);
    }
}
