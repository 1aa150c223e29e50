package aiguillage.hub.as4;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what stands in `eb:Messaging` (ebMS 3.0 core, 5.2), and the envelope around it.
///
/// What is signed is written in its exclusive canonical form (W3C xml-exc-c14n): namespaces where they are
/// first used, attributes in their order, no empty tags. So it is digested as it stands, and never read again.
final class MessageText {

    static final String MESSAGING_ID = "messaging";
    static final String BODY_ID = "body";

    /// The SOAP body of all that the hub sends.
    static final String BODY = "<S12:Body xmlns:S12=\"" + Names.SOAP + "\" xmlns:wsu=\"" + Names.UTILITY
            + "\" wsu:Id=\"" + BODY_ID + "\"></S12:Body>";

    /// Of an error: what is told of the message that it answers, and of what was wrong with it.
    static final int DETAIL_CHARS_MAX = 1_000;

    private static final String INITIATOR = Names.EBMS + "initiator";
    private static final String RESPONDER = Names.EBMS + "responder";

    private MessageText() {}

    static String messaging(String unit) {
        return "<eb:Messaging xmlns:S12=\"" + Names.SOAP + "\" xmlns:eb=\"" + Names.EBMS + "\" xmlns:wsu=\""
                + Names.UTILITY + "\" wsu:Id=\"" + MESSAGING_ID + "\" S12:mustUnderstand=\"true\">" + unit
                + "</eb:Messaging>";
    }

    /// @param security the `wsse:Security` header, or empty
    /// @param messaging as [#messaging] writes it
    static String envelope(String security, String messaging) {
        return "<S12:Envelope xmlns:S12=\"" + Names.SOAP + "\"><S12:Header>" + security + messaging + "</S12:Header>"
                + BODY + "</S12:Envelope>";
    }

    static String userMessage(Outgoing message) {
        var text = new StringBuilder("<eb:UserMessage");
        if (message.mpc() != null) {
            text.append(" mpc=\"").append(attribute(message.mpc())).append('"');
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
                .append(attribute(message.contentId()))
                .append("\"><eb:PartProperties>")
                .append(property("MimeType", message.contentType()))
                .append(property("CompressionType", "application/gzip"))
                .append("</eb:PartProperties></eb:PartInfo></eb:PayloadInfo></eb:UserMessage>")
                .toString();
    }

    /// @param parts of the message that came, as it signed them
    static String receipt(String id, Instant time, String refTo, List<SignedPart> parts) {
        var text = new StringBuilder("<eb:SignalMessage>")
                .append(info(id, time, refTo))
                .append("<eb:Receipt><ebbp:NonRepudiationInformation xmlns:ebbp=\"" + Names.SIGNALS + "\">");
        parts.forEach(one -> text.append("<ebbp:MessagePartNRInformation>")
                .append(reference(one, " xmlns:ds=\"" + Names.DS + '"'))
                .append("</ebbp:MessagePartNRInformation>"));
        return text.append("</ebbp:NonRepudiationInformation></eb:Receipt></eb:SignalMessage>")
                .toString();
    }

    /// A `ds:Reference`.
    ///
    /// @param namespace its declaration, or empty where it stands further out
    static String reference(SignedPart part, String namespace) {
        String included = part.prefixes().isEmpty()
                ? ""
                : "<ec:InclusiveNamespaces xmlns:ec=\"" + Names.EXCLUSIVE + "\" PrefixList=\""
                        + attribute(part.prefixes()) + "\"></ec:InclusiveNamespaces>";
        return "<ds:Reference" + namespace + " URI=\"" + attribute(part.uri())
                + "\"><ds:Transforms><ds:Transform Algorithm=\""
                + (part.isAttachment() ? Names.ATTACHMENT_SIGNED : Names.EXCLUSIVE) + "\">" + included
                + "</ds:Transform></ds:Transforms><ds:DigestMethod Algorithm=\"" + Names.SHA256
                + "\"></ds:DigestMethod><ds:DigestValue>" + Base64.getEncoder().encodeToString(part.sha256())
                + "</ds:DigestValue></ds:Reference>";
    }

    /// @param mpc null for the default channel
    static String pullRequest(String id, Instant time, @Nullable String mpc) {
        return "<eb:SignalMessage>" + info(id, time, null) + "<eb:PullRequest"
                + (mpc == null ? "" : " mpc=\"" + attribute(mpc) + "\"") + "></eb:PullRequest></eb:SignalMessage>";
    }

    /// @param refTo the message it is about; empty when that could not be told
    /// @param code stands before the `ErrorDetail`, for programs; empty: none
    /// @param detail cut at [#DETAIL_CHARS_MAX]
    static String error(String id, Instant time, String refTo, EbmsError error, String code, String detail) {
        String about = refTo.isEmpty() ? "" : " refToMessageInError=\"" + attribute(refTo) + "\"";
        String cut = text(detail.length() <= DETAIL_CHARS_MAX ? detail : detail.substring(0, DETAIL_CHARS_MAX) + "…");
        return "<eb:SignalMessage>" + info(id, time, refTo.isEmpty() ? null : refTo) + "<eb:Error category=\""
                + error.category() + "\" errorCode=\"" + error.code() + "\" origin=\"ebMS\"" + about
                + " severity=\"" + error.severity() + "\" shortDescription=\"" + error.summary()
                + "\"><eb:Description xml:lang=\"en\">" + cut + "</eb:Description><eb:ErrorDetail>"
                + (code.isEmpty() ? "" : code + ": ") + cut + "</eb:ErrorDetail></eb:Error></eb:SignalMessage>";
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
        return "<eb:Property name=\"" + attribute(name) + "\">" + text(value) + "</eb:Property>";
    }

    private static String element(String name, String text) {
        return "<eb:" + name + ">" + text(text) + "</eb:" + name + ">";
    }

    /// A text between tags; what XML 1.0 has no way to write becomes U+FFFD.
    private static String text(String text) {
        return escaped(text, false);
    }

    /// A text as an attribute's value.
    static String attribute(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean isAttribute) {
        var out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append(isAttribute ? ">" : "&gt;");
                case '"' -> out.append(isAttribute ? "&quot;" : "\"");
                case '\t' -> out.append(isAttribute ? "&#x9;" : "\t");
                case '\n' -> out.append(isAttribute ? "&#xA;" : "\n");
                case '\r' -> out.append("&#xD;");
                default -> {
                    boolean isSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
                    out.appendCodePoint(c < ' ' || isSurrogate || c == 0xfffe || c == 0xffff ? 0xfffd : c);
                }
            }
        });
        return out.toString();
    }
}
