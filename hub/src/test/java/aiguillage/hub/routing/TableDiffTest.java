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

    private static TableDiff between(String old, String next) {
        return TableDiff.between(Table.read("old.yaml", old), Table.read("new.yaml", next));
    }
}
