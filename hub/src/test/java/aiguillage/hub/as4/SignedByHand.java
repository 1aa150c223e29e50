package aiguillage.hub.as4;

import aiguillage.hub.testing.Documents;
import aiguillage.pki.Credential;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.w3c.dom.Element;

/// Messages that a party signs with the key it connects with, and into which it writes what it likes.
final class SignedByHand {

    static final String PACKAGE = "multipart/related;boundary=B";
    static final byte[] PAYLOAD = "hello".getBytes(StandardCharsets.UTF_8);

    private final Credential party;

    SignedByHand(Credential party) {
        this.party = party;
    }

    /// A user message on `opel/warranty-claim` with one payload of bytes.
    ///
    /// @param properties `eb:Property` elements
    /// @param partProperties the same, of the payload
    static String document(String id, String party, Instant time, String properties, String partProperties) {
        return "<eb:UserMessage><eb:MessageInfo><eb:Timestamp>" + time + "</eb:Timestamp><eb:MessageId>" + id
                + "</eb:MessageId></eb:MessageInfo><eb:PartyInfo><eb:From><eb:PartyId>" + party
                + "</eb:PartyId><eb:Role>r</eb:Role></eb:From><eb:To><eb:PartyId>" + Documents.HUB
                + "</eb:PartyId><eb:Role>r</eb:Role></eb:To></eb:PartyInfo><eb:CollaborationInfo>"
                + "<eb:Service>opel</eb:Service><eb:Action>warranty-claim</eb:Action>"
                + "<eb:ConversationId>c</eb:ConversationId></eb:CollaborationInfo><eb:MessageProperties>" + properties
                + "</eb:MessageProperties><eb:PayloadInfo><eb:PartInfo href=\"cid:p\"><eb:PartProperties>"
                + "<eb:Property name=\"MimeType\">application/octet-stream</eb:Property>" + partProperties
                + "</eb:PartProperties></eb:PartInfo></eb:PayloadInfo></eb:UserMessage>";
    }

    static String property(String name, String value) {
        return "<eb:Property name=\"" + name + "\">" + value + "</eb:Property>";
    }

    /// A signal.
    static String signal(String id, String content) {
        return "<eb:SignalMessage><eb:MessageInfo><eb:Timestamp>2026-03-01T12:00:00Z</eb:Timestamp><eb:MessageId>" + id
                + "</eb:MessageId></eb:MessageInfo>" + content + "</eb:SignalMessage>";
    }

    /// A signed SOAP message.
    ///
    /// @param unit what stands in `eb:Messaging`
    /// @param attachments SHA-256 by `cid:` URI
    /// @param inReference written into the first `ds:Reference`
    byte[] soap(String unit, Map<String, byte[]> attachments, String inReference) throws As4Fault {
        String head = "<S12:Envelope xmlns:S12=\"" + Names.SOAP + "\" xmlns:wsu=\"" + Names.UTILITY
                + "\"><S12:Header><eb:Messaging xmlns:eb=\"" + Names.EBMS + "\" wsu:Id=\"m\">" + unit
                + "</eb:Messaging>";
        String tail = "</S12:Header><S12:Body wsu:Id=\"b\"/></S12:Envelope>";
        SoapMessage plain = SoapMessage.read((head + tail).getBytes(StandardCharsets.UTF_8));
        Map<String, byte[]> digests = new LinkedHashMap<>();
        digests.put("#m", Proof.sha256(Canonical.bytes(plain.messaging(), "")));
        digests.put("#b", Proof.sha256(Canonical.bytes(plain.body(), "")));
        digests.putAll(attachments);
        var info = new StringBuilder("<ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"" + Names.EXCLUSIVE
                + "\"/><ds:SignatureMethod Algorithm=\"" + Suite.EC.algorithm() + "\"/>");
        digests.forEach((uri, digest) -> info.append(MessageText.reference(new SignedPart(uri, "", digest), "")));
        info.insert(info.indexOf("</ds:Reference>"), inReference);
        info.append("</ds:SignedInfo>");
        String all = head + "<wsse:Security xmlns:wsse=\"" + Names.SECURITY + "\">"
                + Signer.token("t", party.chain().leaf()) + "<ds:Signature xmlns:ds=\"" + Names.DS + "\">" + info
                + "<ds:SignatureValue>VALUE</ds:SignatureValue><ds:KeyInfo>" + Signer.reference("t")
                + "</ds:KeyInfo></ds:Signature></wsse:Security>" + tail;
        Element security = Objects.requireNonNull(
                SoapMessage.read(all.getBytes(StandardCharsets.UTF_8)).security());
        Element signed = Nodes.one(Nodes.one(security, Names.DS, "Signature"), Names.DS, "SignedInfo");
        byte[] value = Suite.EC.sign(party.key(), Canonical.bytes(signed, ""));
        return all.replace("VALUE", Base64.getEncoder().encodeToString(value)).getBytes(StandardCharsets.UTF_8);
    }

    /// A package of a message and one payload.
    static byte[] packed(byte[] soap, String payloadType, byte[] payload) {
        var out = new ByteArrayOutputStream();
        out.writeBytes("--B\r\nContent-Type: application/soap+xml\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(soap);
        out.writeBytes(("\r\n--B\r\nContent-Type: " + payloadType + "\r\nContent-ID: <p>\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.writeBytes(payload);
        out.writeBytes("\r\n--B--\r\n".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /// A package with a document of which all is well, but for what is given.
    byte[] document(String id, String name, String properties, String inReference) throws As4Fault {
        String unit = document(id, name, Instant.parse("2026-03-01T12:00:00Z"), properties, "");
        return packed(
                soap(unit, Map.of("cid:p", Proof.sha256(PAYLOAD)), inReference), "application/octet-stream", PAYLOAD);
    }
}
