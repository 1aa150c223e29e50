package aiguillage.console.flows;

import java.util.List;

/// The flows in force.
///
/// @param brands those to choose from
/// @param chosen one of them, or empty
/// @param flows how many are shown
/// @param isWhole whether who looks sees everything, and so the text and the history
/// @param applied whether it was just applied
public record FlowsView(
        TableLine table,
        List<String> brands,
        String chosen,
        List<BrandFlows> groups,
        int flows,
        Picture picture,
        boolean isWhole,
        boolean applied) {

    public FlowsView {
        brands = List.copyOf(brands);
        groups = List.copyOf(groups);
    }
}
