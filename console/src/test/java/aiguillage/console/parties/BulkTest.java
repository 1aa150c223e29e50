package aiguillage.console.parties;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.console.web.Words;
import aiguillage.hub.flows.Proposals;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.routing.Table;
import aiguillage.hub.routing.TableDiff;
import aiguillage.hub.routing.TableText;
import aiguillage.hub.testing.RunningHub;
import aiguillage.protocol.PartyId;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of parties at once: checked line by line, proven, looked at, applied, and a code for each.
class BulkTest {

    private static final Pattern DRAFT = Pattern.compile("name=\"(draft|over)\" value=\"([^\"]*)\"");
    private static final Pattern NAMED = Pattern.compile("name=\"parties\" value=\"([^\"]*)\"");

    private final Table table = Table.read("flows.yaml", RunningHub.FLOWS);

    private List<PastedLines.Line> check(String... lines) {
        return new PastedLines(table, Words.read("en")).check(String.join("\n", lines));
    }

    @Test
    void eachLineIsNewOrSameOrChangedOrFaultyWithWhatToDo() {
        List<PastedLines.Line> lines = check(
                "dealer-77;opel, citroen;dealer;fr;eu",
                "",
                "dealer-8;opel;dealer;de;eu",
                "dealer-9;opel;dealer;fr;eu",
                "Dealer 10;opel;dealer;fr;eu",
                "dealer-11;seat;dealer;fr;eu",
                "dealer-12;;dealer;fr;eu",
                "dealer-13;opel;dealer;france;eu",
                "dealer-14;opel;dealer;;",
                "dealer-77;opel;dealer;fr;eu",
                "dealer-15;opel;dealer;fr;eu;x");
        assertThat(lines.stream().map(line -> line.number() + " " + line.kind() + " " + line.why()))
                .satisfiesExactly(
                        one -> assertThat(one).isEqualTo("1 NEW "),
                        one -> assertThat(one).isEqualTo("3 SAME "),
                        one -> assertThat(one).startsWith("4 CHANGED The table has: citroen; dealer; fr; eu."),
                        one -> assertThat(one).startsWith("5 FAULTY \"Dealer 10\" is no party name"),
                        one -> assertThat(one).startsWith("6 FAULTY No brand seat is in the flows file"),
                        one -> assertThat(one).startsWith("7 FAULTY \"\" names no brands"),
                        one -> assertThat(one).startsWith("8 FAULTY \"france\" is no country"),
                        one -> assertThat(one).startsWith("9 FAULTY \"\" is no region"),
                        one -> assertThat(one).startsWith("10 FAULTY Line 1 names this party already"),
                        one -> assertThat(one).startsWith("11 FAULTY The line has 6 columns"));
    }

    @Test
    void aFirstLineMayNameTheColumnsInAnotherOrder() {
        List<PastedLines.Line> lines = check("Région\tPartie\tRôle\tMarque", "eu\tdealer-77\tdealer\topel");
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.kind()).isEqualTo(PastedLines.Kind.NEW);
            assertThat(Objects.requireNonNull(line.wanted()).line())
                    .isEqualTo("dealer-77: { roles: [dealer], brands: [opel], region: eu }");
        });
    }

    @Test
    void whatYamlTakesForSomethingElseIsReadBackAsItWasMeant() {
        List<Wanted> wanted = check("1e5;opel;dealer;no;eu", "null;opel;on;fr;y", "0x10;opel;dealer;fr;eu").stream()
                .map(PastedLines.Line::wanted)
                .toList();
        Table next = Table.read(
                "flows.yaml",
                new TableText(RunningHub.FLOWS)
                        .with("parties", wanted.stream().map(Wanted::line).toList())
                        .orElseThrow()
                        .toString());
        assertThat(BulkPages.isJust(wanted, next, TableDiff.between(table, next)))
                .isTrue();
        assertThat(BulkPages.isJust(wanted.subList(0, 2), next, TableDiff.between(table, next)))
                .as("one that nobody wanted")
                .isFalse();
    }

    @Test
    void sixThousandFiveHundredDealersComeByPastingAndEachGetsACodeInAFileGivenOnce(@TempDir Path folder)
            throws Exception {
        String lines = IntStream.range(0, 6_500)
                .mapToObj(i -> String.format("town-%05d;opel;dealer;fr;eu", i))
                .collect(Collectors.joining("\n"));
        try (var site = new ConsoleSite(folder);
                PlainBrowser browser = site.administrator()) {
            assertThat(browser.post("/parties/bulk", Map.of("lines", lines)).body())
                    .contains("6,500 new, 0 already there", "town-00000: { roles: [dealer]");
            assertThat(location(browser.post("/parties/bulk/draft", Map.of("lines", lines))))
                    .isEqualTo("/flows/proposal");
            Map<String, String> form = new java.util.HashMap<>(Map.of("reason", "they move in"));
            Matcher field = DRAFT.matcher(browser.get("/flows/proposal").body());
            while (field.find()) {
                form.put(field.group(1), field.group(2));
            }
            assertThat(location(browser.post("/flows/apply", form))).isEqualTo("/parties/codes");
            Table now = site.hub().inside().parts().flows().table();
            assertThat(now.text()).startsWith(RunningHub.FLOWS.substring(0, RunningHub.FLOWS.indexOf("flows:")));
            assertThat(now.parties()).hasSize(6_506);

            Map<String, String> codes = Map.of("reason", "they move in", "parties", named(browser, "?name=town"));
            String made = location(browser.post("/parties/codes", codes));
            String ticket = made.substring(made.indexOf('?'));
            HttpResponse<String> file = browser.get("/parties/codes/file" + ticket);
            assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                    .contains("codes.csv");
            assertThat(file.body().lines()).hasSize(6_501);
            assertThat(file.body()).contains("\r\ntown-06499,").contains(",aiguillage gateway enrol --code ");
            assertThat(browser.get("/parties/codes/file" + ticket).statusCode()).isEqualTo(404);
            assertThat(site.hub().inside().admission().codes(new PartyId("town-00000")))
                    .hasSize(1);
            assertThat(site.hub().inside().admission().codes(new PartyId("dealer-7")))
                    .as("not among those that were asked for")
                    .isEmpty();
            assertThat(browser.post("/parties/codes", codes).body())
                    .as("they are others than those that were shown: each has a code now")
                    .contains("6,500 of the 6,500 parties get no code any more");
        }
    }

    /// The parties that the form of codes names.
    private static String named(PlainBrowser browser, String filter) throws Exception {
        Matcher named = NAMED.matcher(browser.get("/parties/codes" + filter).body());
        assertThat(named.find()).isTrue();
        return named.group(1);
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void onlyAnAdministratorOfAllBrandsAddsAndCodesAreForOwnPartiesAlone(@TempDir Path folder) throws Exception {
        try (var site = new ConsoleSite(folder);
                PlainBrowser opel = site.browser(ConsoleSite.operator("olga", Rank.ADMINISTER, "opel"));
                PlainBrowser operating = site.browser(ConsoleSite.operator("otto", Rank.OPERATE))) {
            Map<String, String> lines = Map.of("lines", "dealer-77;opel;dealer;fr;eu");
            for (PlainBrowser browser : List.of(opel, operating)) {
                int refused = browser == opel ? 404 : 403; // a page of all brands is none of one brand's
                assertThat(browser.get("/parties/bulk").statusCode()).isEqualTo(refused);
                assertThat(browser.post("/parties/bulk", lines).statusCode()).isEqualTo(refused);
                assertThat(browser.post("/parties/bulk/draft", lines).statusCode())
                        .isEqualTo(refused);
            }
            String own = site.hub().inside().parts().name().value();
            String flows = RunningHub.FLOWS.replace(
                    "flows:\n", "  " + own + ": { roles: [hub], brands: [opel], region: eu }\nflows:\n");
            site.hub().inside().proposals().apply(flows, Proposals.ANY, "operator");
            assertThat(opel.get("/parties/codes").body())
                    .contains("dealer-8", "opel-centre")
                    .doesNotContain(" " + own + " ", own + " ", "dealer-7", "dealer-9", "citroen");
            assertThat(location(opel.post("/parties/codes", Map.of("reason", "new", "parties", named(opel, "")))))
                    .startsWith("/parties/codes?");
            assertThat(opel.post("/parties/codes", Map.of("reason", "new", "parties", "dealer-7"))
                            .body())
                    .contains("1 of the 1 parties get no code");
            assertThat(site.hub().inside().admission().codes(new PartyId("dealer-7")))
                    .isEmpty();
            assertThat(site.hub().inside().admission().codes(new PartyId("dealer-8")))
                    .hasSize(1);
        }
    }
}
