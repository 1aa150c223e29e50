package aiguillage.conformance.driver;

import aiguillage.protocol.FlowName;
import java.util.Map;

/// The document element of each flow of the kit's own table, and of the one that `init` writes: by it a STAR
/// message is routed. Names of STAR's BODs.
public final class Elements {

    private static final Map<String, String> BY_KIND = Map.of(
            "claim", "ProcessWarrantyClaim",
            "checked", "ProcessRepairOrder",
            "answer", "ShowServiceProcessingAdvisory",
            "small", "ProcessPartsOrder",
            "film", "ProcessCredit",
            "signed", "ProcessVehicleInventory",
            "brief", "ShowPartsInventory",
            "from-dealer", "ProcessPartsReturn",
            "warranty-claim", "ProcessWarrantyClaim",
            "warranty-decision", "ShowServiceProcessingAdvisory");

    private Elements() {}

    /// Of a flow that the table has not, a name that no flow has.
    public static String of(FlowName flow) {
        String element = BY_KIND.get(flow.kind());
        if (element == null) {
            return "ProcessUnknown";
        }
        return element;
    }
}
