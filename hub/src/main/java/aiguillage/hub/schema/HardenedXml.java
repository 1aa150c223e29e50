package aiguillage.hub.schema;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerConfigurationException;
import javax.xml.transform.TransformerFactory;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;
import org.xml.sax.helpers.XMLFilterImpl;

/// Readers and writers of XML from strangers: no document type, no entity, nothing fetched from anywhere, and the
/// bounds of [XmlLimits]. Everything that reads XML takes its reader from here.
///
/// Each call makes a new one; what it makes is for one thread.
public final class HardenedXml {

    private static final String SECURE = XMLConstants.FEATURE_SECURE_PROCESSING;
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    private static final Map<String, String> BOUNDS = Map.of(
            XMLConstants.ACCESS_EXTERNAL_DTD,
            "",
            XMLConstants.ACCESS_EXTERNAL_SCHEMA,
            "",
            "jdk.xml.maxElementDepth",
            Integer.toString(XmlLimits.DEPTH_MAX),
            "jdk.xml.elementAttributeLimit",
            Integer.toString(XmlLimits.ATTRIBUTES_MAX),
            "jdk.xml.maxXMLNameLimit",
            Integer.toString(XmlLimits.NAME_CHARS_MAX));

    private HardenedXml() {}

    /// Reads a document as a stream of events. Its error handler is not set.
    public static XMLReader reader() {
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature(SECURE, true);
            factory.setFeature(NO_DOCTYPE, true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            XMLReader reader = factory.newSAXParser().getXMLReader();
            for (Map.Entry<String, String> bound : BOUNDS.entrySet()) {
                reader.setProperty(bound.getKey(), bound.getValue());
            }
            reader.setEntityResolver((_, systemId) -> {
                throw new SAXException("nothing is fetched for a payload, not even " + systemId);
            });
            return reader;
        } catch (SAXException | ParserConfigurationException e) {
            throw lacking(e);
        }
    }

    /// Reads a document to its end, in constant memory, and tells a handler what is there.
    ///
    /// @param document not closed
    /// @throws SAXException when it is not well-formed, or beyond the bounds, or the handler wants no more of it
    /// @throws IOException when it cannot be read
    public static void read(InputStream document, DefaultHandler handler) throws IOException, SAXException {
        var input = new XmlInput(document);
        var counted = new XMLFilterImpl(reader()) {
            @Override
            public void startElement(String uri, String name, String qName, Attributes attributes) throws SAXException {
                input.event();
                super.startElement(uri, name, qName, attributes);
            }

            @Override
            public void characters(char[] text, int start, int length) throws SAXException {
                input.event();
                super.characters(text, start, length);
            }
        };
        counted.setProperty(XmlSentences.LOCALE_PROPERTY, XmlSentences.LOCALE);
        counted.setContentHandler(handler);
        counted.setErrorHandler(handler);
        try {
            counted.parse(input.source());
        } catch (CharConversionException | CharacterCodingException | UnsupportedEncodingException e) {
            throw new SAXException("its bytes are not those of its encoding", e);
        } catch (XmlInput.MarkupTooLong e) {
            throw new SAXException("a tag, comment or section is longer than " + XmlLimits.MARKUP_BYTES_MAX + " bytes");
        }
    }

    /// Reads a whole document into memory; faults are thrown, not printed. For documents whose size is bounded
    /// before they come here.
    public static DocumentBuilder tree() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(SECURE, true);
            factory.setFeature(NO_DOCTYPE, true);
            factory.setExpandEntityReferences(false);
            BOUNDS.forEach(factory::setAttribute);
            DocumentBuilder reader = factory.newDocumentBuilder();
            reader.setErrorHandler(null);
            return reader;
        } catch (ParserConfigurationException e) {
            throw lacking(e);
        }
    }

    /// Writes elements of a tree as they are, without an XML declaration.
    public static Transformer writer() {
        try {
            TransformerFactory factory = TransformerFactory.newDefaultInstance();
            factory.setFeature(SECURE, true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_STYLESHEET, "");
            Transformer writer = factory.newTransformer();
            writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            return writer;
        } catch (TransformerConfigurationException e) {
            throw lacking(e);
        }
    }

    static AssertionError lacking(Exception e) {
        return new AssertionError("this Java platform lacks a protection that XML needs", e);
    }
}
