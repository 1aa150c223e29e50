package aiguillage.console.document;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.operators.Rank;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A document's page, its proofs and content, and lists of documents.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentPagesTest {

    private static final String HOSTILE = "<claim><text>&lt;script&gt;alert(1)&lt;/script&gt;</text></claim>";

    private ConsoleSite site;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site = new ConsoleSite(folder);
        try (HttpClient dealer = site.hub().client("dealer-7");
                HttpClient centre = site.hub().client("opel-centre")) {
            submit(dealer, "opel/warranty-claim", "claim-1", "application/xml", HOSTILE);
            submit(dealer, "opel/warranty-claim", "claim-2", "application/xml", "<claim/>");
            submit(dealer, "citroen/warranty-claim", "c-1", "application/xml", "<claim/>");
            submit(dealer, "opel/note", "note-1", "text/csv", "part;price\n1;2,50\n2;\"a\"\"b\"\n");
            String inbox = site.hub().get(centre, "/v1/inbox").body();
            assertThat(inbox).contains("claim-1");
            long first = site.hub()
                    .inside()
                    .parts()
                    .documents()
                    .sent(new aiguillage.protocol.DocumentId("claim-1"), new aiguillage.protocol.PartyId("dealer-7"))
                    .orElseThrow()
                    .position()
                    .value();
            var rejected = site.hub()
                    .post(
                            centre,
                            "/v1/inbox/acknowledgements",
                            "{\"reject\":[{\"position\":" + first + ",\"reason\":\"<b>unreadable</b>\"}]}");
            assertThat(rejected.statusCode()).as(rejected.body()).isEqualTo(200);
        }
    }

    private void submit(HttpClient client, String flow, String id, String type, String payload) throws Exception {
        HttpRequest request = site.hub()
                .submission("dealer-7", flow, id, payload.getBytes(StandardCharsets.UTF_8))
                .header("Content-Type", type)
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @AfterAll
    void stop() throws Exception {
        site.close();
    }

    private long acts(String action) {
        return site.hub().inside().acts().newest(Long.MAX_VALUE, 1_000).stream()
                .map(Recorded::entry)
                .map(Entry.OperatorActed::action)
                .filter(action::equals)
                .count();
    }

    @Test
    void aDocumentsPageTellsItsWayWithReasonsAndProofs() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            String page = browser.get("/documents/dealer-7/claim-1").body();
            assertThat(page)
                    .contains("<svg", "opel-centre", "opel-audit", "in quarantine", "rejected")
                    .contains("&lt;b&gt;unreadable&lt;/b&gt;")
                    .doesNotContain("<b>unreadable")
                    .contains("waits for the sender") // the notice
                    .contains("Verify the proofs");
        }
    }

    @Test
    void verifyingProvesEachReceipt() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            String page = browser.get("/documents/dealer-7/claim-1?leg=0&event=0&verify=1")
                    .body();
            assertThat(page).contains("Genuine: 2 receipts").doesNotContain("NOT genuine");
        }
    }

    @Test
    void aReceiptIsAFileOfItsDocumentAlone() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            long position = position("claim-1");
            HttpResponse<String> receipt = browser.get("/documents/dealer-7/claim-1/receipts/" + position);
            assertThat(receipt.headers().firstValue("Content-Disposition").orElseThrow())
                    .startsWith("attachment");
            aiguillage.protocol.proof.Receipt.verify(
                    receipt.body().getBytes(StandardCharsets.UTF_8), site.hub().ledgerKey());
            assertThat(browser.get("/documents/dealer-7/claim-1/receipts/" + position("claim-2"))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(browser.get("/documents/dealer-7/claim-1/receipts/x").statusCode())
                    .isEqualTo(404);
        }
    }

    private long position(String id) {
        return site.hub()
                .inside()
                .parts()
                .documents()
                .sent(new aiguillage.protocol.DocumentId(id), new aiguillage.protocol.PartyId("dealer-7"))
                .orElseThrow()
                .position()
                .value();
    }

    @Test
    void aContentIsShownFoldedAndHarmlessAndEachLookIsRecorded() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            long before = acts("view-content");
            String page = browser.get("/documents/dealer-7/claim-1/content").body();
            assertThat(page)
                    .contains("<details open", "&lt;script&gt;alert(1)&lt;/script&gt;")
                    .doesNotContain("<script>alert");
            assertThat(acts("view-content")).isEqualTo(before + 1);
        }
    }

    @Test
    void separatedValuesAreATable() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            assertThat(browser.get("/documents/dealer-7/note-1/content").body())
                    .contains("<th scope=\"col\">part</th>", "<td>2,50</td>", "<td>a\"b</td>");
        }
    }

    @Test
    void aDownloadIsRecordedAndNeverRunInABrowser() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            long before = acts("download-content");
            HttpResponse<String> file = browser.get("/documents/dealer-7/claim-1/download");
            assertThat(file.body()).isEqualTo(HOSTILE);
            assertThat(file.headers().firstValue("Content-Type")).contains("application/octet-stream");
            assertThat(file.headers().firstValue("Content-Disposition"))
                    .contains("attachment; filename=\"claim-1.xml\"");
            assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(acts("download-content")).isEqualTo(before + 1);
        }
    }

    @Test
    void whoOnlySeesReadsNoContent() throws Exception {
        try (PlainBrowser browser = site.browser(ConsoleSite.operator("seen", Rank.SEE))) {
            assertThat(browser.get("/documents/dealer-7/claim-1").body()).doesNotContain("/content\"");
            assertThat(browser.get("/documents/dealer-7/claim-1/content").statusCode())
                    .isEqualTo(403);
            assertThat(browser.get("/documents/dealer-7/claim-1/download").statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void ofAnotherBrandNothingIsThere() throws Exception {
        try (PlainBrowser browser = site.browser(ConsoleSite.operator("olga", Rank.ADMINISTER, "opel"))) {
            long before = acts("view-content");
            String unknown = browser.get("/documents/dealer-7/c-9").body().replace("c-9", "c-1");
            for (String path : new String[] {"", "/content", "/download", "/receipts/" + position("c-1")}) {
                HttpResponse<String> answer = browser.get("/documents/dealer-7/c-1" + path);
                assertThat(answer.statusCode()).as(path).isEqualTo(404);
            }
            assertThat(browser.get("/documents/dealer-7/c-1").body().replaceAll("value=\"[^\"]*\"", ""))
                    .isEqualTo(unknown.replaceAll("value=\"[^\"]*\"", ""));
            assertThat(acts("view-content")).isEqualTo(before);
            assertThat(browser.get("/documents").body()).contains("claim-1").doesNotContain("c-1<", "citroen");
        }
    }

    @Test
    void aListIsFilteredByWhatItsAddressSays() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            assertThat(browser.get("/documents").body()).contains(">claim-1<", ">claim-2<", ">c-1<", ">note-1<");
            assertThat(browser.get("/documents?flow=opel/note").body())
                    .contains(">note-1<")
                    .doesNotContain(">claim-1<");
            assertThat(browser.get("/documents?party=citroen-centre").body())
                    .contains(">c-1<")
                    .doesNotContain(">claim-1<");
            assertThat(browser.get("/documents?state=quarantined").body())
                    .contains(">claim-1<")
                    .doesNotContain(">claim-2<");
            assertThat(browser.get("/documents?before=" + position("claim-2")).body())
                    .contains(">claim-1<")
                    .doesNotContain(">claim-2<");
            assertThat(browser.get("/documents?until=2020-01-01").body()).contains("No document like this");
            assertThat(browser.get("/documents?from=2020-01-01").body()).contains(">claim-1<");
            assertThat(browser.get("/documents?from=yesterday").statusCode()).isEqualTo(400);
            assertThat(browser.get("/documents?before=x").statusCode()).isEqualTo(400);
            assertThat(browser.get("/documents?party=%3Cscript%3E").body()).doesNotContain("<script>\"");
        }
    }
}
