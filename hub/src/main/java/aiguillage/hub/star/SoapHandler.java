package aiguillage.hub.star;

import aiguillage.hub.star.StarMessage.Area;
import aiguillage.hub.star.StarMessage.Asked;
import aiguillage.hub.star.StarMessage.Content;
import aiguillage.hub.star.StarMessage.Criteria;
import aiguillage.hub.star.StarMessage.Manifest;
import aiguillage.protocol.Rfc3339;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.Locator2;
import org.xml.sax.helpers.DefaultHandler;

/// What stands in a message, element by element. For one message.
final class SoapHandler extends DefaultHandler {

    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
    private static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    private static final String WSSE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static final String NEXT = "http://schemas.xmlsoap.org/soap/actor/next";
    private static final Set<String> ADDRESSING =
            Set.of("http://www.w3.org/2005/08/addressing", "http://schemas.xmlsoap.org/ws/2004/08/addressing");
    private static final int TEXT_CHARS_MAX = 4_096;

    /// Of namespaces that a content uses and the envelope declares: each content gets its own copy of them.
    private static final int INHERITED_CHARS_MAX = 4_096;

    private static final Set<String> AREA =
            Set.of("BODID", "CreationDateTime", "Sender/LogicalID", "Destination/PartyReceiverID");
    private static final Set<String> CRITERIA = Set.of("verb", "noun", "startDateTime", "endDateTime");

    /// Envelope, Body, operation, payload, content: below these is what was sent.
    private static final int CONTENT_DEPTH = 5;

    private final List<String> path = new ArrayList<>();
    private final Map<String, Deque<Declared>> namespaces = new HashMap<>();
    private final Deque<List<String>> declaredBy = new ArrayDeque<>();
    private final List<String> declaring = new ArrayList<>();
    private final List<Manifest> manifest = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final List<String> receipts = new ArrayList<>();
    private final List<Criteria> criteria = new ArrayList<>();
    private final Set<String> contentIds = new HashSet<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable Locator locator;
    private @Nullable Transport transport;
    private @Nullable String operation;
    private @Nullable Integer itemsMax;
    private @Nullable String contentId;
    private @Nullable Part part;
    private Map<String, String> asked = new HashMap<>();
    private Charset charset = StandardCharsets.UTF_8;
    private long elements;
    private @Nullable String to;
    private boolean isInTo;
    private boolean isInSecurity;
    private boolean isSigned;
    private boolean mustBeSecure;

    /// A prefix and where it was declared.
    private record Declared(String uri, int depth) {}

    /// A content as far as the reader knows it.
    static final class Part {
        private final long number;
        private final String id;
        private final String namespace;
        private final String element;
        private final SortedMap<String, String> missing = new TreeMap<>();
        private final Map<String, String> area = new HashMap<>();
        private int missingChars;

        Part(long number, String id, String namespace, String element) {
            this.number = number;
            this.id = id;
            this.namespace = namespace;
            this.element = element;
        }

        long number() {
            return number;
        }
    }

    /// Nothing more is read.
    static final class Stopped extends SAXException {
        private static final long serialVersionUID = 1;
        private final Fault fault;

        Stopped(Fault fault) {
            super(fault.text());
            this.fault = fault;
        }

        Fault fault() {
            return fault;
        }
    }

    private static Stopped stopped(Fault.Code code, String message) {
        return new Stopped(new Fault(code, message));
    }

    List<Part> parts() {
        return parts;
    }

    /// Where the reader is.
    String place() {
        return locator == null
                ? "at its beginning"
                : "at line " + locator.getLineNumber() + ", column " + locator.getColumnNumber();
    }

    /// What was read.
    ///
    /// @param places of the parts, in their order
    StarMessage message(List<Markup.Place> places) throws Fault {
        if (transport == null || operation == null) {
            throw new Fault(Fault.Code.CLIENT, "The body of the message asks nothing.");
        }
        if (mustBeSecure && !isSigned) {
            throw new Fault(
                    Fault.Code.MUST_UNDERSTAND,
                    "The header {" + WSSE + "}Security must be understood, and of it signatures alone are.");
        }
        var contents = new ArrayList<Content>();
        for (int i = 0; i < parts.size(); i++) {
            Part one = parts.get(i);
            Markup.Place at = places.get(i);
            contents.add(new Content(
                    one.id, one.namespace, one.element, area(one.area), at.begin(), at.end(), one.missing, charset));
        }
        Asked what = switch (operation) {
            case "PutMessage" -> new Asked.Put(contents);
            case "ProcessMessage" -> new Asked.PutAndAnswer(contents);
            default -> new Asked.Pull(itemsMax, receipts, criteria);
        };
        return new StarMessage(transport, manifest, what, to, isSigned);
    }

    private static Area area(Map<String, String> said) {
        return new Area(
                said.get("BODID"),
                instant(said.get("CreationDateTime")),
                said.get("Sender/LogicalID"),
                said.get("Destination/PartyReceiverID"),
                said.get("answers"));
    }

    /// A time without a zone is one of UTC.
    private static @Nullable Instant bound(@Nullable String text) throws Stopped {
        if (text == null || text.isEmpty()) {
            return null;
        }
        Instant bound = instant(text);
        bound = bound == null ? instant(text + "Z") : bound;
        if (bound == null) {
            throw stopped(Fault.Code.CLIENT, "A time of the criteria is none: write it as in 2026-03-18T00:00:00Z.");
        }
        return bound;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Rfc3339.instant(text);
        } catch (DateTimeException notOne) {
            return null; // without a time zone it is no instant; the hub's own is then told
        }
    }

    @Override
    public void setDocumentLocator(Locator of) {
        locator = of;
    }

    @Override
    public void startPrefixMapping(String prefix, String uri) {
        declaring.add(prefix);
        namespaces.computeIfAbsent(prefix, _ -> new ArrayDeque<>()).push(new Declared(uri, path.size()));
    }

    @Override
    public void startElement(String uri, String name, String qName, Attributes attributes) throws SAXException {
        declaredBy.push(List.copyOf(declaring));
        declaring.clear();
        int depth = path.size();
        if (depth == 0) {
            requirePlain();
        }
        if (depth < CONTENT_DEPTH) {
            frame(depth, uri, name, attributes);
        } else if ("PullMessage".equals(operation)) {
            requireHeeded(attributes);
        } else if ("Body".equals(ancestor(1)) && isContents()) {
            inContent(depth, uri, name, qName, attributes);
        }
        path.add(isFrame(depth, uri) ? name : "");
        elements++;
        text.setLength(0);
    }

    /// A filter that counted for nothing would give more than was asked for.
    private static void requireHeeded(Attributes attributes) throws Stopped {
        for (int i = 0; i < attributes.getLength(); i++) {
            if (attributes.getLocalName(i).equals("operation")
                    && !"or".equals(attributes.getValue(i))
                    && !"and".equals(attributes.getValue(i))) {
                throw stopped(Fault.Code.CLIENT, "Criteria with the operation `not` are not heeded here: ask without.");
            }
        }
    }

    private void requirePlain() throws Stopped {
        charset = charset(locator)
                .orElseThrow(
                        () -> stopped(
                                Fault.Code.CLIENT,
                                "The message is not XML 1.0 in UTF-8 or ISO-8859-1. Send it so, as its XML declaration then says too."));
    }

    /// Whether a document is XML 1.0 in UTF-8, as far as it was read: only then may its bytes stand within a
    /// message of the hub's.
    static boolean isPlain(@Nullable Locator locator) {
        return charset(locator).filter(StandardCharsets.UTF_8::equals).isPresent();
    }

    /// The encoding of a document of XML 1.0, as far as it was read, if it is one in which markup has the bytes
    /// that [Markup] takes it for.
    private static Optional<Charset> charset(@Nullable Locator locator) {
        if (!(locator instanceof Locator2 known) || known.getEncoding() == null) {
            return Optional.empty(); // read as characters, as UTF-16 is
        }
        if (known.getXMLVersion() != null && !known.getXMLVersion().equals("1.0")) {
            return Optional.empty();
        }
        return switch (known.getEncoding().toUpperCase(Locale.ROOT)) {
            case "UTF-8", "US-ASCII" -> Optional.of(StandardCharsets.UTF_8);
            case "ISO-8859-1" -> Optional.of(StandardCharsets.ISO_8859_1);
            default -> Optional.empty();
        };
    }

    /// Around contents, names count in the namespaces of SOAP and of the transport alone.
    private static boolean isFrame(int depth, String uri) {
        return depth >= CONTENT_DEPTH
                || (depth <= 1 ? uri.equals(SOAP) : Transport.of(uri).isPresent());
    }

    private @Nullable String ancestor(int depth) {
        return depth >= 0 && depth < path.size() ? path.get(depth) : null;
    }

    private boolean isContents() {
        return operation != null && !operation.equals("PullMessage") && "content".equals(ancestor(CONTENT_DEPTH - 1));
    }

    /// The envelope and what is around contents.
    private void frame(int depth, String uri, String name, Attributes attributes) throws Stopped {
        switch (depth) {
            case 0 -> {
                if (!name.equals("Envelope") || !uri.equals(SOAP)) {
                    throw stopped(
                            name.equals("Envelope") ? Fault.Code.VERSION_MISMATCH : Fault.Code.CLIENT,
                            "The message is no SOAP 1.1 envelope: its first element is {" + uri + "}" + name + ".");
                }
            }
            case 2 -> {
                if ("Header".equals(ancestor(1))) {
                    header(uri, name, attributes);
                } else if ("Body".equals(ancestor(1))) {
                    body(uri, name, attributes);
                }
            }
            case 3 -> {
                if (name.equals("manifest") && "payloadManifest".equals(ancestor(2))) {
                    manifest(attributes);
                } else if (isInSecurity && name.equals("Signature") && uri.equals(DS)) {
                    isSigned = true;
                }
            }
            case 4 -> {
                if (name.equals("content") && "payload".equals(ancestor(3))) {
                    content(attributes);
                }
            }
            default -> {}
        }
    }

    private void header(String uri, String name, Attributes attributes) throws Stopped {
        boolean isOurs = name.equals("payloadManifest") && Transport.of(uri).isPresent();
        String must = attributes.getValue(SOAP, "mustUnderstand");
        String actor = attributes.getValue(SOAP, "actor");
        boolean isForUs = actor == null || actor.equals(NEXT);
        boolean isMust = "1".equals(must) || "true".equals(must);
        if (name.equals("Security") && uri.equals(WSSE)) {
            isInSecurity = true;
            mustBeSecure |= isForUs && isMust;
        } else if (name.equals("To") && ADDRESSING.contains(uri) && isForUs) {
            if (to != null) {
                throw stopped(Fault.Code.CLIENT, "The message has more than one header To.");
            }
            isInTo = true;
        } else if (isForUs && !isOurs && isMust) {
            throw stopped(
                    Fault.Code.MUST_UNDERSTAND,
                    "The header {" + uri + "}" + name + " must be understood, and is not known here.");
        }
    }

    private void body(String uri, String name, Attributes attributes) throws Stopped {
        transport = Transport.of(uri)
                .orElseThrow(() -> stopped(
                        Fault.Code.CLIENT,
                        "{" + uri + "}" + name + " is of no STAR transport known here: 2005/10 and 2009 are."));
        if (operation != null) {
            throw stopped(Fault.Code.CLIENT, "The body of the message has more than one element.");
        }
        switch (name) {
            case "PutMessage", "ProcessMessage" -> {}
            case "PullMessage" -> {
                itemsMax = number(attributes.getValue("maxItems"));
                Integer first = number(attributes.getValue("recordSetStartNumber"));
                if (first != null && first > 1) {
                    throw stopped(
                            Fault.Code.CLIENT,
                            "recordSetStartNumber is not heeded here: what was pulled is acknowledged by receipt.");
                }
            }
            default ->
                throw stopped(
                        Fault.Code.CLIENT, name + " is no operation: PutMessage, ProcessMessage and PullMessage are.");
        }
        operation = name;
    }

    private static @Nullable Integer number(@Nullable String text) throws Stopped {
        try {
            return text == null ? null : Math.max(0, Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            throw stopped(Fault.Code.CLIENT, "maxItems is no whole number.");
        }
    }

    private void manifest(Attributes attributes) throws Stopped {
        String id = attributes.getValue("contentID");
        String namespace = attributes.getValue("namespaceURI");
        String element = attributes.getValue("element");
        if (id == null || namespace == null || element == null || manifest.size() == SoapReader.CONTENTS_MAX) {
            throw stopped(
                    Fault.Code.CLIENT,
                    "A manifest has contentID, namespaceURI and element, and there are at most "
                            + SoapReader.CONTENTS_MAX + ".");
        }
        manifest.add(new Manifest(id, namespace, element, attributes.getValue("relatedID")));
    }

    private void content(Attributes attributes) throws Stopped {
        String id = attributes.getValue("id");
        if (id == null || id.isBlank() || !contentIds.add(id)) {
            throw stopped(Fault.Code.CLIENT, "Each content has an id of its own: " + place() + ".");
        }
        if (contentIds.size() > SoapReader.CONTENTS_MAX) {
            throw stopped(
                    Fault.Code.CLIENT, "A message has at most " + SoapReader.CONTENTS_MAX + " contents: send several.");
        }
        contentId = id;
    }

    private void inContent(int depth, String uri, String name, String qName, Attributes attributes) throws Stopped {
        String id = contentId;
        if (depth == CONTENT_DEPTH) {
            if (id == null) {
                throw stopped(Fault.Code.CLIENT, "A content has exactly one element: " + place() + ".");
            }
            part = new Part(elements, id, uri, name);
            parts.add(part);
            contentId = null;
        }
        uses(prefix(qName), true);
        for (int i = 0; i < attributes.getLength(); i++) {
            uses(prefix(attributes.getQName(i)), false);
            if (attributes.getURI(i).equals(XSI) && attributes.getLocalName(i).equals("type")) {
                uses(prefix(attributes.getValue(i).strip()), true);
            }
        }
    }

    private static String prefix(String qName) {
        int colon = qName.indexOf(':');
        return colon < 0 ? "" : qName.substring(0, colon);
    }

    /// A prefix that the content uses and the envelope declares is missing where the content stands alone.
    private void uses(String prefix, boolean isElement) throws Stopped {
        Deque<Declared> declared = namespaces.get(prefix);
        Declared in = declared == null || (prefix.isEmpty() && !isElement) ? null : declared.peek();
        if (in != null
                && part != null
                && in.depth() < CONTENT_DEPTH
                && !in.uri().isEmpty()) {
            if (part.missing.put(prefix, in.uri()) == null) {
                part.missingChars += prefix.length() + in.uri().length();
            }
            if (part.missingChars > INHERITED_CHARS_MAX) {
                throw stopped(
                        Fault.Code.CLIENT,
                        "Content " + part.id + " uses namespaces of the envelope with more than " + INHERITED_CHARS_MAX
                                + " characters. Declare them in the content.");
            }
        }
    }

    @Override
    public void characters(char[] characters, int start, int length) {
        if (text.length() < TEXT_CHARS_MAX) {
            text.append(characters, start, Math.min(length, TEXT_CHARS_MAX - text.length()));
        }
    }

    @Override
    public void endElement(String uri, String name, String qName) throws SAXException {
        int depth = path.size() - 1;
        path.removeLast();
        isInSecurity &= depth > 2;
        if (isInTo && depth == 2) {
            to = text.toString().strip();
            isInTo = false;
        }
        for (String prefix : declaredBy.pop()) {
            Deque<Declared> declared = namespaces.get(prefix);
            if (declared != null) {
                declared.pop();
                namespaces.computeIfPresent(prefix, (_, left) -> left.isEmpty() ? null : left);
            }
        }
        if (part != null && depth > CONTENT_DEPTH) {
            said(part, depth, name);
        } else if (depth == CONTENT_DEPTH && isContents()) {
            part = null;
        } else if ("PullMessage".equals(operation)) {
            pulled(depth, name);
        }
        if (depth == CONTENT_DEPTH - 1 && contentId != null) {
            throw stopped(Fault.Code.CLIENT, "A content has exactly one element: " + contentId + " has none.");
        }
    }

    /// Text of an application area: directly below the BOD, or of what it answers.
    private void said(Part of, int depth, String name) {
        String parent = ancestor(depth - 1);
        if (depth == CONTENT_DEPTH + 2 && "ApplicationArea".equals(parent)) {
            said(of, name);
        } else if (depth == CONTENT_DEPTH + 3 && "ApplicationArea".equals(ancestor(CONTENT_DEPTH + 1))) {
            said(of, parent + "/" + name);
        } else if (name.equals("BODID") && "OriginalApplicationArea".equals(parent)) {
            of.area.putIfAbsent("answers", text.toString().strip());
        }
    }

    private void said(Part of, String name) {
        if (AREA.contains(name)) {
            of.area.putIfAbsent(name, text.toString().strip());
        }
    }

    private void pulled(int depth, String name) throws Stopped {
        if (name.equals("receiptID") && "receiptIDs".equals(ancestor(depth - 1))) {
            if (receipts.size() == SoapReader.RECEIPTS_MAX) {
                throw stopped(
                        Fault.Code.CLIENT,
                        "A message has at most " + SoapReader.RECEIPTS_MAX + " receipts: send several.");
            }
            receipts.add(text.toString().strip());
        } else if ("criteria".equals(ancestor(depth - 1))) {
            if (CRITERIA.contains(name)) {
                asked.put(name, text.toString().strip());
            }
        } else if (name.equals("criteria")) {
            if (criteria.size() == SoapReader.CONTENTS_MAX) {
                throw stopped(
                        Fault.Code.CLIENT,
                        "A message has at most " + SoapReader.CONTENTS_MAX + " criteria: ask again.");
            }
            criteria.add(new Criteria(
                    asked.get("verb"),
                    asked.get("noun"),
                    bound(asked.get("startDateTime")),
                    bound(asked.get("endDateTime"))));
            asked = new HashMap<>();
        }
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
        throw e;
    }

    /// Namespaces written into the begin tag of a content that stands alone.
    static byte[] declarations(SortedMap<String, String> missing, Charset charset) {
        var written = new StringBuilder();
        missing.forEach((prefix, uri) -> {
            written.append(prefix.isEmpty() ? " xmlns" : " xmlns:" + prefix).append("=\"");
            uri.codePoints().forEach(c -> {
                if (c < 0x80 && c != '&' && c != '<' && c != '"') {
                    written.append((char) c);
                } else {
                    written.append("&#").append(c).append(';'); // the encoding may not have it
                }
            });
            written.append('"');
        });
        return written.toString().getBytes(charset);
    }
}
