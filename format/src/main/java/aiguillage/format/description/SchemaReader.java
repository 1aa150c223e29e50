package aiguillage.format.description;

import aiguillage.format.description.Shape.Entry;
import aiguillage.format.description.Shape.Group;
import aiguillage.format.description.Shape.Layout;
import aiguillage.format.description.Shape.Particle;
import aiguillage.xml.HardenedXml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// Reads a DFDL schema as far as the hub must understand it: which records there are, in which order, and the
/// fields of those that are plain.
///
/// The schema's files are those of the folder: an `include` or `import` names one of them.
final class SchemaReader {

    private static final int DEPTH_MAX = 20;
    private static final int ELEMENTS_MAX = 5_000;
    private static final Set<String> NOT_SEEN = Set.of("annotation");

    private final FormatFiles files;
    private final Map<String, Element> elements = new HashMap<>();
    private final Map<String, Element> types = new HashMap<>();
    private final List<Element> schemas = new ArrayList<>();
    private final Set<String> read = new HashSet<>();
    private final Properties properties;
    private final FieldReader fields;
    private int count;

    private SchemaReader(FormatFiles files, String first) throws FormatRefused {
        this.files = files;
        read(first);
        this.properties = new Properties(schemas);
        this.fields = new FieldReader(properties, types);
    }

    /// What a schema says of its element `root`.
    record Schema(Group root, String newLine, boolean isUtf8) {}

    static Schema read(FormatFiles files, String first, String root) throws FormatRefused {
        var reader = new SchemaReader(files, first);
        Element element = reader.elements.get(root);
        if (element == null) {
            throw new FormatRefused(first + " has no element \"" + root + "\", which `root` names. It has "
                    + String.join(", ", reader.elements.keySet()) + ".");
        }
        if (!(reader.shape(element, 0) instanceof Group group)) {
            throw new FormatRefused("The root \"" + root + "\" in " + first
                    + " has a dfdl:terminator, as only a record has. A file is a group of records.");
        }
        String newLine = reader.properties.literal("%NL;");
        String encoding = reader.properties.of(element, "encoding", "UTF-8");
        return new Schema(group, newLine == null ? "\r\n" : newLine, encoding.equalsIgnoreCase("UTF-8"));
    }

    private static Element tree(String name, byte[] content) throws FormatRefused {
        try {
            return HardenedXml.tree().parse(new ByteArrayInputStream(content)).getDocumentElement();
        } catch (SAXException e) {
            throw new FormatRefused(name + " is not well-formed XML, or has a document type: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new AssertionError("reading from memory failed", e);
        }
    }

    private void read(String name) throws FormatRefused {
        if (!read.add(name)) {
            return;
        }
        Element schema = tree(name, files.require(name));
        if (!Xml.is(schema, Xml.XS, "schema")) {
            throw new FormatRefused(name + " is no XML Schema: it begins with <" + schema.getNodeName() + ">.");
        }
        if (!schema.getAttribute("targetNamespace").isEmpty()) {
            throw new FormatRefused(name + " has a targetNamespace. Fields of flat files have none: remove it.");
        }
        schemas.add(schema);
        for (Element child : Xml.children(schema)) {
            String named = child.getAttribute("name");
            switch (String.valueOf(child.getLocalName())) {
                case "element" -> elements.put(named, child);
                case "simpleType" -> types.put(named, child);
                case "include", "import", "redefine", "override" -> {
                    String location = child.getAttribute("schemaLocation");
                    if (files.find(location) == null) {
                        throw new FormatRefused(name + " takes in \"" + location
                                + "\", which is no file of this format. Copy it into the format's folder, and name it"
                                + " without a path.");
                    }
                    read(location);
                }
                default -> {} // groups and complex types are Daffodil's affair
            }
        }
    }

    /// Whether it is a plain name of an element.
    static boolean isName(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9._-]{0,99}");
    }

    private Shape shape(Element element, int depth) throws FormatRefused {
        String name = element.getAttribute("name");
        if (!isName(name)) {
            throw new FormatRefused(
                    "\"" + name + "\" is no name for an element: use letters, digits, '-', '_' and '.'.");
        }
        if (++count > ELEMENTS_MAX || depth > DEPTH_MAX) {
            throw new FormatRefused("The schema has more than " + ELEMENTS_MAX + " elements, or more than " + DEPTH_MAX
                    + " within each other at \"" + name + "\". Does it contain itself?");
        }
        if (Properties.own(element).contains("terminator")) {
            return entry(element, name);
        }
        Element sequence = sequence(element);
        if (sequence == null) {
            throw new FormatRefused("\"" + name + "\" is neither a record, which has a dfdl:terminator, nor a group of"
                    + " records, which has an xs:sequence of elements.");
        }
        var parts = new ArrayList<Particle>();
        for (Element child : Xml.children(sequence)) {
            if (NOT_SEEN.contains(child.getLocalName())) {
                continue;
            }
            if (!Xml.is(child, Xml.XS, "element")) {
                throw new FormatRefused("The group \"" + name + "\" has <" + child.getNodeName()
                        + ">; between records only xs:element is known. Make it optional elements instead.");
            }
            parts.add(new Particle(
                    shape(resolved(child), depth + 1), occurs(child, "minOccurs"), occurs(child, "maxOccurs")));
        }
        if (parts.isEmpty()) {
            throw new FormatRefused("The group \"" + name + "\" is empty.");
        }
        return new Group(name, parts);
    }

    private static int occurs(Element element, String which) throws FormatRefused {
        String said = element.getAttribute(which);
        if (said.isEmpty()) {
            return 1;
        }
        if (said.equals("unbounded")) {
            return -1;
        }
        try {
            return Math.max(0, Integer.parseInt(said));
        } catch (NumberFormatException e) {
            throw new FormatRefused("The " + which + " \"" + said + "\" is no number.", e);
        }
    }

    private Element resolved(Element element) throws FormatRefused {
        String reference = element.getAttribute("ref");
        if (reference.isEmpty()) {
            return element;
        }
        Element known = elements.get(reference);
        if (known == null) {
            throw new FormatRefused("The schema refers to the element \"" + reference + "\", which it does not have.");
        }
        return known;
    }

    private Entry entry(Element element, String name) throws FormatRefused {
        String initiator = properties.literal(properties.of(element, "initiator", ""));
        String terminator = properties.literal(properties.of(element, "terminator", ""));
        if (initiator == null || terminator == null) {
            throw new FormatRefused("The record \"" + name
                    + "\" has an initiator or terminator that is computed, or of a class of characters. Write the"
                    + " characters themselves; %NL; is known, too.");
        }
        if (!elements.containsKey(name)) {
            throw new FormatRefused("The record \"" + name
                    + "\" stands within another element. Put it at the top of the schema, and refer to it.");
        }
        return new Entry(name, initiator, terminator, layout(element, name));
    }

    private Layout layout(Element element, String name) throws FormatRefused {
        Element sequence = sequence(element);
        if (sequence == null) {
            return new Layout.Other(name + " is no xs:sequence");
        }
        try {
            return fields.layout(element, sequence);
        } catch (FieldReader.NotPlain e) {
            return new Layout.Other(name + ": " + e.getMessage());
        }
    }

    private static @org.jspecify.annotations.Nullable Element sequence(Element element) {
        for (Element type : Xml.children(element, Xml.XS, "complexType")) {
            for (Element sequence : Xml.children(type, Xml.XS, "sequence")) {
                return sequence;
            }
        }
        return null;
    }
}
