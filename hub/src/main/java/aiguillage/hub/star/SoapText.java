package aiguillage.hub.star;

import aiguillage.hub.problem.FieldFault;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes messages, in parts: what stands around contents.
public final class SoapText {

    /// The media type of SOAP 1.1.
    public static final String MEDIA_TYPE = "text/xml;charset=utf-8";

    private static final String OURS = "urn:aiguillage:star";

    private SoapText() {}

    /// Text as it stands in an element or an attribute; characters that XML has not become `?`.
    public static String escaped(String text) {
        var written = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> written.append("&amp;");
                case '<' -> written.append("&lt;");
                case '>' -> written.append("&gt;");
                case '"' -> written.append("&quot;");
                case '\t', '\n', '\r' -> written.append("&#").append(c).append(';');
                default -> written.appendCodePoint(isXml(c) ? c : '?');
            }
        });
        return written.toString();
    }

    private static boolean isXml(int c) {
        return (c >= 0x20 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd) || c >= 0x10000;
    }

    /// The header block that says what the contents are.
    public static Answer.Block manifest(Transport transport, List<StarMessage.Manifest> manifest) {
        var text = new StringBuilder(">");
        for (StarMessage.Manifest one : manifest) {
            text.append("<t:manifest contentID=\"")
                    .append(escaped(one.contentId()))
                    .append("\" namespaceURI=\"")
                    .append(escaped(one.namespace()))
                    .append("\" element=\"")
                    .append(escaped(one.element()))
                    .append('"');
            if (one.relatedId() != null) {
                text.append(" relatedID=\"").append(escaped(one.relatedId())).append('"');
            }
            text.append("/>");
        }
        return new Answer.Block(
                "<t:payloadManifest xmlns:t=\"" + transport.namespace() + "\"",
                text.append("</t:payloadManifest>").toString());
    }

    /// What stands before the first content.
    ///
    /// @param response the name of the body's element
    public static String beforeContents(Transport transport, String response) {
        return "<t:" + response + " xmlns:t=\"" + transport.namespace() + "\"><t:payload>";
    }

    /// What stands before a content.
    public static String beforeContent(String id) {
        return "<t:content id=\"" + escaped(id) + "\">";
    }

    /// What stands behind a content.
    public static String behindContent() {
        return "</t:content>";
    }

    /// What stands behind the last content.
    public static String behindContents(String response) {
        return "</t:payload></t:" + response + ">";
    }

    /// The header block with the receipts of what was accepted; nobody must understand it.
    ///
    /// @param receipts by the id of their content
    public static Answer.Block receipts(Map<String, byte[]> receipts) {
        var text = new StringBuilder(">");
        receipts.forEach((id, receipt) -> text.append("<a:receipt contentID=\"")
                .append(escaped(id))
                .append("\">")
                .append(escaped(new String(receipt, StandardCharsets.UTF_8)))
                .append("</a:receipt>"));
        return new Answer.Block(
                "<a:receipts xmlns:a=\"" + OURS + "\"",
                text.append("</a:receipts>").toString());
    }

    /// The answer to PutMessage, which has no payload: the receipts stand in its header.
    ///
    /// @param receipts by the id of their content
    public static Answer put(Transport transport, Map<String, byte[]> receipts) {
        return Answer.of(
                List.of(receipts(receipts)), "<t:PutMessageResponse xmlns:t=\"" + transport.namespace() + "\"/>");
    }

    /// What is wrong with a content, or the message.
    ///
    /// @param contentId null: of the message
    /// @param code as in the catalogue of problems
    /// @param faults where in the content, and what
    public record Trouble(@Nullable String contentId, String code, String text, List<FieldFault> faults) {}

    /// The header block that says that an answer is still to come.
    public static Answer.Block pending(String sentence) {
        return new Answer.Block("<a:pending xmlns:a=\"" + OURS + "\"", ">" + escaped(sentence) + "</a:pending>");
    }

    /// A fault (SOAP 1.1, 4.4).
    ///
    /// @param further XML for its detail
    public static Answer fault(Fault.Code code, String sentence, List<Trouble> troubles, String further) {
        var text = new StringBuilder("<soap:Fault><faultcode>soap:")
                .append(code.text())
                .append("</faultcode><faultstring xml:lang=\"")
                .append(Locale.ENGLISH.getLanguage())
                .append("\">")
                .append(escaped(sentence))
                .append("</faultstring>");
        if (!troubles.isEmpty()) {
            text.append("<detail>");
            troubles.forEach(one -> trouble(text, one));
            text.append(further).append("</detail>");
        }
        return Answer.of(List.of(), text.append("</soap:Fault>").toString());
    }

    private static void trouble(StringBuilder text, Trouble one) {
        text.append("<a:problem xmlns:a=\"" + OURS + "\" code=\"")
                .append(escaped(one.code()))
                .append('"');
        if (one.contentId() != null) {
            text.append(" contentID=\"").append(escaped(one.contentId())).append('"');
        }
        text.append("><a:text>").append(escaped(one.text())).append("</a:text>");
        one.faults()
                .forEach(fault ->
                        text.append("<a:fault>").append(escaped(fault.text())).append("</a:fault>"));
        text.append("</a:problem>");
    }

    /// What stands before the bytes of a payload that is no XML, in base64.
    ///
    /// @param mediaType null: not known
    public static byte[] beforeAttachment(Transport transport, @Nullable String mediaType) {
        return bytes(
                transport == Transport.STAR_2009
                        ? "<t:attachment><t:attachmentData>"
                        : "<t:attachment mimeCode=\"" + type(mediaType) + "\"><t:binary>");
    }

    /// An attachment that is had elsewhere.
    ///
    /// @param mediaType null: not known
    public static String attachment(Transport transport, @Nullable String mediaType, String address) {
        return transport == Transport.STAR_2009
                ? "<t:attachment><t:mimeCode>" + type(mediaType) + "</t:mimeCode><t:uriReference>" + escaped(address)
                        + "</t:uriReference></t:attachment>"
                : "<t:attachment mimeCode=\"" + type(mediaType) + "\"><t:uriReference href=\"" + escaped(address)
                        + "\"/></t:attachment>";
    }

    /// What stands behind them.
    public static byte[] behindAttachment(Transport transport, @Nullable String mediaType) {
        return bytes((transport == Transport.STAR_2009
                        ? "</t:attachmentData><t:mimeCode>" + type(mediaType) + "</t:mimeCode>"
                        : "</t:binary>")
                + "</t:attachment>");
    }

    private static String type(@Nullable String mediaType) {
        return escaped(mediaType == null ? "application/octet-stream" : mediaType);
    }

    /// How many characters so many bytes have in base64.
    public static long base64Chars(long bytes) {
        return (bytes + 2) / 3 * 4;
    }

    /// Bytes in base64, in constant memory. Closed with what it reads.
    public static InputStream base64(InputStream bytes) {
        return new Base64Text(bytes);
    }

    /// In UTF-8, which every message says it is in.
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
