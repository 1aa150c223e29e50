package aiguillage.gateway.page;

import static aiguillage.gateway.testing.GatewayScene.until;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.Gateway;
import aiguillage.gateway.testing.GatewayScene;
import aiguillage.gateway.testing.TestAuthority;
import aiguillage.gateway.testing.TestHub;
import aiguillage.protocol.Release;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What the dealer reads: in both languages, of a gateway that runs, with names and reasons that somebody chose
/// to do harm.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PageTest {

    /// A file's name may be anything that a file system takes.
    private static final String HOSTILE = "<img src=x onerror=alert(1)>&\"'.xml";

    private TestHub hub;
    private Gateway gateway;
    private GatewayScene scene;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    void start(@TempDir Path root) throws Exception {
        var authority = new TestAuthority(root.resolve("ca"));
        hub = new TestHub(authority, TestHub.first());
        scene = new GatewayScene(root.resolve("dealer"), authority, "page: { sign-in: false }", hub.address());
        gateway = scene.start();
        scene.put("opel", "claim", "claim-7.xml", "content");
        scene.put("opel", "claim", HOSTILE, "poison");
        until(
                "both answered",
                () -> GatewayScene.names(scene.dms("opel", "refused", "claim")).size() == 2
                        && GatewayScene.names(scene.dms("opel", "done", "claim"))
                                        .size()
                                == 2
                        && gateway.status().brands().getFirst().waitingUp() == 0);
        until(
                "the book has both",
                () -> get("/find?q=claim-7", "en").body().contains("safe at the hub")
                        && get("/", "en").body().contains("Refused documents: 1"));
    }

    @AfterAll
    void stop() {
        gateway.close();
        hub.close();
        http.close();
    }

    private HttpResponse<String> get(String path, String language) throws Exception {
        return http.send(request(path).header("Accept-Language", language).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        int port = gateway.door().orElseThrow().getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    @Test
    void theFirstPageSaysHowEverythingIsInTheReadersLanguage() throws Exception {
        String english = get("/", "en").body();
        assertThat(english)
                .contains("<html lang=\"en\">", "Connected to " + hub.address(), "Nothing waits to be sent.")
                .contains("opel: to send", "fiat: received", "Good until", "Gateway " + Release.VERSION);
        String french = get("/", "fr-FR,fr;q=0.9,en;q=0.5").body();
        assertThat(french)
                .contains("<html lang=\"fr\">", "Connecté à " + hub.address(), "Rien n'attend d'être envoyé.")
                .contains("Valable jusqu'au");
    }

    @Test
    void eachRefusalSaysWhatToDo() throws Exception {
        assertThat(get("/", "en").body())
                .contains("The content of the document does not follow the rules of its kind.")
                .contains("Correct the place named above in the DMS and send the document again.");
        assertThat(get("/", "fr").body()).contains("Le contenu du document ne suit pas les règles de son type.");
    }

    @Test
    void namesAndReasonsOfOthersAreOnlyEverText() throws Exception {
        for (String path : new String[] {"/", "/?part=1", "/find?q=img", "/find?q=%3Cscript%3Ealert(1)%3C/script%3E"}) {
            String page = get(path, "en").body();
            assertThat(page).as(path).doesNotContain("<img", "<script>alert");
        }
        assertThat(get("/find?q=%22%3E%3Cscript%3E", "en").body()).contains("value=\"&#34;>&lt;script>\"");
    }

    @Test
    void aClaimIsFoundByItsFileAndHasItsPage() throws Exception {
        String found = get("/find?q=CLAIM-7", "en").body();
        assertThat(found).contains("claim-7.xml", "safe at the hub", "Sent: 1");
        String page = get(link(found), "fr").body();
        assertThat(page).contains("Le hub l'a, et a signé un récépissé.", "Récépissé pour le dossier (PDF)");
    }

    /// What a reader gives as its reason is as much a stranger's text as a file's name.
    @Test
    void aRejectionIsToldWithItsReasonAndWhatToDo() throws Exception {
        String token = java.nio.file.Files.readString(scene.data().resolve("tokens/opel"))
                .strip();
        HttpRequest sent = request("/v1/documents?flow=opel/order&id=order-9")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString("content"))
                .build();
        assertThat(http.send(sent, BodyHandlers.ofString()).statusCode()).isEqualTo(202);
        until("safe", () -> get("/find?q=order-9", "en").body().contains("safe at the hub"));
        hub.mailbox().deliver("opel/order.notice", "notice-1", """
                {"document":"order-9","reader":"opel-centre","state":"rejected",\
                "reason":"</p><script>alert(1)</script>","time":"2026-03-01T09:30:00Z"}""");
        until("told", () -> get("/?part=1", "en").body().contains("opel-centre rejected it."));
        for (String path : new String[] {"/", "/?part=1", "/document?brand=opel&id=order-9"}) {
            assertThat(get(path, "en").body())
                    .as(path)
                    .contains("Correct in the DMS what opel-centre names", "&lt;script&gt;alert(1)&lt;/script&gt;")
                    .doesNotContain("<script>alert");
        }
        assertThat(get("/find?q=order-9", "fr").body()).contains("non remis");
    }

    private static String link(String page) {
        int at = page.indexOf("/document?");
        return page.substring(at, page.indexOf('"', at)).replace("&amp;", "&");
    }

    @Test
    void aReceiptIsASheetForTheFileWithTheProofInIt() throws Exception {
        String link = link(get("/find?q=claim-7", "en").body()).replace("/document", "/receipt.pdf");
        HttpResponse<byte[]> sheet =
                http.send(request(link).header("Accept-Language", "fr").build(), BodyHandlers.ofByteArray());
        assertThat(sheet.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(sheet.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"claim-7.xml.receipt.fr.pdf\"");
        try (var pdf = Loader.loadPDF(sheet.body())) {
            assertThat(new PDFTextStripper().getText(pdf)).contains("Récépissé", "receiptFor");
        }
        String proof = get(link.replace("/receipt.pdf", "/receipt.json"), "en").body();
        assertThat(proof).startsWith("{\"receiptFor\":");
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        for (String path : new String[] {
            "/nowhere",
            "/document?brand=opel&id=none",
            "/document?brand=..%2F..&id=x",
            "/document",
            "/prices?list=opel/x",
            "/receipt.pdf?brand=opel&id=none",
            "/assets/../page.css"
        }) {
            assertThat(get(path, "en").statusCode()).as(path).isEqualTo(404);
        }
    }

    /// A hub that answers the question of a page not at all is told as such; the page comes all the same.
    @Test
    void aHubThatDoesNotKnowTheQuestionIsTold() throws Exception {
        assertThat(get("/find?q=claim-7&hub=1", "en").body()).contains("Hub main", "claim-7.xml");
    }

    @Test
    void aTextForTheSupportIsReadyAndBounded() throws Exception {
        String page = get("/", "en").body();
        String text = page.substring(page.indexOf("<textarea"), page.indexOf("</textarea>"));
        assertThat(text).contains("Aiguillage gateway " + Release.VERSION, "dealer-7", "line 3");
        assertThat(text.length()).isLessThan(2 * SupportText.CHARS_MAX);
    }

    @Test
    void theDoorForProgramsIsWhereItWas() throws Exception {
        assertThat(get("/v1", "en").statusCode()).isEqualTo(401);
        assertThat(get("/v1/status", "en").statusCode()).isEqualTo(401);
    }
}
