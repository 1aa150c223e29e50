/// Keys and certificates on disk, and the authority that issues them.
///
/// A key pair is made on the machine that uses it and its private half never leaves that machine: what travels
/// is a [CertificateRequest], what comes back is a [CertificateChain]. Who a certificate stands for is its one
/// SAN URI `urn:aiguillage:party:<id>`, read by [PartyCertificate]; nothing else in a certificate is believed.
///
/// **Files.** Private keys are PKCS#8 PEM with mode 0600 from the moment they exist; certificates are PEM, leaf
/// first. Every file is written beside its place, synced and renamed ([DurableFile]), so a crash leaves the old
/// or the new.
///
/// ```
/// ca/root/key.pem            the offline root's key; move it to a safe, it signs an issuing authority every 3
/// years
/// ca/root/certificate.pem    what every gateway pins, by its SHA-256 fingerprint
/// ca/issuing/key.pem         the hub's enrolment signs with it
/// ca/issuing/chain.pem       the issuing authority's certificate, then the root's
/// ```
///
/// **In:** a request and the party it is for. **Out:** a certificate chain. **Knows:** `protocol`.
/// **Neighbours:** `aiguillage.pki.tls` (connections), `aiguillage.pki.revocation` (what a corporate authority
/// has withdrawn), `aiguillage.pki.est` (enrolment).
///
/// **Start at** [CertificateAuthority#issue]. **Tests:** `CertificateAuthorityTest`, `KeyFileTest`.
@NullMarked
package aiguillage.pki;

import org.jspecify.annotations.NullMarked;
