package aiguillage.dataset.source;

import aiguillage.dataset.schema.Dialect;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a file of lines, one by one, in constant memory, and cuts them into cells. Not for several threads.
///
/// Lines are found among the bytes and then decoded, so that a byte which is no character of the declared
/// encoding is named with its line. A quote inside a cell that does not begin with one is a character like any
/// other.
public final class Lines implements Closeable {

    /// The longest line, and the longest cell in quotes with all lines that it goes on over.
    public static final int BYTES_MAX = 1 << 20;

    private final ByteLines bytes;
    private final Characters characters;
    private final char separator;
    private final boolean quoted;
    private final boolean endRequired;
    private @Nullable String fault;
    private int cellsBefore;
    private boolean atEnd;
    private @Nullable Glance glance;

    /// @param in closed with this
    /// @param endRequired whether the last line, too, must have an end
    public Lines(InputStream in, Dialect dialect, boolean endRequired) {
        this.bytes = new ByteLines(in);
        this.characters = new Characters(dialect.charset());
        this.separator = dialect.separator();
        this.quoted = dialect.quoted();
        this.endRequired = endRequired;
    }

    /// Lines behind the first are looked at before they are read.
    void glance(Glance first) {
        glance = first;
    }

    /// The next line that is not empty, or null at the end.
    ///
    /// @throws BadLine when nothing behind can be read: it is too long, or begins a cell in quotes that does
    ///     not end
    public @Nullable Item next() throws IOException {
        while (bytes.next()) {
            long number = bytes.number();
            fault = null;
            Plain seen = seen(number);
            if (seen != null) {
                return seen;
            }
            String text = wholeText(number);
            if (fault != null) {
                return new Unreadable(number, fault, text);
            }
            if (!text.isBlank() || text.indexOf(separator) >= 0) {
                List<String> cells = cells(text);
                return fault == null ? new Line(number, cells, text) : new Unreadable(number, fault, text);
            }
        }
        return last();
    }

    /// What a glance tells of this line. The first may begin with a mark; the last may lack its end; and as
    /// long as the encoding may be another one than declared, lines with letters beyond ASCII are read.
    private @Nullable Plain seen(long number) {
        boolean may = glance != null
                && number > 1
                && (bytes.isEnded() || !endRequired)
                && (bytes.isAscii() || characters.areAsDeclared());
        return glance == null || !may
                ? null
                : glance.see(number, bytes.buffer(), bytes.begin(), bytes.end(), bytes.isAscii());
    }

    /// What is to be said of the file as a whole, once.
    private @Nullable Item last() {
        String ofAll = atEnd ? null : characters.faultOfAll();
        atEnd = true;
        return ofAll == null ? null : new Unreadable(bytes.number(), ofAll, "");
    }

    /// What is wrong with all lines so far, or null.
    @Nullable
    String faultOfAll() {
        return characters.faultOfAll();
    }

    /// The text of a line and of those that its quoted cells go on over.
    private String wholeText(long number) throws IOException {
        String text = text();
        if (!quoted || !isOpen(text, false)) {
            return text;
        }
        var whole = new StringBuilder(text);
        boolean open = true;
        while (open) {
            if (!bytes.next()) {
                throw new BadLine(number, "a cell begins with a quote that does not end before the file does");
            }
            String more = text();
            whole.append('\n').append(more);
            if (whole.length() > BYTES_MAX) {
                throw new BadLine(
                        number, "a cell begins with a quote that does not end for " + BYTES_MAX + " characters");
            }
            open = isOpen(more, true);
        }
        return whole.toString();
    }

    private String text() throws BadLine {
        String text = characters.of(bytes);
        if (fault == null) {
            fault = !bytes.isEnded() && endRequired
                    ? "it is the last line and has no end: was the file cut off here?"
                    : characters.fault();
        }
        return text;
    }

    /// Whether a cell in quotes goes on behind the end of this text.
    ///
    /// @param open whether one goes on at its beginning
    private boolean isOpen(String text, boolean open) {
        int quote = text.indexOf('"');
        boolean inside = open;
        while (quote >= 0) {
            if (inside) {
                boolean twice = quote + 1 < text.length() && text.charAt(quote + 1) == '"';
                inside = twice;
                quote = text.indexOf('"', quote + (twice ? 2 : 1));
            } else {
                inside = (quote == 0 && !open) || (quote > 0 && text.charAt(quote - 1) == separator);
                quote = text.indexOf('"', quote + 1);
            }
        }
        return inside;
    }

    private List<String> cells(String text) {
        List<String> cells = new ArrayList<>(cellsBefore);
        int begin = 0;
        while (begin <= text.length()) {
            boolean inQuotes = quoted && begin < text.length() && text.charAt(begin) == '"';
            int end = inQuotes ? closing(text, begin) + 1 : text.indexOf(separator, begin);
            end = end < 0 ? text.length() : end;
            String cell =
                    inQuotes ? text.substring(begin + 1, end - 1).replace("\"\"", "\"") : text.substring(begin, end);
            cells.add(cell.strip());
            if (end < text.length() && text.charAt(end) != separator) {
                fault = "cell " + cells.size() + " goes on behind its closing quote";
                return cells;
            }
            begin = end + 1;
        }
        cellsBefore = cells.size();
        return cells;
    }

    private static int closing(String text, int begin) {
        int quote = text.indexOf('"', begin + 1);
        while (quote >= 0 && quote + 1 < text.length() && text.charAt(quote + 1) == '"') {
            quote = text.indexOf('"', quote + 2);
        }
        if (quote < 0) {
            throw new AssertionError("a quote that does not end was let through");
        }
        return quote;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
