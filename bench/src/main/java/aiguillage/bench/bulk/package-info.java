/// Many bytes over one connection: a full mailbox drained, a large payload in and out. Beside them the least that
/// TLS and a disk can do: a loop between a socket and a file.
///
/// **Start at** [aiguillage.bench.bulk.DrainBench].
@NullMarked
package aiguillage.bench.bulk;

import org.jspecify.annotations.NullMarked;
