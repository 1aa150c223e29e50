package aiguillage.hub.files;

import aiguillage.protocol.Envelope;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Between what stands on an envelope and the names of files.
final class Names {

    private static final Map<String, String> BY_EXTENSION =
            Map.of("xml", "application/xml", "json", "application/json", "csv", "text/csv");

    private static final int CHARS_MAX = 80;

    private Names() {}

    /// The media type of what a file of this name holds.
    static String mediaType(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return BY_EXTENSION.getOrDefault(extension, "application/octet-stream");
    }

    private static String extension(@Nullable String mediaType) {
        String bare =
                mediaType == null ? "" : mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (bare) {
            case "application/xml", "text/xml" -> ".xml";
            case "application/json" -> ".json";
            case "text/csv" -> ".csv";
            default -> bare.endsWith("+xml") ? ".xml" : bare.endsWith("+json") ? ".json" : ".bin";
        };
    }

    /// The name under which a document is given out, behind its position: its subject or id, of plain
    /// characters alone.
    static String ofDocument(Envelope envelope) {
        String subject = envelope.subject();
        return of(subject == null ? envelope.id().value() : subject, extension(envelope.contentType()));
    }

    static String of(String text, String extension) {
        boolean hasIt = text.toLowerCase(Locale.ROOT).endsWith(extension);
        String bare = hasIt ? text.substring(0, text.length() - extension.length()) : text;
        var name = new StringBuilder();
        bare.codePoints().limit(CHARS_MAX).forEach(c -> name.appendCodePoint(isPlain(c) ? c : '_'));
        return name.append(extension).toString();
    }

    private static boolean isPlain(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
    }
}
