/// The routing: as a picture, as text, as it was; what a change would do, and who applies it; where one
/// document would go, and why.
///
/// **Knows:** `web`, the hub, `config`, `protocol`. **Start at** [FlowsPages]; changes are in [ChangePages].
/// **Tests:** `FlowsPagesTest`, `ChangePagesTest`.
@NullMarked
package aiguillage.console.flows;

import org.jspecify.annotations.NullMarked;
