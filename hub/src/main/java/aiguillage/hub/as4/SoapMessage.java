package aiguillage.hub.as4;

import aiguillage.xml.HardenedXml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.ext.DefaultHandler2;

/// The SOAP part of a message: where everything stands in it. Nothing of it is proven yet.
///
/// @param messaging the one `eb:Messaging` of the header
/// @param security the one `wsse:Security` of the header, or null
/// It has few nodes, however many there is room for in its bytes: a tree of empty elements is forty times as
/// large as its text.
///
/// @param byId the elements with a `wsu:Id`, each id once
public record SoapMessage(
        Element messaging, Element body, @Nullable Element security, Map<String, Element> byId) {

    /// Elements, attributes and whatever else becomes a node, text beside them not counted. What the profiles
    /// use, with as much of everything as is taken, has less than half.
    static final int NODES_MAX = 4_000;

    /// What a node holds beside its text.
    public static final int NODE_BYTES = 256;

    /// What the tree of so many nodes holds beside their texts.
    public static final int TREE_BYTES_MAX = NODES_MAX * NODE_BYTES;

    /// Reads it.
    ///
    /// @param xml at most [Mime#ROOT_BYTES_MAX] bytes
    /// @throws As4Fault when it is no message of AS4
    public static SoapMessage read(byte[] xml) throws As4Fault {
        Element envelope = document(xml).getDocumentElement();
        if (!Names.is(envelope, Names.SOAP, "Envelope")) {
            throw new As4Fault(
                    EbmsError.INVALID_HEADER, "The message is no SOAP 1.2 envelope (AS4 1.0, 2.1: SOAP 1.2).");
        }
        Element header = Nodes.one(envelope, Names.SOAP, "Header");
        Element body = Nodes.one(envelope, Names.SOAP, "Body");
        Element messaging = Nodes.one(header, Names.EBMS, "Messaging");
        for (Element block : Nodes.children(header)) {
            requireUnderstood(block);
        }
        Map<String, Element> byId = new HashMap<>();
        collectIds(envelope, byId);
        return new SoapMessage(messaging, body, Nodes.oneOrNone(header, Names.SECURITY, "Security"), byId);
    }

    private static Document document(byte[] xml) throws As4Fault {
        try {
            requireFewNodes(xml);
            return HardenedXml.tree().parse(new ByteArrayInputStream(xml));
        } catch (SAXException | IOException e) {
            throw new As4Fault(
                    EbmsError.INVALID_HEADER, "The message is not XML as it is read here: " + e.getMessage());
        }
    }

    /// Counts them before there is a tree.
    private static void requireFewNodes(byte[] xml) throws SAXException, IOException {
        var counting = new DefaultHandler2() {

            private int nodes;

            private void count(int more) throws SAXException {
                nodes += more;
                if (nodes > NODES_MAX) {
                    throw new SAXException("it has more than " + NODES_MAX + " elements and attributes");
                }
            }

            @Override
            public void startPrefixMapping(String prefix, String uri) throws SAXException {
                count(1);
            }

            @Override
            public void startElement(String uri, String name, String qName, Attributes attributes) throws SAXException {
                count(1 + attributes.getLength());
            }

            @Override
            public void processingInstruction(String target, String data) throws SAXException {
                count(1);
            }

            @Override
            public void comment(char[] text, int start, int length) throws SAXException {
                count(1);
            }

            @Override
            public void startCDATA() throws SAXException {
                count(1);
            }
        };
        XMLReader reader = HardenedXml.reader(counting);
        reader.setContentHandler(counting);
        reader.setErrorHandler(counting);
        reader.parse(new InputSource(new ByteArrayInputStream(xml)));
    }

    /// SOAP 1.2, part 1, 5.2.3: a header that must be understood and is not ends the message.
    private static void requireUnderstood(Element block) throws As4Fault {
        String must = block.getAttributeNS(Names.SOAP, "mustUnderstand").strip();
        boolean isKnown = Names.is(block, Names.EBMS, "Messaging") || Names.is(block, Names.SECURITY, "Security");
        if (!isKnown && (must.equals("true") || must.equals("1"))) {
            throw new As4Fault(
                    EbmsError.INVALID_HEADER,
                    "The header " + block.getLocalName() + " must be understood, and is not: leave it out.");
        }
    }

    private static void collectIds(Element element, Map<String, Element> byId) throws As4Fault {
        String id = element.getAttributeNS(Names.UTILITY, "Id");
        if (!id.isEmpty() && byId.put(id, element) != null) {
            throw new As4Fault(EbmsError.INVALID_HEADER, "Two elements have the wsu:Id " + id + ".");
        }
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                collectIds(child, byId);
            }
        }
    }

    /// What it says.
    ///
    /// @throws As4Fault when that cannot be understood
    public As4Message said() throws As4Fault {
        return Header.read(messaging);
    }

    /// The id by which an error names this message, as far as it can be told, cut at 255 characters; empty
    /// otherwise.
    public String nameForErrors() {
        List<Element> units = Nodes.children(messaging);
        if (units.isEmpty()) {
            return "";
        }
        return Nodes.children(units.getFirst(), Names.EBMS, "MessageInfo").stream()
                .flatMap(info -> Nodes.children(info, Names.EBMS, "MessageId").stream())
                .map(Nodes::text)
                .findFirst()
                .map(id -> id.substring(0, Math.min(id.length(), Header.ID_CHARS_MAX)))
                .orElse("");
    }

    /// Whether the SOAP body has anything in it.
    public boolean hasBody() {
        return !Nodes.children(body).isEmpty() || !Nodes.text(body).isEmpty();
    }
}
