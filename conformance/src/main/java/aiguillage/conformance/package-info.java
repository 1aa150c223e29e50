/// The conformance kit: sixty situations between a dealer's system and a hub, played through every door, and
/// what must come of each, at the line and in the journal. One list for the test of this repository and for the
/// editor's laptop.
///
/// **In:** situations, a door, a [aiguillage.conformance.situation.Stage]. **Out:** a [Result] each. **Knows:**
/// `protocol`, `config`, `pki`, `xml`, `hub`.
///
/// **Start at** [Kit]. **Tests:** `SixtySituationsTest`, `PlantedFaultsTest`.
@NullMarked
package aiguillage.conformance;

import org.jspecify.annotations.NullMarked;
