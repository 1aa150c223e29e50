/// Certificates for parties by EST (RFC 7030): the first for a code, the next for the one before.
///
/// **Start at** [EstDoor]; the addresses are in [EnrolmentEndpoints]. **Knows:** `call`, what `HubParts` names,
/// `entry`, `problem`, `yard`, `pki`, `protocol`. **Tests:** `EnrolmentOverTheWireTest`, and [Credentials]
/// under the fuzzer.
@NullMarked
package aiguillage.hub.door.enrolment;

import org.jspecify.annotations.NullMarked;
