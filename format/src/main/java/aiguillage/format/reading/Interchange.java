package aiguillage.format.reading;

import aiguillage.format.report.Fault;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an EDIFACT interchange says of itself: its encoding, and how many segments and messages it has. For one
/// interchange, as it goes by.
///
/// @see <a href="https://unece.org/trade/uncefact/unedifact/part-4-annex-1">ISO 9735: UNB, UNT, UNZ</a>
public final class Interchange {

    private static final Map<String, Charset> ENCODINGS = Map.ofEntries(
            Map.entry("UNOA", StandardCharsets.US_ASCII),
            Map.entry("UNOB", StandardCharsets.US_ASCII),
            Map.entry("UNOC", StandardCharsets.ISO_8859_1),
            Map.entry("UNOD", Charset.forName("ISO-8859-2")),
            Map.entry("UNOE", Charset.forName("ISO-8859-5")),
            Map.entry("UNOF", Charset.forName("ISO-8859-7")),
            Map.entry("UNOW", StandardCharsets.UTF_8),
            Map.entry("UNOY", StandardCharsets.UTF_8));

    private int segments;
    private int messages;
    private String messageReference = "";
    private String interchangeReference = "";

    /// The encoding that an interchange says it has.
    ///
    /// @param head its first characters, each a byte
    public static Optional<Charset> encoding(String head) {
        int at = head.indexOf("UNB");
        return at < 0 || head.length() < at + 8
                ? Optional.empty()
                : Optional.ofNullable(ENCODINGS.get(head.substring(at + 4, at + 8)));
    }

    /// Takes note of a segment as it was read, in the default service characters.
    ///
    /// @return what is wrong with it as a count or reference
    public Optional<Fault> read(String segment, int line, int column) {
        segments++;
        String tag = segment.substring(0, Math.min(3, segment.length()));
        List<String> elements = elements(segment);
        switch (tag) {
            case "UNB" -> interchangeReference = at(elements, 5);
            case "UNH" -> {
                segments = 1;
                messages++;
                messageReference = at(elements, 1);
            }
            case "UNT" -> {
                return differs(elements, line, column, segments, messageReference, "segments from UNH to UNT", "UNH");
            }
            case "UNZ" -> {
                return differs(elements, line, column, messages, interchangeReference, "messages", "UNB");
            }
            default -> {}
        }
        return Optional.empty();
    }

    private static Optional<Fault> differs(
            List<String> elements, int line, int column, int count, String reference, String what, String begun) {
        String tag = elements.getFirst();
        String said = at(elements, 1);
        if (!said.matches("0*" + count)) {
            return Optional.of(new Fault(line, column + 4, tag + "/0074", said, count + ", the number of " + what));
        }
        String saidReference = at(elements, 2);
        if (!saidReference.equals(reference)) {
            return Optional.of(new Fault(
                    line,
                    column + 5 + said.length(),
                    tag + "/0062",
                    saidReference,
                    "\"" + reference + "\", the reference of " + begun));
        }
        return Optional.empty();
    }

    /// A segment as it must be written, with the counts and references that are right.
    ///
    /// @param segment without terminator
    public String written(String segment) {
        segments++;
        List<String> elements = elements(segment);
        switch (elements.getFirst()) {
            case "UNB" -> {
                interchangeReference = at(elements, 5);
                messages = 0;
            }
            case "UNH" -> {
                segments = 1;
                messages++;
                messageReference = at(elements, 1);
            }
            case "UNT" -> {
                return "UNT+" + segments + "+" + messageReference;
            }
            case "UNZ" -> {
                return "UNZ+" + messages + "+" + interchangeReference;
            }
            default -> {}
        }
        return segment;
    }

    private static String at(List<String> elements, int index) {
        return index < elements.size() ? elements.get(index) : "";
    }

    private static List<String> elements(String segment) {
        var elements = new ArrayList<String>();
        int from = 0;
        for (int i = 0; i <= segment.length(); i++) {
            char c = i < segment.length() ? segment.charAt(i) : '+';
            if (c == '?') {
                i++;
            } else if (c == '+') {
                elements.add(segment.substring(from, Math.min(i, segment.length())));
                from = i + 1;
            }
        }
        if (elements.isEmpty()) {
            elements.add(segment);
        }
        return elements;
    }

    /// The encoding of UNB in a segment that is written, or null when it is none.
    public static @Nullable Charset encodingOf(String segment) {
        return segment.startsWith("UNB") ? encoding(segment).orElse(null) : null;
    }
}
