package aiguillage.console.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// Reads the first rows of a file of separated values (RFC 4180, with the separators that are met).
final class CsvRows {

    static final int ROWS_MAX = 200;
    static final int COLUMNS_MAX = 64;
    static final int CELL_CHARS_MAX = 200;

    private static final int BYTES_MAX = 1 << 20;
    private static final String SEPARATORS = ";,\t|";

    private final String text;
    private final char separator;
    private final List<List<String>> rows = new ArrayList<>();
    private List<String> row = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();

    private CsvRows(String text) {
        this.text = text;
        this.separator = separator(text);
    }

    static Shown read(InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(BYTES_MAX + 1);
        boolean isAll = bytes.length <= BYTES_MAX;
        var rows = new CsvRows(Excerpt.decoded(bytes, Math.min(bytes.length, BYTES_MAX)));
        boolean isRead = rows.read();
        List<String> header = rows.rows.isEmpty() ? List.of() : rows.rows.getFirst();
        return new Shown.Rows(
                header, rows.rows.subList(Math.min(1, rows.rows.size()), rows.rows.size()), isAll && isRead);
    }

    /// The one that the first line has most of.
    private static char separator(String text) {
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        char best = SEPARATORS.charAt(0);
        long most = 0;
        for (int i = 0; i < SEPARATORS.length(); i++) {
            char one = SEPARATORS.charAt(i);
            long count = line.chars().filter(c -> c == one).count();
            if (count > most) {
                most = count;
                best = one;
            }
        }
        return best;
    }

    /// @return whether all of the text is in the rows
    private boolean read() {
        boolean isQuoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isQuoted) {
                if (c != '"') {
                    add(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    add(c);
                    i++;
                } else {
                    isQuoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                isQuoted = true;
            } else if (c == separator) {
                endCell();
            } else if (c == '\n') {
                endRow();
                if (rows.size() > ROWS_MAX) {
                    return i + 1 == text.length();
                }
            } else if (c != '\r') {
                add(c);
            }
        }
        if (!cell.isEmpty() || !row.isEmpty()) {
            endRow();
        }
        return true;
    }

    private void add(char c) {
        if (cell.length() < CELL_CHARS_MAX) {
            cell.append(c);
        } else if (cell.length() == CELL_CHARS_MAX) {
            cell.append('…');
        }
    }

    private void endCell() {
        if (row.size() < COLUMNS_MAX) {
            row.add(cell.toString());
        } else if (row.size() == COLUMNS_MAX) {
            row.add("…");
        }
        cell.setLength(0);
    }

    private void endRow() {
        endCell();
        rows.add(row);
        row = new ArrayList<>();
    }
}
