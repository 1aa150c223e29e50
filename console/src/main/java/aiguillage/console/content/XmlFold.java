package aiguillage.console.content;

import aiguillage.xml.HardenedXml;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Folds XML, with the readers that read what strangers send. Prefixes are left out: names are for people.
final class XmlFold extends DefaultHandler {

    private final Tree tree = new Tree();
    private long chars;

    private XmlFold() {}

    /// All that is shown has been read.
    private static final class Enough extends SAXException {
        private static final long serialVersionUID = 1;
    }

    static Shown read(InputStream content) throws IOException {
        var fold = new XmlFold();
        try {
            HardenedXml.read(content, fold);
            return new Shown.Folded(fold.tree.done(), true, "");
        } catch (Enough enough) {
            return new Shown.Folded(fold.tree.done(), false, "");
        } catch (SAXException e) {
            String why = Optional.ofNullable(e.getMessage()).orElse("");
            return new Shown.Folded(fold.tree.done(), false, why.substring(0, Math.min(why.length(), 300)));
        }
    }

    @Override
    public void startElement(String uri, String name, String qName, Attributes attributes) throws SAXException {
        if (tree.isFull()) {
            throw new Enough();
        }
        var text = new StringBuilder();
        for (int i = 0; i < attributes.getLength() && text.length() < Tree.TEXT_CHARS_MAX; i++) {
            text.append(i == 0 ? "" : " ")
                    .append(attributes.getQName(i))
                    .append("=\"")
                    .append(attributes.getValue(i))
                    .append('"');
        }
        tree.begin(name, text.toString());
    }

    @Override
    public void endElement(String uri, String name, String qName) {
        tree.end();
    }

    @Override
    public void characters(char[] text, int start, int length) throws SAXException {
        chars += length;
        if (tree.isFull() || chars > Shown.BYTES_MAX) {
            throw new Enough();
        }
        tree.text(text, start, length);
    }
}
