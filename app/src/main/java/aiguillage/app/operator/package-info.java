/// The operator's calls to a running hub, over its private listener and with its token.
///
/// **In:** the hub's configuration. **Out:** what `/operator/…` answers. **Knows:** `call`; `hub`'s
/// configuration and data folder, `terminal`, `config`.
///
/// **Start at** [OperatorClient]. **Tests:** `CommandsTest`.
@NullMarked
package aiguillage.app.operator;

import org.jspecify.annotations.NullMarked;
