/// Rules that tell a system, a person or a party, and notices to all: what the hub says by itself.
///
/// **Knows:** `web`, the hub, `protocol`. **Start at** [AlertPages], [MaintenancePages].
@NullMarked
package aiguillage.console.alerts;

import org.jspecify.annotations.NullMarked;
