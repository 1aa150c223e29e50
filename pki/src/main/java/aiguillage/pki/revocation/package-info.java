/// What a corporate authority has withdrawn: its certificate revocation list (CRL, RFC 5280, section 5), and
/// what holds when the list cannot be had. (The built-in authority needs none: the hub's directory revokes at
/// once.)
///
/// **The rule.** The last list that was verified goes on applying until it is replaced. It is *fresh* until its
/// `nextUpdate`, then *stale*, which is reported. Stale for longer than the grace (24 hours unless set), or
/// with no list at all, the status of a certificate that the list does not name is *unknown*: neither revoked
/// nor fine, and the caller decides (the hub takes no new submission, 503, and goes on delivering). A
/// certificate that the list names stays revoked however old the list gets, since revocation is not undone (a
/// hold is, and counts as revoked until a newer list lifts it). So an authority's web server that is down never
/// revokes everyone, and never silently lets everyone pass.
///
/// | list | certificate named in it | not named |
/// |---|---|---|
/// | fresh | revoked | good |
/// | stale, within the grace | revoked | good, and the staleness is reported |
/// | stale, past the grace | revoked | unknown |
/// | none | – | unknown |
///
/// A list is used only when it is signed by the authority, complete (no delta), and not older than the one
/// held: an old list played back cannot make a revoked certificate good again. No threads here: the caller
/// refreshes.
///
/// **In:** an address and the authority's certificate. **Out:** a [CertificateStatus]. **Knows:**
/// `aiguillage.pki`, `aiguillage.pki.tls`.
///
/// **Start at** [RevocationList#status]. **Tests:** `RevocationListTest`.
@NullMarked
package aiguillage.pki.revocation;

import org.jspecify.annotations.NullMarked;
