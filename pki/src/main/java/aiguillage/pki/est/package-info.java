/// Enrolment over Secure Transport (EST, RFC 7030): how a machine gets its first certificate with a one-time
/// code, and every later one with the certificate it has.
///
/// ```
/// GET  /.well-known/est/cacerts          → certificates, PKCS#7 "certs-only" in base64
/// POST /.well-known/est/simpleenroll     PKCS#10 in base64, HTTP Basic <party>:<code>      → PKCS#7 in base64
/// POST /.well-known/est/simplereenroll   PKCS#10 in base64, the client certificate in TLS  → PKCS#7 in base64
/// ```
///
/// **First contact trusts nothing.** The operator gives the dealer an address, a code and the root's
/// fingerprint. The client fetches `cacerts` over a connection it does not believe, sends nothing secret there,
/// and keeps only the root whose SHA-256 is that fingerprint (RFC 7030, 4.1.1). The code goes over a second
/// connection, checked against that root.
///
/// [EstMessages] is both ends' reading and writing; [EnrolmentCode] the one-time code; [EstClient] the
/// gateway's end. The hub's end is a door of the hub.
///
/// **In:** an address, a code, a fingerprint. **Out:** a root and a certificate chain. **Knows:**
/// `aiguillage.pki`, `aiguillage.pki.tls`, `protocol`.
///
/// **Start at** [EstClient#enrol]. **Tests:** `EstClientTest`, `EstMessagesTest`, `EnrolmentCodeTest`.
@NullMarked
package aiguillage.pki.est;

import org.jspecify.annotations.NullMarked;
