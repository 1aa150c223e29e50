/// STAR's transport as text: what a SOAP 1.1 message of PutMessage, ProcessMessage or PullMessage says, and how
/// one is written. Decides nothing: `door.StarDoor` does.
///
/// **As it lies.** A content goes in and out as the bytes that stand in the message; only namespaces that it
/// uses and the envelope declares are written into it. So a message is read twice: by the hardened reader,
/// which proves it well-formed and counts elements, then by [Markup], which finds where the counted ones begin
/// and end.
///
/// **Bounds.** Those of `aiguillage.xml.XmlLimits`; [SoapReader#CONTENTS_MAX] contents,
/// [SoapReader#RECEIPTS_MAX] receipts in a message. **Sources:** STAR Transport Guidelines, the WSDLs of
/// 2005/10 and 2009; SOAP 1.1; WS-I Basic Profile 1.1.
///
/// **Knows:** `xml`, `problem`, `protocol`. **Start at** [SoapReader#read]. **Tests:** `StarOverTheWireTest`,
/// `SoapReaderTest`.
@NullMarked
package aiguillage.hub.star;

import org.jspecify.annotations.NullMarked;
