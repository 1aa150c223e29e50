package aiguillage.app.warranty;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A document with gaps: `{name}` takes a text, `{{name}}` takes elements as they are.
record Template(String text) {

    private static final Pattern GAP = Pattern.compile("\\{\\{([a-z-]+)}}|\\{([a-z-]+)}");

    /// Reads a template of this package's resources; its indentation is for people and left out.
    static Template named(String resource) {
        try (InputStream in = Template.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("the resource " + resource + " is missing beside " + Template.class);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Template(text.lines().map(String::strip).collect(Collectors.joining("\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws IllegalArgumentException when a gap has no value
    String filled(Map<String, String> values) {
        return GAP.matcher(text).replaceAll(gap -> Matcher.quoteReplacement(value(gap, values)));
    }

    private static String value(MatchResult gap, Map<String, String> values) {
        boolean elements = gap.group(1) != null;
        String name = elements ? gap.group(1) : gap.group(2);
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("nothing to put into {" + name + "}");
        }
        return elements ? value : escaped(value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
