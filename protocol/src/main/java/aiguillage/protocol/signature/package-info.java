/// Signed documents: HTTP Message Signatures (RFC 9421), so that a document can be proven to third parties, not
/// only the connection it came over.
///
/// The sender signs its request: method, path, the payload's digest, the media type and every CloudEvents
/// attribute. What is signed is the *signature base*, one line per component:
///
/// ```
/// "@method": POST
/// "@path": /v1/documents
/// "ce-id": claim-1
/// "ce-source": urn:aiguillage:party:garage-1
/// "ce-specversion": 1.0
/// "ce-type": opel/warranty-claim
/// "content-digest": sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:
/// "content-type": application/xml
/// "@signature-params": ("@method" "@path" "ce-id" …);created=1767225600;keyid="…";alg="ecdsa-p256-sha256"
/// ```
///
/// and travels as `Signature-Input: aig=("@method" …);created=…` and `Signature: aig=:<64 bytes r and s>:`. The
/// `keyid` is the signer's certificate's SHA-256 in base64url ([KeyId]).
///
/// **Evidence.** The hub keeps the base, the signature and the certificate with the document:
/// [SignatureEvidence] proves itself with nothing else. In bytes:
///
/// ```
/// 01                 version
/// 00 00 02 1f        length of the base, here 543
/// 22 40 6d 65 …      the base, ASCII
/// 8f 31 …            64 bytes: r, then s
/// 30 82 …            the certificate in DER, to the end
/// ```
///
/// A document that came in a signed SOAP message has the message around it for evidence ([EnvelopeEvidence]),
/// which is checked together with the document:
///
/// ```
/// 02                 version
/// 00 00 00 00        bytes at the document's beginning that the message has not, here none: its encoding
/// 00 00 00 17        where others stand, here behind 23 bytes
/// 00 00 00 00        how many, here none: namespaces that the message declares further out
/// 00 00 0c 31        length of what stands before the document, here 3,121
/// 3c 3f 78 6d 6c …   what stands before it, then to the end what stands behind it
/// ```
///
/// A message of AS4 begins with a line that says its media type, `Content-Type: multipart/related;…`.
///
/// **In:** a request's method, path and headers. **Out:** two headers, or a [Verdict]. **Knows:**
/// `aiguillage.protocol`.
///
/// **Start at** [MessageSignature#verify]. **Tests:** `MessageSignatureTest`, `SignatureEvidenceTest`.
@NullMarked
package aiguillage.protocol.signature;

import org.jspecify.annotations.NullMarked;
