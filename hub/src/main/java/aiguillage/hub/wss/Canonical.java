package aiguillage.hub.wss;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.xml.sax.Attributes;

/// One element of a message in its exclusive canonical form without comments, written as it comes (Exclusive
/// XML Canonicalization 1.0, section 3). Holds one tag at a time, whatever the element's size. For one element
/// and one thread.
final class Canonical {

    private final Namespaces scope;
    private final List<String> inclusive;
    private final Writer out;
    private final Map<String, Deque<String>> rendered = new HashMap<>();
    private final Deque<List<String>> renderedBy = new ArrayDeque<>();

    /// @param scope the namespaces that hold where the reader is; kept up by the caller
    /// @param inclusive prefixes that are written even where nothing uses them; the default one is empty
    /// @param to gets the bytes; not closed
    Canonical(Namespaces scope, List<String> inclusive, OutputStream to) {
        this.scope = scope;
        this.inclusive = inclusive;
        this.out = new OutputStreamWriter(to, StandardCharsets.UTF_8);
    }

    /// An attribute in the order of the canonical form.
    private record Ordered(String namespace, String name, String qName, String value) {}

    void begin(String qName, Attributes attributes) throws IOException {
        var ordered = new ArrayList<Ordered>();
        var used = new TreeSet<>(Canonical::byCodePoint);
        used.add(prefix(qName));
        inclusive(used);
        for (int i = 0; i < attributes.getLength(); i++) {
            String name = attributes.getQName(i);
            if (!prefix(name).isEmpty()) {
                used.add(prefix(name));
            }
            ordered.add(new Ordered(attributes.getURI(i), attributes.getLocalName(i), name, attributes.getValue(i)));
        }
        ordered.sort(Comparator.comparing(Ordered::namespace, Canonical::byCodePoint)
                .thenComparing(Ordered::name, Canonical::byCodePoint));
        out.write('<');
        out.write(qName);
        namespaces(used);
        for (Ordered one : ordered) {
            attribute(one.qName(), one.value());
        }
        out.write('>');
    }

    /// What stands further out was written there: here only what is declared here can differ.
    private void inclusive(Set<String> used) {
        if (renderedBy.isEmpty()) {
            used.addAll(inclusive);
            return;
        }
        for (String prefix : scope.declaredHere()) {
            if (inclusive.contains(prefix)) {
                used.add(prefix);
            }
        }
    }

    private static int byCodePoint(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean isAlike = Character.isSurrogate(x) == Character.isSurrogate(y);
                return isAlike ? x - y : Character.isSurrogate(x) ? 1 : -1; // halves are of the last code points
            }
        }
        return a.length() - b.length();
    }

    private static String prefix(String qName) {
        int colon = qName.indexOf(':');
        return colon < 0 ? "" : qName.substring(0, colon);
    }

    /// Writes those that hold here and were not written, with the same value, further out.
    private void namespaces(Iterable<String> used) throws IOException {
        var written = new ArrayList<String>();
        for (String prefix : used) {
            String uri = scope.of(prefix);
            Deque<String> all = rendered.get(prefix);
            String before = all == null ? "" : all.getFirst();
            if (!prefix.equals("xml") && !uri.equals(before)) {
                attribute(prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix, uri);
                rendered.computeIfAbsent(prefix, _ -> new ArrayDeque<>()).push(uri);
                written.add(prefix);
            }
        }
        renderedBy.push(written);
    }

    private void attribute(String name, String value) throws IOException {
        out.write(' ');
        out.write(name);
        out.write("=\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> out.write("&amp;");
                case '<' -> out.write("&lt;");
                case '"' -> out.write("&quot;");
                case '\t' -> out.write("&#x9;");
                case '\n' -> out.write("&#xA;");
                case '\r' -> out.write("&#xD;");
                default -> out.write(c);
            }
        }
        out.write('"');
    }

    void text(char[] text, int start, int length) throws IOException {
        int from = start;
        for (int i = start; i < start + length; i++) {
            String instead = switch (text[i]) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                case '\r' -> "&#xD;";
                default -> "";
            };
            if (!instead.isEmpty()) {
                out.write(text, from, i - from);
                out.write(instead);
                from = i + 1;
            }
        }
        out.write(text, from, start + length - from);
    }

    void instruction(String target, String data) throws IOException {
        out.write("<?");
        out.write(target);
        if (!data.isEmpty()) {
            out.write(' ');
            out.write(data.replace("\r", "&#xD;"));
        }
        out.write("?>");
    }

    void end(String qName) throws IOException {
        out.write("</");
        out.write(qName);
        out.write('>');
        for (String prefix : renderedBy.pop()) {
            rendered.computeIfPresent(prefix, (_, all) -> {
                all.pop();
                return all.isEmpty() ? null : all;
            });
        }
        if (renderedBy.isEmpty()) {
            out.flush();
        }
    }
}
