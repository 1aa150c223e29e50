/// Connections in which both ends prove who they are: TLS 1.3 with our clock, our roots, and a key that can
/// change while running.
///
/// [PartyTrustManager] says whether a peer's certificate leads to a trusted root at this instant, for this use;
/// [PartyKeyManager] holds what we prove ourselves with; [MutualTls] makes the two a `SSLContext`.
///
/// **Renewal overlaps.** A new credential serves the next handshake; handshakes under way finish with the one
/// they began with, open connections keep theirs, and the hub accepts the old certificate until its end.
///
/// **Resumed sessions are not checked again** by TLS: the peer's certificate of the first handshake is
/// remembered. So sessions can be resumed for [MutualTls#RESUMED_FOR] only, and whoever must act at once
/// (revocation) compares the session's peer certificate with what is revoked now, on each request.
///
/// **In:** a credential, roots, a clock. **Out:** a `SSLContext`. **Knows:** `aiguillage.pki`.
///
/// **Start at** [MutualTls#context]. **Tests:** `MutualTlsTest`.
@NullMarked
package aiguillage.pki.tls;

import org.jspecify.annotations.NullMarked;
