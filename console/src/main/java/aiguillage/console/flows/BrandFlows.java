package aiguillage.console.flows;

import java.util.List;

/// The flows of one brand, in order of their names.
public record BrandFlows(String brand, List<FlowLine> flows) {

    public BrandFlows {
        flows = List.copyOf(flows);
    }
}
