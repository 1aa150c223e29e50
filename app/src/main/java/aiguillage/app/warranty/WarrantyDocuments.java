package aiguillage.app.warranty;

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

    private WarrantyDocuments() {}
}
