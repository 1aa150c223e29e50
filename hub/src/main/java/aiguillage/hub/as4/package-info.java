/// AS4 (ebMS 3.0, OASIS AS4 1.0) as bytes: messages read, proven, opened; and made, signed, sealed. By the
/// eDelivery AS4 profiles: 2.0 (Ed25519, X25519, AES-128-GCM) and 1.15 (RSA with SHA-256, RSA-OAEP,
/// AES-128-GCM).
///
/// A message is SOAP 1.2 with the payload beside it as a MIME part. The SOAP part is small, bounded, and held
/// as a tree; it says and signs everything, so a message is proven before a byte of its payload is read. The
/// payload goes through as a stream: opened, digested and unpacked in one pass, in constant memory ([Opening]).
///
/// Of XML Signature and XML Encryption exactly what the profiles use is understood: one canonicalization, one
/// transform, three signature algorithms, three ways to wrap a key. Everything else is refused by name, so there
/// is nothing to switch off (decision 24).
///
/// **In:** bytes from a door. **Out:** what a message says and who signed it; bytes to answer with. **Knows:**
/// `xml`, `pki`, `protocol`. **Start at** [SoapMessage#read]. **Tests:** `As4OverTheWireTest`,
/// `As4StrangersTest`, `As4PushTest`, `As4MemoryTest`, `MimeTest`, `SoapMessageTest`.
@NullMarked
package aiguillage.hub.as4;

import org.jspecify.annotations.NullMarked;
