package aiguillage.hub.routing;

import static aiguillage.hub.routing.Tables.CLAIM;
import static aiguillage.hub.routing.Tables.document;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.entry.Reader;
import aiguillage.hub.routing.Refusal.Kind;
import aiguillage.protocol.Digest;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteTest {

    private static final String BY_COUNTRY = """
              opel/warranty-claim:
                from: [dealer, importer]
                routes:
                  - when: { country: [fr], modelyear: 2020..2026 }
                    to: opel-centre-fr
                  - when: { country: de, modelyear: [2019, 2020..2026] }
                    to: { role: warranty-centre }
                  - otherwise: true
                    refuse: Claims before 2019 are settled on paper.
            """;

    @Test
    void aDocumentReachesThePartyItsFlowNamesAndTheCopies() {
        Table table = Tables.with(CLAIM);
        assertThat(table.route(document("dealer-7", "opel/warranty-claim")))
                .isEqualTo(new Route(
                        table.flow(FlowName.of("opel/warranty-claim")).orElseThrow(),
                        List.of(reader("opel-audit", true), reader("opel-centre", false))));
    }

    @Test
    void aCountryThatNoPartyIsInCanBeRoutedSinceTheDocumentSaysIt() {
        Table table = Tables.with(BY_COUNTRY.replace("[fr]", "[fr, ch]"));
        assertThat(readers(
                        table.route(document("dealer-7", "opel/warranty-claim", "country", "ch", "modelyear", "2024"))))
                .containsExactly("opel-centre-fr");
    }

    @Test
    void aRoleReachesEveryPartyOfTheBrandInOrder() {
        Table table = Tables.with("  opel/price-list: { from: auditor, to: { role: dealer } }\n");
        assertThat(readers(table.route(document("opel-audit", "opel/price-list"))))
                .containsExactly("dealer-7", "dealer-8");
    }

    @Test
    void theRecipientIsNamedByTheDocument() {
        Table table = decisions();
        assertThat(readers(table.route(document("opel-centre", "opel/decision", "recipient", "dealer-8"))))
                .containsExactly("dealer-8");
        assertThat(refusal(table.route(document("opel-centre", "opel/decision")))
                        .kind())
                .isEqualTo(Kind.RECIPIENT_MISSING);
    }

    @ParameterizedTest // I4: of another brand, with another role, nobody, nonsense: all look the same
    @ValueSource(strings = {"dealer-9", "opel-audit", "nobody", "No Body!", "urn:aiguillage:party:dealer-7"})
    void aRecipientOutOfReachLooksAsIfItDidNotExist(String recipient) {
        assertThat(refusal(decisions().route(document("opel-centre", "opel/decision", "recipient", recipient))))
                .isEqualTo(new Refusal(
                        Kind.RECIPIENT_UNKNOWN,
                        "\"" + recipient + "\" is no dealer that documents of opel/decision can reach."));
    }

    @Test // I4
    void aFlowOneMayNotUseLooksAsIfItDidNotExist() {
        var hidden = (Refusal) Tables.with(CLAIM).route(document("dealer-9", "opel/warranty-claim"));
        var absent = (Refusal) Tables.with("  citroen/order: { from: dealer, to: dealer-7 }\n")
                .route(document("dealer-9", "opel/warranty-claim"));

        assertThat(hidden.kind()).isEqualTo(Kind.FLOW_UNKNOWN);
        assertThat(hidden).isEqualTo(absent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"opel-centre", "opel-audit", "opel-us"})
    void aPartyOfTheBrandWithoutTheRoleMayNotSend(String sender) {
        assertThat(refusal(Tables.with(CLAIM).route(document(sender, "opel/warranty-claim")))
                        .kind())
                .isEqualTo(Kind.FLOW_UNKNOWN);
    }

    @Test
    void strangersAndNoticesGoNowhere() {
        Table table = Tables.with(CLAIM);
        assertThat(refusal(table.route(document("nobody", "opel/warranty-claim")))
                        .kind())
                .isEqualTo(Kind.SENDER_UNKNOWN);
        assertThat(refusal(table.route(document("dealer-7", "opel/warranty-claim.notice")))
                        .kind())
                .isEqualTo(Kind.FLOW_UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "fr,2020,opel-centre-fr",
        "FR,2026,opel-centre-fr",
        "de,2019,opel-centre+opel-centre-fr",
        "de,2023,opel-centre+opel-centre-fr"
    })
    void theRouteDependsOnTheAttributes(String country, String year, String expected) {
        var document = document("dealer-7", "opel/warranty-claim", "country", country, "modelyear", year);
        assertThat(String.join("+", readers(Tables.with(BY_COUNTRY).route(document))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"fr,2027", "fr,2019", "fr,02020", "fr,2020.0", "be,2020", "xx,2020", "fr,99999999999999999999"})
    void whatNoConditionTakesIsRefusedInTheOperatorsWords(String country, String year) {
        var document = document("dealer-7", "opel/warranty-claim", "country", country, "modelyear", year);
        assertThat(Tables.with(BY_COUNTRY).route(document))
                .isEqualTo(new Refusal(Kind.ROUTE_REFUSES, "Claims before 2019 are settled on paper."));
    }

    @Test
    void withoutACountryTheSendersCounts() {
        Table table = Tables.with(BY_COUNTRY);
        assertThat(readers(table.route(document("dealer-7", "opel/warranty-claim", "modelyear", "2021"))))
                .containsExactly("opel-centre-fr");
        assertThat(readers(table.route(document("dealer-8", "opel/warranty-claim", "modelyear", "2021"))))
                .hasSize(2);
        assertThat(refusal(table.route(document("opel-us", "opel/warranty-claim", "modelyear", "2021")))
                        .kind())
                .isEqualTo(Kind.ROUTE_REFUSES);
    }

    @Test
    void anAttributeTheDocumentLacksTakesNoCondition() {
        assertThat(refusal(Tables.with(BY_COUNTRY).route(document("dealer-7", "opel/warranty-claim")))
                        .kind())
                .isEqualTo(Kind.ROUTE_REFUSES);
    }

    @Test
    void theSameTextGivesAnEqualTable() {
        Table table = Tables.with(BY_COUNTRY);
        Table again = Table.read("elsewhere.yaml", table.text());

        assertThat(again.digest())
                .isEqualTo(table.digest())
                .isEqualTo(Digest.of(table.text().getBytes(StandardCharsets.UTF_8)));
        assertThat(TableDiff.between(table, again).isEmpty()).isTrue();
    }

    private static Table decisions() {
        return Tables.with("  opel/decision: { from: warranty-centre, to: { recipient: dealer } }\n");
    }

    private static Reader reader(String party, boolean copy) {
        return new Reader(new PartyId(party), copy);
    }

    private static List<String> readers(Routing routing) {
        return ((Route) routing)
                .readers().stream().map(reader -> reader.party().value()).toList();
    }

    private static Refusal refusal(Routing routing) {
        return (Refusal) routing;
    }
}
