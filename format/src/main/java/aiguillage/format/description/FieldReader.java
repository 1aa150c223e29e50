package aiguillage.format.description;

import aiguillage.format.description.Shape.Composite;
import aiguillage.format.description.Shape.Escape;
import aiguillage.format.description.Shape.Facets;
import aiguillage.format.description.Shape.Field;
import aiguillage.format.description.Shape.Layout;
import aiguillage.format.description.Shape.Padding;
import aiguillage.format.description.Shape.Part;
import aiguillage.format.description.Shape.Separated;
import aiguillage.format.description.Shape.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/// Reads the fields of a record, as long as they are plain: what is known here is a part of DFDL whose meaning
/// is beyond doubt, and which Daffodil reads in the same way.
final class FieldReader {

    /// Characters of a field of one length.
    private static final int LENGTH_MAX = 65_536;

    private static final Set<String> KNOWN = Set.of(
            "initiator",
            "terminator",
            "length",
            "lengthKind",
            "lengthUnits",
            "separator",
            "separatorPosition",
            "separatorSuppressionPolicy",
            "escapeSchemeRef",
            "textNumberPattern",
            "textStandardDecimalSeparator",
            "textStandardGroupingSeparator",
            "textNumberCheckPolicy",
            "textNumberJustification",
            "textNumberPadCharacter",
            "textStringJustification",
            "textStringPadCharacter",
            "textTrimKind",
            "textPadKind",
            "calendarPattern",
            "calendarPatternKind",
            "nilKind",
            "nilValue",
            "occursCountKind");

    private static final Set<String> INTEGERS = Set.of(
            "integer",
            "int",
            "long",
            "short",
            "nonNegativeInteger",
            "unsignedInt",
            "unsignedLong",
            "unsignedShort",
            "unsignedByte");

    private final Properties properties;
    private final Map<String, Element> types;

    FieldReader(Properties properties, Map<String, Element> types) {
        this.properties = properties;
        this.types = types;
    }

    /// Something that only Daffodil reads; the message says what.
    static final class NotPlain extends Exception {

        private static final long serialVersionUID = 1;

        NotPlain(String what) {
            super(what);
        }
    }

    Layout layout(Element element, Element sequence) throws NotPlain {
        known(element);
        String separator = properties.of(sequence, "separator", "");
        if (!separator.isEmpty()) {
            return new Layout.Delimited(separated(sequence));
        }
        known(sequence);
        var fields = new ArrayList<Field>();
        for (Element child : Xml.children(sequence)) {
            Field field = field(child);
            if (field.length() == 0 || field.isOptional()) {
                throw new NotPlain(field.name() + " has no length, or is optional, among fields of one length each");
            }
            fields.add(field);
        }
        return new Layout.Fixed(fields);
    }

    private void known(Element element) throws NotPlain {
        for (String own : Properties.own(element)) {
            if (!KNOWN.contains(own)) {
                throw new NotPlain("dfdl:" + own);
            }
        }
        if (!Xml.children(element, Xml.XS, "annotation").isEmpty()) {
            throw new NotPlain("an annotation");
        }
    }

    private Separated separated(Element sequence) throws NotPlain {
        known(sequence);
        String position = properties.of(sequence, "separatorPosition", "infix");
        if (position.equals("postfix")) {
            throw new NotPlain("separatorPosition postfix");
        }
        boolean mayEndEarly = switch (properties.of(sequence, "separatorSuppressionPolicy", "never")) {
            case "never" -> false;
            case "trailingEmpty" -> true;
            default -> throw new NotPlain("separatorSuppressionPolicy");
        };
        var parts = new ArrayList<Part>();
        for (Element child : Xml.children(sequence)) {
            parts.add(part(child));
        }
        return new Separated(
                character(properties.of(sequence, "separator", ""), "separator"),
                position.equals("prefix"),
                mayEndEarly,
                parts);
    }

    private Part part(Element element) throws NotPlain {
        for (Element type : Xml.children(element, Xml.XS, "complexType")) {
            known(element);
            List<Element> sequences = Xml.children(type, Xml.XS, "sequence");
            if (sequences.isEmpty()) {
                throw new NotPlain("a complexType without sequence");
            }
            return new Composite(name(element), isOptional(element), separated(sequences.getFirst()));
        }
        return field(element);
    }

    private static String name(Element element) throws NotPlain {
        if (!Xml.is(element, Xml.XS, "element") || !element.hasAttribute("name")) {
            throw new NotPlain("<" + element.getNodeName() + "> that is no element of its own");
        }
        String name = element.getAttribute("name");
        if (!SchemaReader.isName(name)) {
            throw new NotPlain("the name " + name);
        }
        return name;
    }

    private static boolean isOptional(Element element) throws NotPlain {
        String most = element.getAttribute("maxOccurs");
        if (!most.isEmpty() && !most.equals("1")) {
            throw new NotPlain(element.getAttribute("name") + " occurs often");
        }
        return element.getAttribute("minOccurs").equals("0");
    }

    private Field field(Element element) throws NotPlain {
        String name = name(element);
        known(element);
        if (!properties.of(element, "initiator", "").isEmpty()
                || !properties.of(element, "terminator", "").isEmpty()) {
            throw new NotPlain(name + " has an initiator or a terminator");
        }
        Element restriction = restriction(element);
        String type = type(element, restriction);
        boolean isNillable = element.getAttribute("nillable").equals("true");
        if (isNillable && !Set.of("%ES;", "%WSP*;").contains(properties.of(element, "nilValue", ""))) {
            throw new NotPlain(name + " has a nilValue other than nothing");
        }
        Value value = value(element, type);
        return new Field(
                name,
                length(element),
                isOptional(element),
                isNillable,
                padding(element, value),
                escape(element),
                value,
                restriction == null ? Facets.NONE : facets(restriction));
    }

    private @Nullable Element restriction(Element element) throws NotPlain {
        Element holder = element;
        String named = element.getAttribute("type");
        if (types.containsKey(named)) {
            holder = Objects.requireNonNull(types.get(named));
        } else {
            List<Element> own = Xml.children(element, Xml.XS, "simpleType");
            if (own.isEmpty()) {
                return null;
            }
            holder = own.getFirst();
        }
        known(holder);
        List<Element> restrictions = Xml.children(holder, Xml.XS, "restriction");
        if (restrictions.isEmpty()) {
            throw new NotPlain("a simpleType that is no restriction");
        }
        return restrictions.getFirst();
    }

    private static String type(Element element, @Nullable Element restriction) {
        String said = restriction == null ? element.getAttribute("type") : restriction.getAttribute("base");
        return said.substring(said.indexOf(':') + 1);
    }

    private int length(Element element) throws NotPlain {
        return switch (properties.of(element, "lengthKind", "delimited")) {
            case "delimited" -> 0;
            case "explicit" -> explicitLength(element);
            default -> throw new NotPlain("lengthKind");
        };
    }

    private int explicitLength(Element element) throws NotPlain {
        String said = properties.of(element, "length", "");
        if (!said.matches("[1-9][0-9]{0,4}")
                || Integer.parseInt(said) > LENGTH_MAX
                || !properties.of(element, "lengthUnits", "bytes").equals("characters")) {
            throw new NotPlain("a length that is no number of characters");
        }
        return Integer.parseInt(said);
    }

    private Value value(Element element, String type) throws NotPlain {
        if (type.equals("string")) {
            return new Value.Text();
        }
        if (INTEGERS.contains(type) || type.equals("decimal")) {
            char point = character(properties.of(element, "textStandardDecimalSeparator", "."), "decimal separator");
            char grouping =
                    character(properties.of(element, "textStandardGroupingSeparator", ","), "grouping separator");
            String pattern = properties.of(element, "textNumberPattern", "0");
            Decimal decimal = Decimal.of(pattern, point, grouping)
                    .orElseThrow(() -> new NotPlain("textNumberPattern " + pattern));
            if (!type.equals("decimal") && decimal.fractionsMax() > 0) {
                throw new NotPlain("decimals of a whole number");
            }
            return new Value.Numeric(decimal);
        }
        Calendar.Kind kind = switch (type) {
            case "date" -> Calendar.Kind.DATE;
            case "time" -> Calendar.Kind.TIME;
            case "dateTime" -> Calendar.Kind.DATE_TIME;
            default -> throw new NotPlain("type " + type);
        };
        String pattern = properties.of(element, "calendarPattern", "");
        return new Value.Moment(
                Calendar.of(pattern, kind).orElseThrow(() -> new NotPlain("calendarPattern " + pattern)));
    }

    private Padding padding(Element element, Value value) throws NotPlain {
        String kind = value instanceof Value.Numeric ? "textNumber" : value instanceof Value.Text ? "textString" : "";
        boolean trims = properties.of(element, "textTrimKind", "none").equals("padChar");
        boolean pads = properties.of(element, "textPadKind", "none").equals("padChar");
        if (kind.isEmpty()) {
            return new Padding(trims, pads, false, ' ');
        }
        String justification = properties.of(element, kind + "Justification", "left");
        if (justification.equals("center")) {
            throw new NotPlain("text in the middle");
        }
        char with = character(properties.of(element, kind + "PadCharacter", "%SP;"), "pad character");
        return new Padding(trims, pads, justification.equals("right"), with);
    }

    private Escape escape(Element element) throws NotPlain {
        String name = properties.of(element, "escapeSchemeRef", "");
        if (name.isEmpty()) {
            return new Escape.None();
        }
        Map<String, String> scheme = properties.escape(name);
        if (scheme == null) {
            throw new NotPlain("an escape scheme that is not there");
        }
        if (scheme.getOrDefault("escapeKind", "").equals("escapeBlock")) {
            char quote = character(scheme.getOrDefault("escapeBlockStart", ""), "escapeBlockStart");
            if (!Objects.equals(scheme.get("escapeBlockStart"), scheme.get("escapeBlockEnd"))
                    || !Objects.equals(scheme.get("escapeBlockStart"), scheme.get("escapeEscapeCharacter"))) {
                throw new NotPlain("quotes that are not one character, doubled within");
            }
            return new Escape.Block(quote, "always".equals(scheme.get("generateEscapeBlock")));
        }
        char with = character(scheme.getOrDefault("escapeCharacter", ""), "escapeCharacter");
        if (!Objects.equals(scheme.get("escapeCharacter"), scheme.get("escapeEscapeCharacter"))) {
            throw new NotPlain("an escape character that is not escaped by itself");
        }
        return new Escape.Release(
                with, scheme.getOrDefault("extraEscapedCharacters", "").replaceAll("\\s+", ""));
    }

    private char character(String literal, String what) throws NotPlain {
        String text = properties.literal(literal);
        if (text == null || text.length() != 1) {
            throw new NotPlain("a " + what + " that is not one character");
        }
        return text.charAt(0);
    }

    private static Facets facets(Element restriction) throws NotPlain {
        String pattern = null;
        var values = new ArrayList<String>();
        int lengthMin = 0;
        int lengthMax = Integer.MAX_VALUE;
        String least = null;
        String most = null;
        for (Element facet : Xml.children(restriction)) {
            String value = facet.getAttribute("value");
            switch (String.valueOf(facet.getLocalName())) {
                case "enumeration" -> values.add(value);
                case "pattern" -> pattern = compiled(pattern == null ? value : pattern + "|" + value);
                case "length" -> {
                    lengthMin = number(value);
                    lengthMax = lengthMin;
                }
                case "minLength" -> lengthMin = number(value);
                case "maxLength" -> lengthMax = number(value);
                case "minInclusive" -> least = value;
                case "maxInclusive" -> most = value;
                default -> throw new NotPlain("the facet " + facet.getLocalName());
            }
        }
        return new Facets(pattern, values, lengthMin, lengthMax, least, most);
    }

    private static String compiled(String pattern) throws NotPlain {
        try {
            return Pattern.compile(pattern).pattern();
        } catch (PatternSyntaxException e) {
            throw new NotPlain("a pattern of XML Schema that Java does not know ("
                    + String.valueOf(e.getDescription()).toLowerCase(Locale.ROOT) + ")");
        }
    }

    private static int number(String value) throws NotPlain {
        if (!value.matches("[0-9]{1,6}")) {
            throw new NotPlain("a length that is no number");
        }
        return Integer.parseInt(value);
    }
}
