/// What every command needs to speak: where it writes ([Terminal]), how it says no ([Failure] with an [Exit] code),
/// tables that fit 80 columns ([TextTable]), and logs of long-running commands ([Logs]).
///
/// **In:** facts. **Out:** text for people, JSON for programs. **Knows:** nothing of Aiguillage.
///
/// **Start at** [Terminal]. **Tests:** `TextTableTest`, `CommandsTest`.
@NullMarked
package aiguillage.app.terminal;

import org.jspecify.annotations.NullMarked;
