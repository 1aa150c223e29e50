/// How the gateway is, in plain words, in French and English.
///
/// **In:** troubles reported by the other packages, and their counts. **Out:** a [GatewayStatus] in a file that
/// another process can read; its text. Nothing secret is in it. **Knows:** `disk`.
///
/// **Start at** [GatewayStatus]. **Tests:** `StatusTest`.
@NullMarked
package aiguillage.gateway.status;

import org.jspecify.annotations.NullMarked;
