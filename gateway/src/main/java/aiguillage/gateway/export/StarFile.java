package aiguillage.gateway.export;

import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/// A ShowPartsPriceList being written. A price list of STAR says in its header when all of its lines hold, so rows
/// that follow each other and hold from and to the same days share a `PartsPriceList`; where the days change, the
/// next one begins. Nothing but the row at hand is in memory.
final class StarFile implements Form.Rows {

    private static final String NAMESPACE = "http://www.starstandard.org/STAR/5";
    private static final String RELEASE = "5.5.4";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssZZZZZ");
    private static final int BUFFER_BYTES = 64 << 10;

    private final OutputStream out;
    private final XMLStreamWriter xml;
    private final Schema schema;
    private final StarPaths paths;
    private final Form.Title title;
    private final Map<String, String> currencies = new HashMap<>();
    private final String currency;
    private boolean isListOpen;
    private @Nullable String start;
    private @Nullable String end;

    /// @throws IllegalArgumentException when rows of this schema cannot be written so
    StarFile(OutputStream file, Star form, Schema schema, Form.Title title) throws IOException {
        this.out = new BufferedOutputStream(file, BUFFER_BYTES);
        this.schema = schema;
        this.title = title;
        this.paths = paths(form, schema);
        for (Column column : schema.columns()) {
            if (column.currency() != null) {
                currencies.put(column.name(), column.currency());
            }
        }
        this.currency = schema.columns().stream()
                .map(Column::currency)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "no column has a currency, and STAR's price list asks for one: it is declared in the flows file"));
        requireCurrencies(paths.line());
        try {
            xml = XMLOutputFactory.newDefaultFactory()
                    .createXMLStreamWriter(out, form.charset().name());
            xml.setDefaultNamespace(NAMESPACE);
            begin(form);
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    private static StarPaths paths(Star form, Schema schema) {
        Map<String, String> names = new HashMap<>(form.names());
        if (schema.from() != null) {
            names.putIfAbsent(schema.from(), StarPaths.START);
        }
        if (schema.to() != null) {
            names.putIfAbsent(schema.to(), StarPaths.END);
        }
        List<String> columns = schema.columns().stream().map(Column::name).toList();
        var missing = new TreeSet<>(columns);
        missing.removeAll(names.keySet());
        var unknown = new TreeSet<>(names.keySet());
        unknown.removeAll(columns);
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalArgumentException("`names` lacks " + missing + " and has " + unknown
                    + ": it must say for each column of the list where it stands, for these: " + columns);
        }
        var paths = new StarPaths(columns, names, form.action());
        for (int day : List.of(paths.start(), paths.end())) {
            if (day >= 0 && !(schema.columns().get(day).type() instanceof Type.Date)) {
                throw new IllegalArgumentException(
                        "\"" + columns.get(day) + "\" cannot stand in " + StarPaths.PERIOD + ": it has no days");
            }
        }
        return paths;
    }

    /// An amount without its currency is refused by STAR's schema, and would be taken for another.
    private void requireCurrencies(StarPaths.Node node) {
        if (isAmount(node) && currency(node) == null) {
            Column column = schema.columns().get(node.text());
            throw new IllegalArgumentException("\"" + column.name() + "\" has no currency: write its path with one, as "
                    + node.name() + "[@currencyID=EUR]");
        }
        node.children().forEach(this::requireCurrencies);
    }

    private boolean isAmount(StarPaths.Node node) {
        return node.name().endsWith("Amount")
                && node.text() >= 0
                && node.text() < schema.columns().size()
                && node.attributes().stream().noneMatch(one -> one.name().equals("currencyID"));
    }

    private @Nullable String currency(StarPaths.Node node) {
        return node.of().equals("@currencyID")
                ? node.value()
                : currencies.get(schema.columns().get(node.text()).name());
    }

    private void begin(Star form) throws XMLStreamException {
        xml.writeStartDocument(form.charset().name(), "1.0");
        newLine();
        xml.writeStartElement(NAMESPACE, "ShowPartsPriceList");
        xml.writeDefaultNamespace(NAMESPACE);
        xml.writeAttribute("releaseID", RELEASE);
        xml.writeAttribute("versionID", RELEASE);
        newLine();
        xml.writeStartElement(NAMESPACE, "ApplicationArea");
        xml.writeStartElement(NAMESPACE, "Sender");
        element("CreatorNameCode", "aiguillage");
        element("SenderNameCode", form.brand());
        xml.writeEndElement();
        element("CreationDateTime", time(title.at()));
        element("BODID", title.document());
        xml.writeStartElement(NAMESPACE, "Destination");
        element("PartyReceiverID", form.reader().value());
        xml.writeEndElement();
        xml.writeEndElement();
        newLine();
        xml.writeStartElement(NAMESPACE, "ShowPartsPriceListDataArea");
        xml.writeEmptyElement(NAMESPACE, "Show");
        newLine();
    }

    @Override
    public void write(List<@Nullable String> cells, @Nullable String action) throws IOException {
        List<@Nullable String> row = new ArrayList<>(cells);
        row.add(action);
        try {
            String from = paths.start() < 0 ? null : row.get(paths.start());
            String to = paths.end() < 0 ? null : row.get(paths.end());
            if (!isListOpen || !Objects.equals(from, start) || !Objects.equals(to, end)) {
                endList();
                beginList(from, to);
            }
            element(paths.line(), row);
            newLine();
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    private void beginList(@Nullable String from, @Nullable String to) throws XMLStreamException {
        isListOpen = true;
        start = from;
        end = to;
        xml.writeStartElement(NAMESPACE, "PartsPriceList");
        xml.writeStartElement(NAMESPACE, "PartsPriceListHeader");
        element("DocumentDateTime", time(title.effective()));
        xml.writeStartElement(NAMESPACE, "DocumentIdentificationGroup");
        xml.writeStartElement(NAMESPACE, "DocumentIdentification");
        element("DocumentID", title.document());
        xml.writeEndElement();
        xml.writeEndElement();
        element("DefaultCurrencyCode", currency);
        if (from != null || to != null) {
            xml.writeStartElement(NAMESPACE, "EffectivePeriod");
            if (from != null) {
                element("StartDateTime", firstSecond(from));
            }
            if (to != null) {
                element("EndDateTime", lastSecond(to));
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
        newLine();
    }

    private void endList() throws XMLStreamException {
        if (isListOpen) {
            xml.writeEndElement();
            newLine();
            isListOpen = false;
        }
    }

    private void element(StarPaths.Node node, List<@Nullable String> row) throws XMLStreamException {
        xml.writeStartElement(NAMESPACE, node.name());
        if (node.of().startsWith("@")) {
            xml.writeAttribute(node.of().substring(1), node.value());
        }
        if (isAmount(node) && !node.of().equals("@currencyID")) {
            xml.writeAttribute("currencyID", Objects.requireNonNull(currency(node)));
        }
        for (StarPaths.Attribute attribute : node.attributes()) {
            String cell = row.get(attribute.column());
            if (cell != null) {
                xml.writeAttribute(attribute.name(), readable(cell));
            }
        }
        String cell = node.text() < 0 ? null : row.get(node.text());
        if (cell != null) {
            xml.writeCharacters(readable(cell));
        } else if (node.isConstant()) {
            xml.writeCharacters(node.value());
        }
        for (StarPaths.Node child : node.children()) {
            if (child.isConstant() || child.name().equals(StarPaths.ITEM) || child.isFilled(row)) {
                element(child, row);
            }
        }
        xml.writeEndElement();
    }

    /// XML has no way at all to write these two.
    private static String readable(String text) {
        return text.indexOf('\uffff') < 0 && text.indexOf('\ufffe') < 0
                ? text
                : text.replace('\uffff', '\ufffd').replace('\ufffe', '\ufffd');
    }

    private String firstSecond(String day) {
        return LocalDate.parse(day).atStartOfDay(schema.zone()).format(TIME);
    }

    /// The day on which a row holds last is in it whole, also when clocks are changed on it.
    private String lastSecond(String day) {
        ZoneId zone = schema.zone();
        ZonedDateTime next = LocalDate.parse(day).plusDays(1).atStartOfDay(zone);
        return next.minusSeconds(1).format(TIME);
    }

    private String time(Instant instant) {
        return instant.atZone(schema.zone()).format(TIME);
    }

    private void element(String name, String text) throws XMLStreamException {
        xml.writeStartElement(NAMESPACE, name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private void newLine() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    @Override
    public void end() throws IOException {
        try {
            if (!isListOpen) {
                beginList(null, null); // no row at all: the header says of what
            }
            endList();
            xml.writeEndDocument();
            newLine();
            xml.flush();
        } catch (XMLStreamException e) {
            throw failed(e);
        }
    }

    private static IOException failed(XMLStreamException e) {
        return e.getNestedException() instanceof IOException io ? io : new IOException(e);
    }

    @Override
    public void close() throws IOException {
        out.close(); // the writer for XML has nothing but this
    }
}
