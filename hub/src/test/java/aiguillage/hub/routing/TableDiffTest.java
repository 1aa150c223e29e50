package aiguillage.hub.routing;

import static aiguillage.hub.routing.Tables.CLAIM;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.routing.TableDiff.Change;
import aiguillage.hub.routing.TableDiff.RightChange;
import aiguillage.hub.routing.TableDiff.Use;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class TableDiffTest {

    @Test
    void nothingChangesForAnybody() {
        Table table = Tables.with(CLAIM);
        assertThat(TableDiff.between(table, Table.read("x", "# a comment\n" + table.text()))
                        .lines())
                .containsExactly("Nothing changes for anybody.");
    }

    @Test
    void whoGainsAndLosesWhatIsTold() {
        String next = (Tables.PARTIES + CLAIM)
                .replace("  dealer-8:", "  dealer-88:")
                .replace("copies: [opel-audit]", "payload-max: 5MB")
                .replace("to: opel-centre", "to: { role: warranty-centre }")
                .replace("country: be", "country: fr");
        next += "  citroen/order: { from: dealer, to: dealer-9 }\n";

        assertThat(between(Tables.PARTIES + CLAIM, next).lines())
                .containsExactly(
                        "+ 1 party: dealer-88",
                        "- 1 party: dealer-8",
                        "~ party dealer-9: country fr, was be",
                        "+ flow citroen/order",
                        "~ flow opel/warranty-claim: to otherwise -> every warranty-centre, was otherwise",
                        "    -> opel-centre",
                        "~ flow opel/warranty-claim: copies [], was [opel-audit]",
                        "~ flow opel/warranty-claim: payload-max 5MB, was 10MB",
                        "+ 2 parties may now send citroen/order: dealer-7, dealer-9",
                        "+ 1 party may now read citroen/order: dealer-9",
                        "+ 1 party may now send opel/warranty-claim: dealer-88",
                        "- 1 party may no longer send opel/warranty-claim: dealer-8",
                        "+ 1 party may now read opel/warranty-claim: opel-centre-fr",
                        "- 1 party may no longer get copies of opel/warranty-claim: opel-audit");
    }

    @Test
    void aFlowThatGoesTakesItsRightsAlong() {
        TableDiff diff = between(Tables.PARTIES + CLAIM, Tables.PARTIES + "  {}\n");
        assertThat(diff.rights())
                .contains(new RightChange(
                        Change.REMOVED,
                        Use.SEND,
                        FlowName.of("opel/warranty-claim"),
                        new TreeSet<>(List.of(new PartyId("dealer-7"), new PartyId("dealer-8")))));
        assertThat(diff.flows()).extracting(TableDiff.FlowChange::change).containsExactly(Change.REMOVED);
    }

    @Test
    void thousandsOfPartiesFitATerminal() {
        String many = ManyDealers.table(6_500);
        List<String> lines = between(ManyDealers.table(10), many).lines();

        assertThat(lines)
                .hasSizeLessThan(12)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(String.join(" ", lines)).contains("+ 6490 parties may now send opel/warranty-claim");
    }

    private static final String LIST = """
              {}
            datasets:
              opel/parts-prices:
                from: importer
                to: [dealer]
                columns:
                  - { name: part, key: true }
                  - { name: description, language: fr }
                  - { name: price, type: decimal }
                csv: {}
                guards: { removed-max: 25, changed-max: { price: 30 } }
            """;

    @Test
    void aNewDatasetIsToldAndWhoPublishesAndReadsIt() {
        assertThat(between(Tables.PARTIES + "  {}\n", Tables.PARTIES + LIST).lines())
                .containsExactly(
                        "+ dataset opel/parts-prices",
                        "+ 1 party may now publish opel/parts-prices: opel-us",
                        "+ 2 parties get a replica of opel/parts-prices: dealer-7, dealer-8");
    }

    @Test
    void aDatasetThatGoesTakesItsReplicasAlongAndItIsTold() {
        TableDiff diff = between(Tables.PARTIES + LIST, Tables.PARTIES + "  {}\n");
        assertThat(diff.isEmpty()).isFalse();
        assertThat(diff.lines())
                .containsExactly(
                        "- dataset opel/parts-prices",
                        "- 1 party may no longer publish opel/parts-prices: opel-us",
                        "- 2 parties lose the replica of opel/parts-prices and all it remembers:",
                        "    dealer-7, dealer-8");
    }

    @Test
    void everyKeyOfADatasetThatDiffersIsTold() {
        String next = LIST.replace("removed-max: 25", "rows-min: 10, beyond: refuse")
                        .replace("price: 30", "price: 99")
                        .replace("{ name: price, type: decimal }", "{ name: price, type: decimal, currency: EUR }")
                        .replace("csv: {}", "csv: { separator: semicolon, actions: { column: action } }\n    json: {}")
                + """
                    stale-after: 2h
                    rows: { description: country }
                    region: eu
                    marks: { texts: [description], prices: [price] }
                    lookups: { roles: [auditor], each-day: 5 }
                    whole-lists-each-day: 3
                """;
        assertThat(between(Tables.PARTIES + LIST, Tables.PARTIES + next).lines())
                .containsExactly(
                        "~ dataset opel/parts-prices: columns.price decimal, scale 2, currency EUR, was",
                        "    decimal, scale 2",
                        "~ dataset opel/parts-prices: rows {description=country}, was {}",
                        "~ dataset opel/parts-prices: region eu, was none",
                        "~ dataset opel/parts-prices: json taken, was none",
                        "~ dataset opel/parts-prices: csv.separator semicolon, was comma",
                        "~ dataset opel/parts-prices: csv.actions action with put and remove, was none",
                        "~ dataset opel/parts-prices: guards.rows-min 10, else refused, was none",
                        "~ dataset opel/parts-prices: guards.removed-max none, was 25 %, else held",
                        "~ dataset opel/parts-prices: guards.changed-max {price=99 %, else refused}, was",
                        "    {price=30 %, else held}",
                        "~ dataset opel/parts-prices: stale-after 2h, was 1h",
                        "~ dataset opel/parts-prices: marks texts [description], prices [price], was none",
                        "~ dataset opel/parts-prices: lookups.roles [auditor], was []",
                        "~ dataset opel/parts-prices: lookups.each-day 5, was 2000",
                        "~ dataset opel/parts-prices: whole-lists-each-day 3, was 20",
                        "+ 1 party may now look up rows of opel/parts-prices: opel-audit");
    }

    @Test
    void aRenamedColumnAndAnotherCircleOfReadersAreTold() {
        String next =
                LIST.replace("name: description", "name: text").replace("to: [dealer]", "to: [auditor, importer]");
        assertThat(between(Tables.PARTIES + LIST, Tables.PARTIES + next).lines())
                .containsExactly(
                        "~ dataset opel/parts-prices: to [auditor, importer], was [dealer]",
                        "~ dataset opel/parts-prices: columns [part, text, price], was [part,",
                        "    description, price]",
                        "+ 2 parties get a replica of opel/parts-prices: opel-audit, opel-us",
                        "- 2 parties lose the replica of opel/parts-prices and all it remembers:",
                        "    dealer-7, dealer-8");
    }

    @Test
    void whatElseAPartyIsKnownByIsToldSinceItDecidesOnRows() {
        String next = Tables.PARTIES.replace("country: be", "country: be, attributes: { contract: [gold, fleet] }");
        assertThat(between(Tables.PARTIES + CLAIM, next + CLAIM).lines())
                .containsExactly("~ party dealer-9: attributes {contract=[fleet, gold]}, was {}");
    }

    private static TableDiff between(String old, String next) {
        return TableDiff.between(Table.read("old.yaml", old), Table.read("new.yaml", next));
    }
}
