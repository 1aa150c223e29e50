package aiguillage.hub.schema;

import aiguillage.xml.XmlInput;
import aiguillage.xml.XmlLimits;
import java.util.ArrayDeque;
import java.util.Optional;
import javax.xml.validation.ValidatorHandler;
import org.xml.sax.Attributes;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Stands between reader and validator: knows the path of every event before the validator judges it, looks for
/// keys, and keeps the limit on text. Owned by one [XmlPass].
final class XmlTee extends DefaultHandler {

    private final Optional<ValidatorHandler> validator;
    private final XmlKeys keys;
    private final ArrayDeque<String> path = new ArrayDeque<>();
    private XmlInput input;
    private Optional<Locator> locator = Optional.empty();
    private long textChars;

    XmlTee(Optional<ValidatorHandler> validator, XmlKeys keys, XmlInput input) {
        this.validator = validator;
        this.keys = keys;
        this.input = input;
    }

    void next(XmlInput next) {
        input = next;
        path.clear();
        textChars = 0;
    }

    /// `/ProcessWarrantyClaim/ApplicationArea`; empty before the root and after it.
    String path() {
        return path.isEmpty() ? "" : "/" + String.join("/", path);
    }

    long line() {
        return locator.map(Locator::getLineNumber).orElse(0);
    }

    long column() {
        return locator.map(Locator::getColumnNumber).orElse(0);
    }

    @Override
    public void setDocumentLocator(Locator of) {
        locator = Optional.of(of);
        validator.ifPresent(v -> v.setDocumentLocator(of));
    }

    @Override
    public void startDocument() throws SAXException {
        keys.startDocument();
        if (validator.isPresent()) {
            validator.get().startDocument();
        }
    }

    @Override
    public void startPrefixMapping(String prefix, String uri) throws SAXException {
        input.event();
        if (validator.isPresent()) {
            validator.get().startPrefixMapping(prefix, uri);
        }
    }

    @Override
    public void startElement(String uri, String localName, String qName, Attributes attributes) throws SAXException {
        input.event();
        textChars = 0;
        path.addLast(localName);
        if (path.size() > XmlLimits.DEPTH_MAX) { // the reader has the same limit; what follows relies on it
            throw new AssertionError("depth " + path.size() + " got past the reader");
        }
        keys.startElement(path.size(), localName, attributes);
        if (validator.isPresent()) {
            validator.get().startElement(uri, localName, qName, attributes);
        }
    }

    @Override
    public void characters(char[] chars, int start, int length) throws SAXException {
        input.event();
        keys.characters(chars, start, length);
        if (validator.isPresent()) {
            textChars += length;
            if (textChars > XmlLimits.TEXT_CHARS_MAX) {
                throw new TextTooLong();
            }
            validator.get().characters(chars, start, length);
        }
    }

    @Override
    public void endElement(String uri, String localName, String qName) throws SAXException {
        input.event();
        textChars = 0;
        keys.endElement();
        if (validator.isPresent()) {
            validator.get().endElement(uri, localName, qName);
        }
        path.removeLast();
    }

    @Override
    public void endPrefixMapping(String prefix) throws SAXException {
        if (validator.isPresent()) {
            validator.get().endPrefixMapping(prefix);
        }
    }

    @Override
    public void processingInstruction(String target, String data) {
        input.event();
    }

    /// A comment went by.
    void comment() {
        input.event();
    }

    @Override
    public void endDocument() throws SAXException {
        if (validator.isPresent()) {
            validator.get().endDocument();
        }
    }

    /// The text of one element exceeds [XmlLimits#TEXT_CHARS_MAX].
    static final class TextTooLong extends SAXException {
        private static final long serialVersionUID = 1;
    }
}
