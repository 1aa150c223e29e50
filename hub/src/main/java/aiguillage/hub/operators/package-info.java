/// The people who look after the hub: who they are, and what each may do.
///
/// **Knows:** `protocol`, `entry`, `store`, `journal`, `document`, `problem`, `yard`. **Start at** [Operators].
@NullMarked
package aiguillage.hub.operators;

import org.jspecify.annotations.NullMarked;
