package aiguillage.xml;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Source;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerConfigurationException;
import javax.xml.transform.TransformerFactory;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.ValidatorHandler;
import org.w3c.dom.ls.LSResourceResolver;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.ext.LexicalHandler;
import org.xml.sax.helpers.DefaultHandler;
import org.xml.sax.helpers.XMLFilterImpl;

/// Readers and writers of XML from strangers: no document type, no entity, nothing fetched from anywhere, and
/// the bounds of [XmlLimits]. Everything that reads XML takes its reader from here.
///
/// Each call makes a new one; what it makes is for one thread.
public final class HardenedXml {

    private static final String SECURE = XMLConstants.FEATURE_SECURE_PROCESSING;
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    private static final Map<String, String> NOTHING_OUTSIDE =
            Map.of(XMLConstants.ACCESS_EXTERNAL_DTD, "", XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");

    /// The platform counts `&amp;` and `&#233;` as entities, too, and has limits for these that large documents
    /// of many such references reach. None can be declared here, so their sizes need no limit.
    private static final Map<String, String> BOUNDS = Map.of(
            "jdk.xml.maxGeneralEntitySizeLimit",
            "0",
            "jdk.xml.totalEntitySizeLimit",
            "0",
            "jdk.xml.maxElementDepth",
            Integer.toString(XmlLimits.DEPTH_MAX),
            "jdk.xml.elementAttributeLimit",
            Integer.toString(XmlLimits.ATTRIBUTES_MAX),
            "jdk.xml.maxXMLNameLimit",
            Integer.toString(XmlLimits.NAME_CHARS_MAX));

    private static final String LOCALE_PROPERTY = "http://apache.org/xml/properties/locale";

    /// Xerces speaks English here, whatever the machine's language. `Locale.ENGLISH` would not do: it has no
    /// bundle of that name, and falls back to the machine's before it takes the one without name, which is
    /// English.
    private static final Locale LOCALE = Locale.ROOT;

    private HardenedXml() {}

    /// Reads a document as a stream of events. Its error handler is not set.
    public static XMLReader reader() {
        try {
            XMLReader reader =
                    SAXParserFactory.newDefaultNSInstance().newSAXParser().getXMLReader();
            // Set on the reader: with each that is set on the factory, that makes a reader to see whether it takes it.
            reader.setFeature(SECURE, true);
            reader.setFeature(NO_DOCTYPE, true);
            reader.setFeature("http://xml.org/sax/features/external-general-entities", false);
            reader.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            reader.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            for (Map<String, String> properties : List.of(NOTHING_OUTSIDE, BOUNDS)) {
                for (Map.Entry<String, String> property : properties.entrySet()) {
                    reader.setProperty(property.getKey(), property.getValue());
                }
            }
            reader.setProperty(LOCALE_PROPERTY, LOCALE);
            reader.setEntityResolver((_, systemId) -> {
                throw new SAXException("nothing is fetched for a document, not even " + systemId);
            });
            return reader;
        } catch (SAXException | ParserConfigurationException e) {
            throw lacking(e);
        }
    }

    /// The same, and it tells of comments and CDATA sections, too.
    public static XMLReader reader(LexicalHandler lexical) {
        XMLReader reader = reader();
        try {
            reader.setProperty("http://xml.org/sax/properties/lexical-handler", lexical);
        } catch (SAXException e) {
            throw lacking(e);
        }
        return reader;
    }

    /// Reads a document to its end, in constant memory, and tells a handler what is there.
    ///
    /// @param document not closed
    /// @param handler told of comments and CDATA sections, too, if it is a [LexicalHandler]
    /// @throws SAXException when it is not well-formed, or beyond the bounds, or the handler wants no more
    ///     of it
    /// @throws IOException when it cannot be read
    public static void read(InputStream document, DefaultHandler handler) throws IOException, SAXException {
        var input = new XmlInput(document);
        var counted = new XMLFilterImpl(handler instanceof LexicalHandler all ? reader(all) : reader()) {
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
            NOTHING_OUTSIDE.forEach(factory::setAttribute);
            BOUNDS.forEach(factory::setAttribute);
            DocumentBuilder reader = factory.newDocumentBuilder();
            reader.setErrorHandler(null);
            return reader;
        } catch (ParserConfigurationException e) {
            throw lacking(e);
        }
    }

    /// Reads a document as its reader asks for it, event after event, in constant memory but for what lies
    /// within one tag, comment or entity. A document type or an entity comes as an event that its reader
    /// refuses.
    ///
    /// @throws XMLStreamException when it does not begin as XML does
    public static XMLStreamReader events(Reader document) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        BOUNDS.forEach(factory::setProperty);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false); // else a text is held whole, however long
        factory.setXMLResolver((_, systemId, _, _) -> {
            throw new XMLStreamException("nothing is fetched for a document, not even " + systemId);
        });
        return factory.createXMLStreamReader(document);
    }

    /// Compiles a schema. Schemas are the operator's own, and refer to each other: the resolver decides to
    /// what.
    ///
    /// @throws SAXException when it is not correct; what the resolver throws comes as it is
    public static Schema schema(Source document, LSResourceResolver resolver) throws SAXException {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        factory.setFeature(SECURE, true);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        // The resolver has already decided when this second lock is reached.
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
        factory.setProperty(LOCALE_PROPERTY, LOCALE);
        factory.setResourceResolver(resolver);
        return factory.newSchema(document);
    }

    /// Judges the events of a reader by a schema; fetches nothing. Its error handler is not set.
    public static ValidatorHandler validator(Schema schema) {
        try {
            ValidatorHandler validator = schema.newValidatorHandler();
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            validator.setProperty(LOCALE_PROPERTY, LOCALE);
            return validator;
        } catch (SAXException e) {
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

    private static AssertionError lacking(Exception e) {
        return new AssertionError("this Java platform lacks a protection that XML needs", e);
    }
}
