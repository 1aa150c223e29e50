package aiguillage.hub.as4;

import aiguillage.protocol.signature.EnvelopeEvidence;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.w3c.dom.Element;

/// A signed message with one payload as it is kept for third parties: a package of the SOAP part and what was
/// signed of the payload, which any tool for AS4 checks, for as long as there is the document.
///
/// Encryption comes off: a signature of AS4 is over what was encrypted, and what says how has no meaning without
/// the hub's key. Nothing else of the message is touched.
public final class KeptMessage {

    private final byte[] before;
    private final byte[] behind;

    private KeptMessage(byte[] before, byte[] behind) {
        this.before = before;
        this.behind = behind;
    }

    /// @param root the SOAP part as it came
    /// @param message the same; its encryption is taken out of its tree
    /// @param part the payload, on its way in
    /// @throws As4Fault when the SOAP part is too large to be kept, or proves nothing without its encryption
    public static KeptMessage of(byte[] root, SoapMessage message, Mime.Part part, Opening opening) throws As4Fault {
        byte[] soap = opening.isEmpty() ? root : withoutEncryption(message);
        String boundary = "kept-" + HexFormat.of().formatHex(Proof.sha256(root)); // no payload holds its own message's
        var before = new ByteArrayOutputStream();
        before.writeBytes(
                ascii(EnvelopeEvidence.PACKAGE_LINE + "multipart/related; type=\"application/soap+xml\"; boundary=\""
                        + boundary + "\"\r\n\r\n--" + boundary + "\r\nContent-Type: " + As4Writer.SOAP_TYPE
                        + "\r\nContent-Transfer-Encoding: binary\r\n\r\n"));
        before.writeBytes(soap);
        before.writeBytes(ascii("\r\n--" + boundary + "\r\nContent-Type: " + type(opening.mimeType(part))
                + "\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <" + line(part.contentId()) + ">\r\n\r\n"));
        var kept = new KeptMessage(before.toByteArray(), ascii("\r\n--" + boundary + "--\r\n"));
        if (kept.room() <= 0) {
            throw new As4Fault(
                    EbmsError.POLICY_NONCOMPLIANCE,
                    "The flow keeps the signed message with its document, and the SOAP part leaves no room for that: "
                            + EnvelopeEvidence.AROUND_BYTES_MAX + " bytes are kept.");
        }
        return kept;
    }

    private static byte[] withoutEncryption(SoapMessage message) throws As4Fault {
        Element security = message.security();
        if (security != null) {
            Nodes.children(security).stream()
                    .filter(one ->
                            Names.is(one, Names.ENC, "EncryptedKey") || Names.is(one, Names.ENC, "EncryptedData"))
                    .forEach(security::removeChild);
        }
        byte[] kept = Canonical.whole(message.messaging().getOwnerDocument());
        try {
            Proof.of(SoapMessage.read(kept));
        } catch (As4Fault unproven) {
            throw new As4Fault(
                    EbmsError.POLICY_NONCOMPLIANCE,
                    "The flow keeps the signed message with its document, without its encryption, and then its signature"
                            + " does not hold: sign eb:Messaging, the SOAP body and the payload, and nothing of"
                            + " EncryptedKey or EncryptedData. " + unproven.detail());
        }
        return kept;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// One that says nothing is bytes, as which it was signed.
    private static String type(String said) {
        return said.isBlank() ? "application/octet-stream" : line(said);
    }

    /// On one line.
    private static String line(String said) {
        return said.replaceAll("\\p{Cntrl}", " ");
    }

    /// How many bytes of a packed payload can be kept too.
    public int room() {
        return EnvelopeEvidence.AROUND_BYTES_MAX - before.length - behind.length;
    }

    /// With a payload that was signed as the document is.
    public EnvelopeEvidence around() {
        return new EnvelopeEvidence(before, behind, 0, 0, 0);
    }

    /// With a payload that was packed when it was signed.
    ///
    /// @param packed at most [#room] bytes
    /// @param documentBytes how many the document has
    public EnvelopeEvidence with(byte[] packed, int documentBytes) {
        var all = new byte[before.length + packed.length];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(packed, 0, all, before.length, packed.length);
        return new EnvelopeEvidence(all, behind, documentBytes, 0, 0);
    }
}
