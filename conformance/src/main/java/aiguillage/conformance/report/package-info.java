/// What a run came to, signed, so that whoever gets it can tell that nobody changed it: JSON,
///
/// ```json
/// {"report":{"format":"aiguillage-conformance/1",…},"signature":{"algorithm":"SHA256withECDSA","key":"…","value":"…"}}
/// ```
///
/// The signature is over the member `report` as compact JSON in UTF-8, members in the order in which they
/// stand.
///
/// **In:** results. **Out:** a file. **Knows:** `pki`, `conformance`, `protocol`. **Start at** [Report].
/// **Tests:** `ReportTest`.
@NullMarked
package aiguillage.conformance.report;

import org.jspecify.annotations.NullMarked;
