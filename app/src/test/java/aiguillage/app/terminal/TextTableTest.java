package aiguillage.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void columnsStandUnderTheirHeads() {
        String text = new TextTable("PARTY", "PENDING")
                .row("dealer-7", 3)
                .row("x", 12)
                .text();
        assertThat(text).isEqualTo("""
                PARTY     PENDING
                dealer-7  3
                x         12""");
    }

    @Test
    void theWidestColumnGivesWaySoThatALineFitsEightyColumns() {
        String text = new TextTable("A", "B").row("short", "long ".repeat(40)).text();
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(TextTable.WIDTH_MAX));
        assertThat(text).contains("short").endsWith("…");
    }

    @Test
    void aRowWithAnotherNumberOfCellsIsRefused() {
        var table = new TextTable("A", "B");
        assertThatThrownBy(() -> table.row("only one")).hasMessage("a row has 2 cells, not 1");
    }
}
