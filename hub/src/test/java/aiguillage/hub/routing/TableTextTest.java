package aiguillage.hub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.directory.Country;
import aiguillage.hub.directory.Region;
import aiguillage.hub.directory.Role;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTextTest {

    private static final List<String> DEALER =
            FlowsLines.party(new PartyId("dealer-1"), "dealer", List.of(new Brand("opel")), "no", "eu");

    private static String with(String text, String section, List<String> lines) {
        return new TableText(text).with(section, lines).orElseThrow().toString();
    }

    @Test
    void whatIsAddedStandsBehindTheLastAndAllElseStays() {
        String text = """
                # Ours.
                parties: # all of them

                    # the first
                    centre:
                        roles: [centre]  # one

                # The flows.
                flows: {}
                """;
        assertThat(with(text, "parties", DEALER)).isEqualTo("""
                # Ours.
                parties: # all of them

                    # the first
                    centre:
                        roles: [centre]  # one
                    dealer-1:
                      roles: [dealer]
                      brands: [opel]
                      country: "no"
                      region: eu

                # The flows.
                flows: {}
                """);
    }

    @Test
    void anEmptySectionIsFilledAndAMissingOneIsMade() {
        assertThat(with("flows: {} # none\n", "flows", List.of("a/b: {}"))).isEqualTo("flows: # none\n  a/b: {}\n");
        assertThat(with("brands:\n  a: {}\n", "flows", List.of("a/b: {}")))
                .isEqualTo("brands:\n  a: {}\n\nflows:\n  a/b: {}\n");
    }

    @Test
    void aSectionInBracesIsLeftToItsWriter() {
        assertThat(new TableText("brands: { a: { text: A } }\n").with("brands", DEALER))
                .isEmpty();
    }

    @Test
    void aKeyIsKnownWhereItStandsInItsSection() {
        var text = new TableText("brands:\n  opel: {}\nparties:\n  dealer-1:\n    dealer-2: {}\n");
        assertThat(text.has("parties", "dealer-1")).isTrue();
        assertThat(text.has("parties", "dealer-2")).isFalse();
        assertThat(text.has("parties", "opel")).isFalse();
        assertThat(text.has("flows", "opel")).isFalse();
    }

    /// A name that looks like a number, or like yes or no, stays a name.
    @Test
    void aPartyIsWrittenSoThatItIsReadAgain() {
        var id = new PartyId("1e5");
        String text = with(
                "brands: { opel: { text: Opel } }\nparties: {}\nflows: {}\n",
                "parties",
                FlowsLines.party(id, "dealer", List.of(new Brand("opel")), "no", "on"));
        text = with(
                text,
                "parties",
                List.of(FlowsLines.partyInOneLine(
                        new PartyId("null"),
                        List.of(new Role("dealer")),
                        List.of(new Brand("opel")),
                        new Country("no"),
                        new Region("on"))));
        Table table = Table.read("flows.yaml", text);
        assertThat(table.parties()).extracting(party -> party.id().value()).containsOnly("1e5", "null");
        assertThat(table.parties()).allSatisfy(party -> {
            assertThat(party.country()).isEqualTo(new Country("no"));
            assertThat(party.region()).isEqualTo(new Region("on"));
        });
    }

    /// What a brand begins with is a whole flows file, when nothing else is there.
    @Test
    void whatABrandBeginsWithHolds() {
        var brand = new Brand("opel");
        var centre = new PartyId("centre-1");
        String text = "brands: {}\nparties: {}\nflows: {}\n";
        text = with(text, "brands", FlowsLines.brand(brand, "Opel \"Nord\": 1"));
        text = with(text, "parties", DEALER);
        text = with(text, "parties", FlowsLines.party(centre, "centre", List.of(brand), "de", "eu"));
        text = with(text, "flows", FlowsLines.claims(brand, centre, "eu", FlowsLines.Checked.NOT));
        text = with(text, "flows", FlowsLines.decisions(brand, "eu", FlowsLines.Checked.NOT));
        Table table = Table.read("flows.yaml", text);
        assertThat(table.parties()).hasSize(2);
        assertThat(table.flows()).hasSize(2);
        assertThat(Table.read("flows.yaml", "brands: {}\nparties: {}\nflows: {}\n")
                        .flows())
                .isEmpty();
    }
}
