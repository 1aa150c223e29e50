package aiguillage.format.description;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/// DFDL's properties, as they stand on an element or, where they do not, in the schema's `dfdl:format`.
final class Properties {

    static final String DFDL = "http://www.ogf.org/dfdl/dfdl-1.0/";

    private final Map<String, String> defaults = new HashMap<>();
    private final Map<String, Map<String, String>> escapes = new HashMap<>();

    /// @param schemas the documents of all files
    Properties(List<Element> schemas) {
        for (Element schema : schemas) {
            for (Element format : Xml.below(schema, DFDL, "format")) {
                defaults.putAll(of(format));
            }
            for (Element named : Xml.below(schema, DFDL, "defineEscapeScheme")) {
                for (Element escape : Xml.below(named, DFDL, "escapeScheme")) {
                    escapes.put(named.getAttribute("name"), of(escape));
                }
            }
        }
    }

    private static Map<String, String> of(Element element) {
        var attributes = new HashMap<String, String>();
        var all = element.getAttributes();
        for (int i = 0; i < all.getLength(); i++) {
            if (all.item(i) instanceof Attr attribute) {
                attributes.put(attribute.getName(), attribute.getValue());
            }
        }
        return attributes;
    }

    /// The properties that stand on an element itself, by local name.
    static Set<String> own(Element element) {
        var names = new HashSet<String>();
        var all = element.getAttributes();
        for (int i = 0; i < all.getLength(); i++) {
            if (all.item(i) instanceof Attr attribute && DFDL.equals(attribute.getNamespaceURI())) {
                names.add(attribute.getLocalName());
            }
        }
        return names;
    }

    String of(Element element, String name, String otherwise) {
        if (element.hasAttributeNS(DFDL, name)) {
            return element.getAttributeNS(DFDL, name);
        }
        return defaults.getOrDefault(name, otherwise);
    }

    /// A property of an escape scheme, or null when there is no such scheme.
    @Nullable
    Map<String, String> escape(String name) {
        return escapes.get(name.substring(name.indexOf(':') + 1));
    }

    /// The text that the first of some DFDL string literals stands for, or null when it stands for many.
    ///
    /// @see <a href="https://www.ogf.org/documents/GFD.240.pdf">DFDL 1.0, 6.3.1: character entities</a>
    @Nullable
    String literal(String literals) {
        String first = literals.strip().split("\\s+", 2)[0];
        var text = new StringBuilder();
        int at = 0;
        while (at < first.length()) {
            char c = first.charAt(at);
            if (c == '{') {
                return null;
            }
            if (c != '%') {
                text.append(c);
                at++;
                continue;
            }
            if (first.startsWith("%%", at)) {
                text.append('%');
                at += 2;
                continue;
            }
            int end = first.indexOf(';', at);
            String known = end < 0 ? null : entity(first.substring(at + 1, end));
            if (known == null) {
                return null;
            }
            text.append(known);
            at = end + 1;
        }
        return text.toString();
    }

    private @Nullable String entity(String name) {
        return switch (name) {
            case "SP" -> " ";
            case "HT" -> "\t";
            case "CR" -> "\r";
            case "LF" -> "\n";
            case "NEL" -> "\u0085";
            case "ES" -> "";
            case "NL" -> {
                String written = defaults.getOrDefault("outputNewLine", "%LF;");
                yield written.contains("%NL;") ? "\n" : literal(written);
            }
            default -> number(name);
        };
    }

    private static @Nullable String number(String name) {
        try {
            if (name.startsWith("#x")) {
                return Character.toString(Integer.parseInt(name.substring(2), 16));
            }
            return name.startsWith("#") ? Character.toString(Integer.parseInt(name.substring(1))) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
