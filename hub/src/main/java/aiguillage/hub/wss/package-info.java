/// Signed SOAP messages (WS-Security 1.1, X.509 token profile): is this message signed as a whole, by which
/// certificate, when? And the hub's own signature on its answers.
///
/// **What is signed is what is read.** A message is read as a stream: first its Security header, in which
/// everything that is not listed is refused, and what was signed there; when that signature holds and its
/// signer is believed, all of it, with the canonical form of each part going into its digest as it comes. Parts
/// are known by where they stand, never by their name: one body, behind one header. So a message of any size is
/// checked in constant memory, and nothing that was moved or added is taken for signed.
///
/// **Bounds.** [SignatureCheck#HEADER_CHARS_MAX] characters of a Security header, 20 references, 5
/// certificates, 64 prefixes in a list, namespaces of 256 characters. **Sources:** WS-Security: SOAP Message
/// Security 1.1; its X.509 Certificate Token Profile 1.1; XML Signature 1.1; Exclusive XML Canonicalization
/// 1.0.
///
/// **Knows:** `star`, `xml`, `protocol`, `pki`. **Start at** [SignatureCheck#statement]. **Tests:**
/// `CanonicalTest`, `SignatureCheckTest`, `StarSignedTest`.
@NullMarked
package aiguillage.hub.wss;

import org.jspecify.annotations.NullMarked;
