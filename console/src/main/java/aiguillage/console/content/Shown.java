package aiguillage.console.content;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A content as people read it.
public sealed interface Shown {

    /// Bytes that are looked at, at most, whatever the form.
    int BYTES_MAX = 4 << 20;

    /// XML or JSON, folded.
    ///
    /// @param root its parts are what there is
    /// @param isWhole whether that is all
    /// @param fault why it could not be read on; empty when it could
    record Folded(Node root, boolean isWhole, String fault) implements Shown {}

    /// Rows with columns.
    ///
    /// @param header the first row; empty when there is none
    /// @param isWhole whether these are all rows
    record Rows(List<String> header, List<List<String>> rows, boolean isWhole) implements Shown {}

    /// Text as it is.
    record Text(String text, boolean isWhole) implements Shown {}

    /// Bytes that are no text, in hex, 16 a line.
    record Hex(List<String> lines, boolean isWhole) implements Shown {}

    /// Reads as much as is shown.
    ///
    /// @param type what the sender calls it, or null: then its first bytes decide
    /// @param content not closed
    /// @throws IOException when it cannot be read
    static Shown of(@Nullable String type, InputStream content) throws IOException {
        var in = new BufferedInputStream(content, Excerpt.BYTES_MAX + 1);
        in.mark(Excerpt.BYTES_MAX + 1);
        byte[] beginning = in.readNBytes(Excerpt.BYTES_MAX + 1);
        in.reset();
        return switch (form(type, beginning)) {
            case "xml" -> XmlFold.read(in);
            case "json" -> JsonFold.read(in);
            case "csv" -> CsvRows.read(in);
            default -> Excerpt.of(beginning);
        };
    }

    private static String form(@Nullable String type, byte[] beginning) {
        String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (media.endsWith("/xml") || media.endsWith("+xml")) {
            return "xml";
        }
        if (media.endsWith("/json") || media.endsWith("+json")) {
            return "json";
        }
        if (media.endsWith("/csv") || media.endsWith("/tab-separated-values")) {
            return "csv";
        }
        return media.isEmpty() || media.equals("application/octet-stream") ? guessed(beginning) : "";
    }

    private static String guessed(byte[] beginning) {
        for (byte one : beginning) {
            if (one == '<') {
                return "xml";
            }
            if (one == '{' || one == '[') {
                return "json";
            }
            if (one != ' ' && one != '\n' && one != '\r' && one != '\t') {
                return "";
            }
        }
        return "";
    }
}
