package aiguillage.console.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.hub.operators.Rank;
import aiguillage.protocol.proof.Bundle;
import aiguillage.protocol.proof.Statement;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The ledger's pages, and bundles that an auditor checks with the command's own code.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerPagesTest {

    private ConsoleSite site;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site = new ConsoleSite(folder);
        try (HttpClient dealer = site.hub().client("dealer-7")) {
            for (int i = 1; i <= 3; i++) {
                submit(dealer, "opel/warranty-claim", "o-" + i);
                submit(dealer, "citroen/warranty-claim", "c-" + i);
            }
        }
    }

    private void submit(HttpClient dealer, String flow, String id) throws Exception {
        assertThat(site.hub().submit(dealer, "dealer-7", flow, id, "a claim").statusCode())
                .isEqualTo(201);
    }

    @AfterAll
    void stop() throws Exception {
        site.close();
    }

    private List<String> proven(byte[] zip) throws Exception {
        var proven = new ArrayList<Statement>();
        Bundle bundle = Bundle.verify(new ByteArrayInputStream(zip), site.hub().ledgerKey(), proven::add);
        assertThat(bundle.receipts()).isEqualTo(proven.size());
        return proven.stream()
                .map(one -> one.facts().getOrDefault("id", one.kind()))
                .toList();
    }

    @Test
    void aDocumentsBundleHoldsItsProofs() throws Exception {
        try (PlainBrowser browser = site.administrator()) {
            HttpResponse<byte[]> file = browser.bytes("/ledger/bundle?sender=dealer-7&id=o-1");
            assertThat(file.headers().firstValue("Content-Disposition"))
                    .contains("attachment; filename=\"o-1.bundle.zip\"");
            assertThat(proven(file.body())).containsExactly("o-1");
        }
    }

    @Test
    void aRangesBundleHoldsWhatIsSeen() throws Exception {
        String range = "/ledger/bundle?from=1&to="
                + site.hub().inside().parts().ledger().size();
        try (PlainBrowser all = site.administrator();
                PlainBrowser some = site.browser(ConsoleSite.operator("olga", Rank.SEE, "opel"))) {
            assertThat(proven(all.bytes(range).body())).contains("table-applied", "o-1", "c-1", "o-3", "c-3");
            assertThat(proven(some.bytes(range).body()))
                    .contains("o-1", "o-2", "o-3")
                    .doesNotContain("c-1", "table-applied");
            assertThat(some.get("/ledger/bundle?sender=dealer-7&id=c-1").statusCode())
                    .isEqualTo(404);
            assertThat(some.get("/ledger/bundle?from=1&to=1").statusCode()).isEqualTo(404);
            assertThat(all.get("/ledger/bundle?from=0&to=1").statusCode()).isEqualTo(400);
            assertThat(all.get("/ledger/bundle?from=9&to=2").statusCode()).isEqualTo(400);
            assertThat(all.get("/ledger/bundle").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void aHeadThatWasRememberedOrPastedIsProvenToBeTheBeginning() throws Exception {
        try (PlainBrowser browser = site.browser(ConsoleSite.operator("max", Rank.SEE));
                HttpClient dealer = site.hub().client("dealer-8")) {
            String earlier = browser.get("/ledger/checkpoint").body();
            assertThat(browser.post("/ledger/remember", Map.of()).statusCode()).isEqualTo(303);
            site.hub().submit(dealer, "dealer-8", "opel/warranty-claim", "later", "a claim");
            String page = browser.get("/ledger?earlier=" + URLEncoder.encode(earlier, StandardCharsets.UTF_8))
                    .body();
            assertThat(page.split("Proven: the ledger", -1)).hasSize(3);
            String changed = earlier.replaceFirst("\n[0-9]+\n", "\n2\n");
            assertThat(browser.get("/ledger?earlier=" + URLEncoder.encode(changed, StandardCharsets.UTF_8))
                            .body())
                    .contains("cannot be compared");
        }
    }

    @Test
    void entriesAreListedAndShownToThoseWhoSeeThem() throws Exception {
        try (PlainBrowser all = site.administrator();
                PlainBrowser some = site.browser(ConsoleSite.operator("olga", Rank.SEE, "opel"))) {
            assertThat(all.get("/ledger").body()).contains("routing table applied", "c-1", "o-1");
            assertThat(some.get("/ledger").body()).contains("o-1").doesNotContain("c-1", "citroen", "routing table");
            assertThat(all.get("/ledger/entries/1").body()).contains("Its receipt is genuine", "table-applied");
            assertThat(all.get("/ledger/entries/1/receipt").statusCode()).isEqualTo(200);
            for (String path : new String[] {"1", "1/receipt", "x", "0", "999999"}) {
                assertThat(some.get("/ledger/entries/" + path).statusCode())
                        .as(path)
                        .isEqualTo(404);
            }
        }
    }
}
