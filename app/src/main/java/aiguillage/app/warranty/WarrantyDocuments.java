package aiguillage.app.warranty;

import aiguillage.hub.routing.FlowsLines;
import java.util.Map;
import java.util.TreeMap;

/// What a flow's configuration needs to know about the demo's documents: their schemas and where search keys stand.
public final class WarrantyDocuments {

    /// Resources of this package; write them into the hub's schema folder under these names.
    public static final String CLAIM_SCHEMA = "warranty-claim.xsd";

    /// The schema of the answer.
    public static final String DECISION_SCHEMA = "warranty-decision.xsd";

    /// Where the claim number stands in a `ProcessWarrantyClaim`.
    public static final String CLAIM_NUMBER_IN_CLAIM =
            "/ProcessWarrantyClaim/ProcessWarrantyClaimDataArea/WarrantyClaimNoun/WarrantyClaim/ClaimNumberString";

    /// Where the vehicle's VIN stands in a `ProcessWarrantyClaim`.
    public static final String VIN_IN_CLAIM = "/ProcessWarrantyClaim/ProcessWarrantyClaimDataArea/WarrantyClaimNoun"
            + "/WarrantyClaimHeader/RepairOrderVehicleLineItem/Vehicle/VehicleID";

    /// Where the claim number stands in a `ShowServiceProcessingAdvisory`.
    public static final String CLAIM_NUMBER_IN_DECISION =
            "/ShowServiceProcessingAdvisory//WarrantyClaimReconciliation/ClaimNumberString";

    /// Where the vehicle's VIN stands in a `ShowServiceProcessingAdvisory`.
    public static final String VIN_IN_DECISION = "/ShowServiceProcessingAdvisory//RepairOrderReconciliation/VIN";

    /// What claims are checked and found by.
    public static final FlowsLines.Checked CLAIM = new FlowsLines.Checked(
            CLAIM_SCHEMA,
            "ProcessWarrantyClaim",
            new TreeMap<>(Map.of("claim-number", CLAIM_NUMBER_IN_CLAIM, "vin", VIN_IN_CLAIM)));

    /// What decisions are checked and found by.
    public static final FlowsLines.Checked DECISION = new FlowsLines.Checked(
            DECISION_SCHEMA,
            "ShowServiceProcessingAdvisory",
            new TreeMap<>(Map.of("claim-number", CLAIM_NUMBER_IN_DECISION, "vin", VIN_IN_DECISION)));

    private WarrantyDocuments() {}
}
