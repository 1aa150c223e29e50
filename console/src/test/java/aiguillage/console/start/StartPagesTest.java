package aiguillage.console.start;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.testing.RunningHub;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From an empty table to the first document, by filling in forms.
@Timeout(120)
class StartPagesTest {

    private static final String EMPTY = "# Ours.\nbrands: {}\nparties: {}\nflows: {}\n";
    private static final Map<String, String> WISH = Map.of(
            "brand", "opel",
            "name", "Opel",
            "dealer", "garage-dupont",
            "country", "fr",
            "centre", "opel-centre",
            "centre-country", "de",
            "region", "eu");

    @TempDir
    Path folder;

    private ConsoleSite site;
    private PlainBrowser ada;

    @BeforeEach
    void start() throws Exception {
        site = new ConsoleSite(new RunningHub(folder, EMPTY, InstantSource.system()));
        ada = site.administrator();
    }

    @AfterEach
    void stop() throws Exception {
        ada.close();
        site.close();
    }

    private static String hidden(String page, String name) {
        Matcher field =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
        assertThat(field.find()).as(name + " in " + page).isTrue();
        return field.group(1);
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void aBrandADealerAndHisFirstDocumentFollowFromOneForm() throws Exception {
        assertThat(ada.get("/flows").body()).contains("No flow is in force", "href=\"/start\"");
        assertThat(ada.get("/start").body()).contains("parties 0, flows 0");

        assertThat(location(ada.post("/start", WISH))).isEqualTo("/flows/proposal");
        String proposal = ada.get("/flows/proposal").body();
        assertThat(proposal).contains("Flow opel/warranty-claim comes", "garage-dupont", "The file holds");
        String then = location(ada.post(
                "/flows/apply",
                Map.of(
                        "draft", hidden(proposal, "draft"),
                        "over", hidden(proposal, "over"),
                        "reason", "we begin")));
        String next = ada.get(then).body();
        assertThat(next)
                .contains("href=\"/parties/garage-dupont\"", "aiguillage party code garage-dupont", "Waiting")
                .contains("sse-connect=\"/start/first?flow=opel/warranty-claim\"");
        assertThat(site.hub().inside().parts().flows().table().text()).startsWith("# Ours.\nbrands:\n  opel:");

        CompletableFuture<HttpResponse<String>> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return ada.get("/start/first?flow=opel/warranty-claim");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        try (HttpClient dealer = site.hub().client("garage-dupont")) {
            assertThat(site.hub()
                            .submit(dealer, "garage-dupont", "opel/warranty-claim", "claim-1", "x")
                            .statusCode())
                    .isEqualTo(201);
        }
        HttpResponse<String> told = waiting.get(30, TimeUnit.SECONDS);
        assertThat(told.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(told.body())
                .contains("event: first\ndata: <p>")
                .contains("href=\"/documents/garage-dupont/claim-1\"")
                .endsWith("\n\n");
        assertThat(ada.get(then).body())
                .contains("/documents/garage-dupont/claim-1")
                .doesNotContain("sse-connect");
    }

    @Test
    void whatCannotBeIsToldBesideWhatWasFilledIn() throws Exception {
        var wrong = new HashMap<>(WISH);
        wrong.put("dealer", "Garage \"Dupont\" <b>");
        HttpResponse<String> answer = ada.post("/start", wrong);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("is not a party name", "value=\"opel-centre\"")
                .doesNotContain("<b>\"", "\"Dupont\" <b>");
        wrong.put("dealer", "opel-centre");
        assertThat(ada.post("/start", wrong).body()).contains("two parties");
        wrong.remove("brand");
        assertThat(ada.post("/start", wrong).statusCode()).isEqualTo(400);
    }

    @Test
    void onlyWhoAdministersAllBrandsBegins() throws Exception {
        try (PlainBrowser olga = site.browser(ConsoleSite.operator("olga", Rank.ADMINISTER, "opel"));
                PlainBrowser sam = site.browser(ConsoleSite.operator("sam", Rank.OPERATE))) {
            assertThat(olga.get("/start").statusCode()).isEqualTo(404);
            assertThat(olga.post("/start", WISH).statusCode()).isEqualTo(404);
            assertThat(olga.get("/start/first?flow=opel/warranty-claim").statusCode())
                    .isEqualTo(404);
            assertThat(sam.get("/start").statusCode()).isEqualTo(403);
        }
    }
}
