/// The processes that are measured: a hub, and a server on the same listener that does nothing.
///
/// **Start at** [aiguillage.bench.server.Child].
@NullMarked
package aiguillage.bench.server;

import org.jspecify.annotations.NullMarked;
