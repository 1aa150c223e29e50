/// Certificates for parties by EST (RFC 7030): the first for a code, the next for the one before.
///
/// **Start at** [EstDoor]; the addresses are in [EnrolmentEndpoints]. **Knows:** `call`, `trust`, `pki`,
/// `journal`. **Tests:** `EnrolmentOverTheWireTest`, and [Credentials] under the fuzzer.
@NullMarked
package aiguillage.hub.door.enrolment;

import org.jspecify.annotations.NullMarked;
