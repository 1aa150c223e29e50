/// Calls to running hubs and gateways over HTTP.
///
/// **In:** an address, and what proves the caller: a token, or a certificate. **Out:** answers; whatever else happens
/// is a sentence with an exit code. **Knows:** `pki`, `terminal`.
///
/// **Start at** [Caller]. **Tests:** `CommandsTest`, `DatasetCommandsTest`.
@NullMarked
package aiguillage.app.call;

import org.jspecify.annotations.NullMarked;
