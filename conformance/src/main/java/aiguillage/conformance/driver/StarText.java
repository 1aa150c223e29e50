package aiguillage.conformance.driver;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Messages of STAR's transport (2009) in SOAP 1.1, written and read as text, so that a content's bytes stay as
/// they lie.
final class StarText {

    private static final String TRANSPORT = "http://www.starstandards.org/webservices/2009/transport";
    private static final String BEGIN =
            "<e:Envelope xmlns:e=\"" + StarSignature.SOAP + "\" xmlns:t=\"" + TRANSPORT + "\">";
    private static final String LATIN = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>";
    private static final Pattern ID = Pattern.compile("\\sid=\"([^\"]*)\"");
    private static final Pattern NAME = Pattern.compile("<(?:[^\\s/>:]+:)?([^\\s/>]+)");
    private static final Pattern CODE = Pattern.compile("\\scode=\"([a-z-]+)\"");
    private static final Pattern FAULT = Pattern.compile("<faultstring[^<>]*>([^<]*+)</faultstring>");
    private static final Pattern RECEIPT =
            Pattern.compile("<[^<>]{0,200}receipt contentID=\"[^\"<>]{0,200}\">([^<]*+)</");

    private StarText() {}

    /// What a signature puts into a message.
    ///
    /// @param security the block of the header
    /// @param manifest attributes of the manifest's block, each with a space before it
    /// @param body attributes of the body, in the same way
    record Marks(String security, String manifest, String body) {

        static final Marks NONE = new Marks("", "", "");
    }

    /// A PutMessage of one content, in parts. A declaration of another encoding stands before the message: a
    /// content has none.
    static List<byte[]> put(Offer offer, Marks marks) {
        byte[] content = offer.content();
        boolean isLatin = startsWith(content, LATIN);
        String before = (isLatin ? LATIN : "") + BEGIN
                + "<e:Header>" + marks.security() + "<t:payloadManifest" + marks.manifest()
                + "><t:manifest contentID=\"C1\" namespaceURI=\"" + Offer.NAMESPACE + "\" element=\"" + offer.element()
                + "\"/></t:payloadManifest></e:Header><e:Body" + marks.body()
                + "><t:PutMessage><t:payload><t:content id=\"C1\">";
        return List.of(
                before.getBytes(StandardCharsets.UTF_8),
                isLatin ? Arrays.copyOfRange(content, LATIN.length(), content.length) : content,
                "</t:content></t:payload></t:PutMessage></e:Body></e:Envelope>".getBytes(StandardCharsets.UTF_8));
    }

    private static boolean startsWith(byte[] content, String ascii) {
        byte[] begin = ascii.getBytes(StandardCharsets.US_ASCII);
        return content.length >= begin.length && Arrays.equals(content, 0, begin.length, begin, 0, begin.length);
    }

    /// A PullMessage.
    ///
    /// @param receipt of a content that is had; null: none
    static List<byte[]> pull(@Nullable String receipt, int itemsMax, Marks marks) {
        String filter = receipt == null
                ? ""
                : "<t:filter><t:receiptIDs><t:receiptID>" + receipt + "</t:receiptID></t:receiptIDs></t:filter>";
        String header = marks.security().isEmpty() ? "" : "<e:Header>" + marks.security() + "</e:Header>";
        String message = BEGIN + header + "<e:Body" + marks.body() + "><t:PullMessage maxItems=\"" + itemsMax + "\">"
                + filter + "</t:PullMessage></e:Body></e:Envelope>";
        return List.of(message.getBytes(StandardCharsets.UTF_8));
    }

    /// The receipt in the header of a PutMessageResponse, or null.
    static byte @Nullable [] receipt(String answer) {
        Matcher found = RECEIPT.matcher(answer);
        return found.find() ? unescaped(found.group(1)).getBytes(StandardCharsets.UTF_8) : null;
    }

    /// The problem's code in a fault's detail; a fault without one is about the message.
    static String code(String fault) {
        Matcher found = CODE.matcher(fault);
        return found.find() ? found.group(1) : "bad-request";
    }

    static String sentence(String fault) {
        Matcher found = FAULT.matcher(fault);
        int detail = fault.indexOf("<detail>");
        return (found.find() ? unescaped(found.group(1)) : fault)
                + (detail < 0
                        ? ""
                        : " "
                                + unescaped(fault.substring(detail).replaceAll("<[^<>]*+>", " "))
                                        .strip());
    }

    private static String unescaped(String text) {
        return text.replace("&#10;", "\n")
                .replace("&#13;", "\r")
                .replace("&#9;", "\t")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    /// A content of an answer.
    ///
    /// @param element the name of its document element
    record Content(String id, String element, byte[] bytes) {}

    /// The contents of an answer, by its markup alone: what an attribute, a comment or a section of characters
    /// says is none.
    static List<Content> contents(String answer) {
        List<Content> found = new ArrayList<>();
        int from = -1;
        String id = "";
        int depth = 0;
        int at = answer.indexOf('<');
        while (at >= 0) {
            int end = markupEnd(answer, at);
            String markup = answer.substring(at, end);
            if (!markup.startsWith("<!") && !markup.startsWith("<?")) {
                boolean isEnd = markup.startsWith("</");
                if (from < 0 && !isEnd && name(markup).equals("content")) {
                    Matcher named = ID.matcher(markup);
                    id = named.find() ? named.group(1) : "";
                    from = end;
                    depth = 0;
                } else if (from >= 0 && isEnd && depth == 0) {
                    found.add(content(id, answer.substring(from, at)));
                    from = -1;
                } else if (from >= 0 && !markup.endsWith("/>")) {
                    depth += isEnd ? -1 : 1;
                }
            }
            at = answer.indexOf('<', end);
        }
        return found;
    }

    private static Content content(String id, String text) {
        int root = text.indexOf('<');
        while (root >= 0 && (text.startsWith("<!", root) || text.startsWith("<?", root))) {
            root = text.indexOf('<', markupEnd(text, root));
        }
        String element = root < 0 ? "" : name(text.substring(root, markupEnd(text, root)));
        return new Content(id, element, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(String tag) {
        Matcher name = NAME.matcher(tag);
        return name.lookingAt() ? name.group(1) : "";
    }

    private static int markupEnd(String text, int at) {
        if (text.startsWith("<!--", at)) {
            return behind(text, "-->", at + 4);
        }
        if (text.startsWith("<![CDATA[", at)) {
            return behind(text, "]]>", at);
        }
        if (text.startsWith("<?", at)) {
            return behind(text, "?>", at);
        }
        char quote = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return i + 1;
            }
        }
        throw new DealerDriver.Unintelligible("a tag without end in the answer");
    }

    private static int behind(String text, String end, int from) {
        int found = text.indexOf(end, from);
        if (found < 0) {
            throw new DealerDriver.Unintelligible("no " + end + " in the answer");
        }
        return found + end.length();
    }
}
