/// The list: what happens, what must come of it, who demands it, and which mistake of a client it must find
/// ([Fault]). Titles and advice are in `situations.properties` (English) and `situations_fr.properties`.
///
/// **In:** a stage. **Out:** what was seen. **Knows:** `driver`, `ground`, `protocol`. **Start at**
/// [Situations]. **Tests:** `SixtySituationsTest`, `PlantedFaultsTest`, `ReferenceTest`.
@NullMarked
package aiguillage.conformance.situation;

import org.jspecify.annotations.NullMarked;
