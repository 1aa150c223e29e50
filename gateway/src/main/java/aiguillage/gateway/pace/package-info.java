/// Waiting, and how long: the one way in which the gateway lets time pass, so that a test can advance it.
///
/// **In:** how often something failed, and what the hub asked for. **Out:** a duration with jitter, so that
/// thousands of gateways do not come back in one second. **Knows:** nothing. **Start at** [Backoff].
@NullMarked
package aiguillage.gateway.pace;

import org.jspecify.annotations.NullMarked;
