/// Who there is: every party with its roles, brands, country and region. Values only; they come out of the routing
/// table's file and never change, a new table brings a new directory.
///
/// **In:** the parties of one file. **Out:** a [Directory]. **Knows:** `protocol`, `config`, `pki`.
///
/// **Start at** [Directory].
@NullMarked
package aiguillage.hub.directory;

import org.jspecify.annotations.NullMarked;
