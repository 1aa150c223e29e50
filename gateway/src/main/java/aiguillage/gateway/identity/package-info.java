/// Who this gateway is: one key and one certificate for all hubs and brands, enrolled once, renewed in good time.
///
/// The private key is made here and never leaves. `identity/credential.pem` (mode 0600) holds key and chain,
/// `identity/root.pem` what the hubs are checked against, `identity/previous.pem` the credential before, until it
/// ends; `identity/enrolling.pem` the key of an enrolment under way, `identity/code.sha256` the hash of the code
/// that was used.
///
/// **In:** a one-time code, or the present certificate. **Out:** a TLS context for the lines. **Knows:**
/// `protocol`, `pki`, `pace`, `status`.
///
/// **Start at** [Identity#open]. **Tests:** `RenewalTest`.
@NullMarked
package aiguillage.gateway.identity;

import org.jspecify.annotations.NullMarked;
