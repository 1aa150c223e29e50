package aiguillage.dataset.source;

import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.xml.HardenedXml;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import javax.xml.stream.Location;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// STAR's ShowPartsPriceList, read line by line (`PartsPriceListLine`). No document type, no entity, nothing
/// fetched from anywhere; one line is in memory at a time, and that is bounded.
final class PriceList implements Source {

    private static final String STAR = "http://www.starstandard.org/STAR/5";
    private static final List<String> LIST =
            List.of("ShowPartsPriceList", "ShowPartsPriceListDataArea", "PartsPriceList");
    private static final String HEADER = "PartsPriceListHeader";
    private static final String LINE = "PartsPriceListLine";

    private static final int DEPTH_MAX = 32;
    private static final int ELEMENTS_MAX = 1_000;
    private static final int CHARS_MAX = 64 << 10;
    private static final int ATTRIBUTES_MAX = 32;

    private final Allowance in;
    private final XMLStreamReader xml;
    private final Schema schema;
    private final Layout layout;
    private final List<String> names;
    private final List<ElementPath> paths;
    private final List<String> open = new ArrayList<>();
    private Element header = new Element(HEADER, Map.of());
    private long number = 1;
    private int elements;
    private int chars;

    /// @param in closed with this
    /// @param names the paths to the columns' cells, and behind them the action's in a delta
    /// @throws BadLine when it is no ShowPartsPriceList
    PriceList(InputStream in, List<String> names, Schema schema, @Nullable Actions actions) throws IOException {
        this.in = new Allowance(in, Lines.BYTES_MAX);
        this.schema = schema;
        this.layout = Layout.byPosition(schema, actions, false);
        this.names = names;
        this.paths = names.stream().map(ElementPath::of).toList();
        try {
            this.xml = HardenedXml.events(XmlText.of(this.in));
            while (event() != XMLStreamConstants.START_ELEMENT) {
                // comments and processing instructions may stand before the root
            }
        } catch (XMLStreamException e) {
            throw failed(e);
        }
        if (!STAR.equals(xml.getNamespaceURI()) || !LIST.getFirst().equals(xml.getLocalName())) {
            throw new BadLine(1, "it is no ShowPartsPriceList of " + STAR);
        }
        open.add(LIST.getFirst());
    }

    @Override
    public Layout layout() {
        return layout;
    }

    @Override
    public @Nullable Item next() throws IOException {
        try {
            while (!open.isEmpty()) {
                int event = event();
                if (event == XMLStreamConstants.END_ELEMENT) {
                    open.removeLast();
                } else if (event == XMLStreamConstants.START_ELEMENT) {
                    String name = STAR.equals(xml.getNamespaceURI()) ? xml.getLocalName() : "";
                    boolean inList = open.equals(LIST);
                    if (inList && name.equals(LINE)) {
                        return item(whole());
                    } else if (inList && name.equals(HEADER)) {
                        header = whole();
                    } else {
                        open.add(name);
                        requireDepth(open.size());
                    }
                }
            }
            while (xml.hasNext()) {
                int _ = event(); // what stands behind the root must be well-formed, too
            }
            return null;
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    private int event() throws XMLStreamException, BadLine {
        in.renew(number);
        int event = xml.next();
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new BadLine(number, "the document has a document type or an entity of its own: send it without");
        }
        return event;
    }

    private void requireDepth(int depth) throws BadLine {
        if (depth > DEPTH_MAX) {
            throw new BadLine(number, "elements are nested more than " + DEPTH_MAX + " deep");
        }
    }

    /// The element that begins here. What goes beyond the bounds is passed over; the counts tell.
    private Element whole() throws XMLStreamException, BadLine {
        elements = 0;
        chars = 0;
        Element root = element();
        Deque<Element> inside = new ArrayDeque<>();
        inside.push(root);
        while (!inside.isEmpty()) {
            switch (event()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    Element element = element();
                    if (STAR.equals(xml.getNamespaceURI()) && elements <= ELEMENTS_MAX) {
                        inside.element().children().add(element);
                    }
                    inside.push(element);
                    requireDepth(open.size() + inside.size());
                }
                case XMLStreamConstants.END_ELEMENT -> inside.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    chars += xml.getTextLength();
                    if (chars <= CHARS_MAX) {
                        inside.element()
                                .content()
                                .append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                    }
                }
                default -> {
                    // comments and processing instructions say nothing
                }
            }
        }
        return root;
    }

    private Element element() {
        elements++;
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < Math.min(xml.getAttributeCount(), ATTRIBUTES_MAX); i++) {
            String value = xml.getAttributeValue(i);
            chars += value.length();
            if (chars <= CHARS_MAX) {
                attributes.put(xml.getAttributeLocalName(i), value.strip());
            }
        }
        return new Element(xml.getLocalName(), attributes);
    }

    private Item item(Element line) {
        long row = number++;
        if (elements > ELEMENTS_MAX || chars > CHARS_MAX) {
            String why = "it has more than " + ELEMENTS_MAX + " elements or " + CHARS_MAX + " characters";
            return new Unreadable(row, why, "");
        }
        List<String> cells = new ArrayList<>();
        String fault = null;
        for (int i = 0; i < paths.size(); i++) {
            ElementPath path = paths.get(i);
            List<Element> found = path.beginsWith(HEADER)
                    ? path.from(new Element("", Map.of(), List.of(header), new StringBuilder()))
                    : path.from(line);
            if (found.size() > 1) {
                fault = found.size() + " elements stand where only one can be meant: " + names.get(i);
            } else if (found.isEmpty()) {
                cells.add("");
            } else {
                cells.add(path.in(found.getFirst()));
                fault = i < schema.columns().size() && fault == null
                        ? wrongCurrency(schema.columns().get(i), found.getFirst())
                        : fault;
            }
        }
        String text = String.join(" | ", cells);
        return fault == null ? new Line(row, cells, text) : new Unreadable(row, fault, text);
    }

    /// An amount says in which currency it is, or the list's header does.
    private @Nullable String wrongCurrency(Column column, Element amount) {
        String currency = column.currency();
        String declared = header.children().stream()
                .filter(child -> child.name().equals("DefaultCurrencyCode"))
                .map(Element::text)
                .findFirst()
                .orElse("");
        String found = amount.attributes().getOrDefault("currencyID", declared);
        return currency == null || found.isEmpty() || found.equals(currency)
                ? null
                : "\"" + column.name() + "\" is in \"" + Layout.shown(found) + "\" and must be in " + currency;
    }

    /// What is wrong with the document, without any of its text.
    private IOException failed(XMLStreamException e) {
        Throwable cause = e.getNestedException() == null ? e.getCause() : e.getNestedException();
        Location at = e.getLocation();
        String where = at == null ? "" : " at its line " + at.getLineNumber() + ", character " + at.getColumnNumber();
        return switch (cause) {
            case BadLine bad -> bad;
            case EOFException _ -> ByteLines.cutOff(number);
            case ZipException _ -> ByteLines.cutOff(number);
            case CharacterCodingException _ ->
                new BadLine(
                        number,
                        "the document holds bytes that are no characters in the encoding it says it is in" + where);
            case IOException io -> io;
            case null, default ->
                new BadLine(
                        number,
                        "the document cannot be read on" + where
                                + ": it was cut off, is not well-formed, or has an entity of its own");
        };
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
