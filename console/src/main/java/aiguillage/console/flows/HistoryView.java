package aiguillage.console.flows;

import java.util.List;

/// Tables that were applied, newest first.
///
/// @param next the position in front of which the next ones stand; 0: there are none
public record HistoryView(List<TableLine> tables, long next) {

    public HistoryView {
        tables = List.copyOf(tables);
    }
}
