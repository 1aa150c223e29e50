/// Every refusal the hub can give, in one catalogue: code, HTTP status, what happened, why, what to do. The pages
/// on the wire (RFC 9457) and `docs/reference/problems.md` come from it.
///
/// **Start at** [Problem]. **Knows:** nothing. **Tests:** `ProblemTest`, `EveryProblemTest`.
@NullMarked
package aiguillage.hub.problem;

import org.jspecify.annotations.NullMarked;
