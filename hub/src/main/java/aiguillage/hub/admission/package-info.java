/// Who is let in: enrolment codes, certificates, revocations, suspensions, for an operator at whatever door.
///
/// **In:** an operator's decision. **Out:** entries. **Knows:** `entry`, `store`, `yard`, `journal`, `trust`,
/// `problem`, `routing`, `pki`, `protocol`. **Start at** [Admission]. **Tests:** `AdmissionTest`,
/// `SuspensionTest`.
@NullMarked
package aiguillage.hub.admission;

import org.jspecify.annotations.NullMarked;
