package aiguillage.hub.as4;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what stands in `eb:Messaging` (ebMS 3.0 core, 5.2), and the envelope around it.
final class MessageText {

    static final String MESSAGING_ID = "messaging";
    static final String BODY_ID = "body";

    private static final String INITIATOR = Names.EBMS + "initiator";
    private static final String RESPONDER = Names.EBMS + "responder";

    private MessageText() {}

    /// @param security the `wsse:Security` header, or empty
    static String envelope(String security, String unit) {
        return "<S12:Envelope xmlns:S12=\"" + Names.SOAP + "\"><S12:Header>" + security + "<eb:Messaging xmlns:eb=\""
                + Names.EBMS + "\" xmlns:wsu=\"" + Names.UTILITY + "\" S12:mustUnderstand=\"true\" wsu:Id=\""
                + MESSAGING_ID + "\">" + unit + "</eb:Messaging></S12:Header><S12:Body xmlns:wsu=\"" + Names.UTILITY
                + "\" wsu:Id=\"" + BODY_ID + "\"/></S12:Envelope>";
    }

    static String userMessage(Outgoing message) {
        var text = new StringBuilder("<eb:UserMessage");
        if (message.mpc() != null) {
            text.append(" mpc=\"").append(escaped(message.mpc())).append('"');
        }
        text.append('>').append(info(message.messageId(), message.time(), null));
        text.append("<eb:PartyInfo>")
                .append(party("From", message.from(), INITIATOR))
                .append(party("To", message.to(), RESPONDER))
                .append("</eb:PartyInfo><eb:CollaborationInfo>")
                .append(element("Service", message.service()))
                .append(element("Action", message.action()))
                .append(element("ConversationId", message.conversation()))
                .append("</eb:CollaborationInfo><eb:MessageProperties>");
        message.properties().forEach((name, value) -> text.append(property(name, value)));
        return text.append("</eb:MessageProperties><eb:PayloadInfo><eb:PartInfo href=\"cid:")
                .append(escaped(message.contentId()))
                .append("\"><eb:PartProperties>")
                .append(property("MimeType", message.contentType()))
                .append(property("CompressionType", "application/gzip"))
                .append("</eb:PartProperties></eb:PartInfo></eb:PayloadInfo></eb:UserMessage>")
                .toString();
    }

    /// @param references the `ds:Reference` elements of the message that came
    static String receipt(String id, Instant time, String refTo, List<byte[]> references) {
        var text = new StringBuilder("<eb:SignalMessage>")
                .append(info(id, time, refTo))
                .append("<eb:Receipt><ebbp:NonRepudiationInformation xmlns:ebbp=\"" + Names.SIGNALS + "\">");
        references.forEach(one -> text.append("<ebbp:MessagePartNRInformation>")
                .append(new String(one, StandardCharsets.UTF_8))
                .append("</ebbp:MessagePartNRInformation>"));
        return text.append("</ebbp:NonRepudiationInformation></eb:Receipt></eb:SignalMessage>")
                .toString();
    }

    /// @param refTo the message it is about; empty when that could not be told
    static String error(String id, Instant time, String refTo, EbmsError error, String detail) {
        String about = refTo.isEmpty() ? "" : " refToMessageInError=\"" + escaped(refTo) + "\"";
        return "<eb:SignalMessage>" + info(id, time, refTo.isEmpty() ? null : refTo)
                + "<eb:Error origin=\"ebMS\" category=\""
                + error.category() + "\" errorCode=\"" + error.code() + "\" severity=\"" + error.severity()
                + "\" shortDescription=\"" + error.summary() + "\"" + about
                + "><eb:Description xml:lang=\"en\">" + escaped(detail) + "</eb:Description><eb:ErrorDetail>"
                + escaped(detail) + "</eb:ErrorDetail></eb:Error></eb:SignalMessage>";
    }

    private static String info(String id, Instant time, @Nullable String refTo) {
        return "<eb:MessageInfo>"
                + element("Timestamp", time.truncatedTo(ChronoUnit.MILLIS).toString())
                + element("MessageId", id) + (refTo == null ? "" : element("RefToMessageId", refTo))
                + "</eb:MessageInfo>";
    }

    private static String party(String end, String id, String role) {
        return "<eb:" + end + ">" + element("PartyId", id) + element("Role", role) + "</eb:" + end + ">";
    }

    private static String property(String name, String value) {
        return "<eb:Property name=\"" + escaped(name) + "\">" + escaped(value) + "</eb:Property>";
    }

    private static String element(String name, String text) {
        return "<eb:" + name + ">" + escaped(text) + "</eb:" + name + ">";
    }

    /// A text as it may stand between tags and in an attribute; what XML 1.0 has no way to write becomes
    /// U+FFFD.
    static String escaped(String text) {
        var out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\t' -> out.append("&#9;");
                case '\n' -> out.append("&#10;");
                case '\r' -> out.append("&#13;");
                default -> {
                    boolean isSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
                    out.appendCodePoint(c < ' ' || isSurrogate || c == 0xfffe || c == 0xffff ? 0xfffd : c);
                }
            }
        });
        return out.toString();
    }
}
