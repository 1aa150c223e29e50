/// The practice ground: a hub with invented parties of which the kit is the operator ([PracticeHub]), its
/// table, and a look into a journal ([Journal]), each entry proven.
///
/// **In:** orders of the operator's. **Out:** statements. **Knows:** `protocol`, `config`, `pki`, `hub`,
/// `driver`.
///
/// **Start at** [PracticeHub]. **Tests:** `SixtySituationsTest`.
@NullMarked
package aiguillage.conformance.ground;

import org.jspecify.annotations.NullMarked;
