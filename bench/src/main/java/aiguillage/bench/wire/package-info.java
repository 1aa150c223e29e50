/// TLS connections by the thousand: a thread serves many of them, with buffers of its own, so that a connection at
/// rest holds nothing but its TLS state. What is measured is the other end.
///
/// **Start at** [aiguillage.bench.wire.Loop].
@NullMarked
package aiguillage.bench.wire;

import org.jspecify.annotations.NullMarked;
