package aiguillage.console.find;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.hub.operators.Rank;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Receipt;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The search box, and what leads from it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FindPagesTest {

    private ConsoleSite site;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site = new ConsoleSite(folder);
        try (HttpClient dealer = site.hub().client("dealer-7")) {
            for (String id : new String[] {"w-100", "w-200", "x+1"}) {
                assertThat(site.hub()
                                .submit(dealer, "dealer-7", "opel/warranty-claim", id, "a claim")
                                .statusCode())
                        .isEqualTo(201);
            }
            assertThat(site.hub()
                            .submit(dealer, "dealer-7", "citroen/warranty-claim", "w-300", "a claim")
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @AfterAll
    void stop() throws Exception {
        site.close();
    }

    private static String asking(String what) {
        return "/find?q=" + URLEncoder.encode(what, StandardCharsets.UTF_8);
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    /// What a page says; around it stands what was asked.
    private static String main(HttpResponse<String> page) {
        return page.body().substring(page.body().indexOf("<main"), page.body().indexOf("</main>"));
    }

    private Receipt receipt(String id) {
        Position position = site.hub()
                .inside()
                .parts()
                .documents()
                .sent(new DocumentId(id), new PartyId("dealer-7"))
                .orElseThrow()
                .position();
        return site.hub().inside().parts().ledger().receipt(position);
    }

    @Test
    void oneHitLeadsStraightToItsPage() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            assertThat(location(browser.get(asking("w-100")))).isEqualTo("/documents/dealer-7/w-100");
            assertThat(location(browser.get(asking("w-1")))).isEqualTo("/documents/dealer-7/w-100");
            assertThat(location(browser.get(asking("X+1".toLowerCase(java.util.Locale.ROOT)))))
                    .isEqualTo("/documents/dealer-7/x%2B1");
            assertThat(browser.get("/documents/dealer-7/x+1").statusCode()).isEqualTo(200);
            assertThat(location(browser.get(asking("opel-centre")))).isEqualTo("/parties/opel-centre");
            String position = receipt("w-200").leaf().statement().position().toString();
            assertThat(location(browser.get(asking(position)))).isEqualTo("/documents/dealer-7/w-200");
            assertThat(location(browser.get(asking("1")))).isEqualTo("/ledger/entries/1");
        }
    }

    @Test
    void severalAreListedAndNothingIsSaidSo() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            assertThat(browser.get(asking("w-")).body()).contains(">w-100<", ">w-200<", ">w-300<");
            assertThat(browser.get(asking("<script>alert(1)</script>")).body())
                    .contains("Nothing of that name")
                    .doesNotContain("<script>alert");
            assertThat(browser.get(asking("a\0b")).statusCode()).isEqualTo(200);
            assertThat(browser.get("/find").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPastedReceiptIsVerifiedAndLeadsToItsDocument() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            String receipt = receipt("w-100").toJson();
            for (HttpResponse<String> answer :
                    List.of(browser.get(asking(receipt)), browser.post("/find", Map.of("q", receipt + "\r\n")))) {
                assertThat(answer.body()).contains("receipt is genuine", "href=\"/documents/dealer-7/w-100\"");
            }
            assertThat(browser.get(asking(receipt.replace("w-100", "w-200"))).body())
                    .contains("NOT genuine")
                    .doesNotContain("href=\"/documents/dealer-7/w-");
            assertThat(browser.get(asking(receipt.substring(0, 400))).body()).contains("NOT genuine");
            assertThat(browser.get(asking("{" + "[".repeat(3_000))).body()).contains("NOT genuine");
        }
    }

    @Test
    void ofAnotherBrandNothingIsFound() throws Exception {
        try (PlainBrowser browser = site.browser(ConsoleSite.operator("olga", Rank.SEE, "opel"))) {
            for (String what : new String[] {
                "w-300",
                "w-3",
                "citroen-centre",
                receipt("w-300").leaf().statement().position().toString(),
                "1"
            }) {
                assertThat(browser.get(asking(what)).body()).as(what).contains("Nothing of that name");
            }
            assertThat(browser.get(asking("w-")).body()).contains(">w-100<").doesNotContain("w-300");
            HttpResponse<String> others = browser.get(asking(receipt("w-300").toJson()));
            assertThat(others.statusCode()).isEqualTo(404);
            assertThat(main(others)).contains("nothing to this receipt").doesNotContain("citroen", "w-300");
        }
    }
}
