/// Dealers' systems as the kit plays them: one [Door] for each protocol, which opens sessions ([DealerDriver])
/// and puts what the protocol says into the hub's own words ([Said]). No code of the hub's is used to speak
/// with it, but for the bytes of AS4's messages.
///
/// **In:** steps of a situation. **Out:** bytes of the protocol, slow, broken or as they should be. **Knows:**
/// `protocol`, `config`, `pki`, `xml`, `hub.as4`.
///
/// **Start at** [Door]. **Tests:** `SixtySituationsTest`.
@NullMarked
package aiguillage.conformance.driver;

import org.jspecify.annotations.NullMarked;
