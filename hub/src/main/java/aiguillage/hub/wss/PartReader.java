package aiguillage.hub.wss;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.DefaultHandler2;

/// Goes through a message and writes the canonical form of parts of it, in constant memory. For one message.
final class PartReader extends DefaultHandler2 {

    /// Below that nothing is a part.
    private static final int NAMED_DEPTH_MAX = 4;

    private final Parts parts;
    private final Namespaces namespaces = new Namespaces();
    private final List<String> path = new ArrayList<>();
    private @Nullable Canonical canonical;
    private int canonicalDepth;

    PartReader(Parts parts) {
        this.parts = parts;
    }

    /// What becomes of a part.
    ///
    /// @param prefixes written in its canonical form, even where unused
    /// @param to gets it
    record Form(List<String> prefixes, OutputStream to) {}

    /// Says which elements are parts, and is told of them. For one message.
    interface Parts {

        /// An element begins that is within no part.
        ///
        /// @param path the names from the envelope down to it
        /// @return what becomes of it; null: it is none of the parts
        @Nullable
        Form begins(List<String> path, Attributes attributes) throws SAXException;

        /// An element begins within a part.
        void beginsWithin(Attributes attributes) throws SAXException;

        /// A comment stands within a part; its canonical form is without it.
        void commentWithin() throws SAXException;

        /// The part ends.
        void ends() throws SAXException;
    }

    @Override
    public void startPrefixMapping(String prefix, String uri) throws SAXException {
        namespaces.declare(prefix, uri);
    }

    @Override
    public void startElement(String uri, String name, String qName, Attributes attributes) throws SAXException {
        namespaces.begin();
        boolean isNamed = canonical == null && path.size() <= NAMED_DEPTH_MAX;
        path.add(isNamed ? Names.of(uri, name) : "");
        if (canonical == null) {
            Form form = parts.begins(path, attributes);
            if (form != null) {
                canonical = new Canonical(namespaces, form.prefixes(), form.to());
                canonicalDepth = path.size();
            }
        } else {
            parts.beginsWithin(attributes);
        }
        write(to -> to.begin(qName, attributes));
    }

    @FunctionalInterface
    private interface Step {
        void write(Canonical to) throws IOException;
    }

    private void write(Step step) throws SAXException {
        if (canonical != null) {
            try {
                step.write(canonical);
            } catch (IOException e) {
                throw new SAXException(e);
            }
        }
    }

    @Override
    public void characters(char[] text, int start, int length) throws SAXException {
        write(to -> to.text(text, start, length));
    }

    @Override
    public void comment(char[] text, int start, int length) throws SAXException {
        if (canonical != null) {
            parts.commentWithin();
        }
    }

    @Override
    public void processingInstruction(String target, String data) throws SAXException {
        write(to -> to.instruction(target, data));
    }

    @Override
    public void endElement(String uri, String name, String qName) throws SAXException {
        write(to -> to.end(qName));
        if (canonical != null && path.size() == canonicalDepth) {
            canonical = null;
            parts.ends();
        }
        path.removeLast();
        namespaces.end();
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
        throw e;
    }
}
