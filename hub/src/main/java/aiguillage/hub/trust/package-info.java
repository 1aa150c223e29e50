/// Who is it? Turns the certificate of a connection into a party, at every request, before any byte of its body
/// is read (I8).
///
/// That the certificate leads to a trusted root was checked in the handshake (`aiguillage.pki.tls`). Here: is
/// it still within its time, is it revoked, does the routing table know its party, and is that one suspended? A
/// revocation or suspension counts from the moment its entry is durable, for open connections too: they are
/// closed.
///
/// **In:** a TLS session. **Out:** a [Caller]. **Knows:** `directory`, `entry`, `yard`, `store`, `routing`,
/// `problem`, `pki`, `protocol`. **Start at** [Trust#identify]. **Tests:** `StrangersGetNothingTest`.
@NullMarked
package aiguillage.hub.trust;

import org.jspecify.annotations.NullMarked;
