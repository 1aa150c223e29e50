/// The demo's business: warranty claims as a dealer's DMS writes them, and decisions as a warranty centre takes
/// them. All dealers, vehicles and repairs are invented.
///
/// **In:** a seed, dealers and brands; claims. **Out:** STAR `ProcessWarrantyClaim` and
/// `ShowServiceProcessingAdvisory` documents, valid against STAR's schemas and against the small ones beside
/// this package's resources, which the demo's flows use. **Knows:** `aiguillage.protocol`, `format`, `hub`,
/// `xml`.
///
/// **Start at** [ClaimGenerator#claim] and [Decision#of]. **Tests:** `ClaimGeneratorTest`, `DecisionTest`.
@NullMarked
package aiguillage.app.warranty;

import org.jspecify.annotations.NullMarked;
