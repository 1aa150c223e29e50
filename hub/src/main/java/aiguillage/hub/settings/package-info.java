/// What operators set while the hub runs, each setting an entry of the journal: alert rules, a maintenance notice, what
/// a person keeps of his own.
///
/// **Knows:** `entry`, `journal`, `operators`, `problem`, `store`. **Start at** [HubSettings].
@NullMarked
package aiguillage.hub.settings;

import org.jspecify.annotations.NullMarked;
