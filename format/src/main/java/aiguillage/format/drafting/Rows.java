package aiguillage.format.drafting;

import java.util.ArrayList;
import java.util.List;

/// Lines of fields between separators, as they lie: quotes are kept.
final class Rows {

    private static final char QUOTE = '"';

    private Rows() {}

    /// The rows of a text, but for the last where it may be cut.
    static List<List<String>> split(String text, char separator, int most) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var field = new StringBuilder();
        boolean isWithin = false;
        for (int i = 0; i < text.length() && rows.size() < most; i++) {
            char c = text.charAt(i);
            if (c == QUOTE && (isWithin || field.isEmpty())) {
                isWithin = !isWithin;
                field.append(c);
            } else if (c == QUOTE && field.charAt(0) == QUOTE) {
                isWithin = true; // the second of two
                field.append(c);
            } else if (c == separator && !isWithin) {
                row.add(field.toString());
                field.setLength(0);
            } else if (c == '\n' && !isWithin) {
                row.add(field.toString());
                field.setLength(0);
                if (row.size() > 1 || !row.getFirst().isBlank()) {
                    rows.add(List.copyOf(row));
                }
                row.clear();
            } else if (c != '\r' || isWithin) {
                field.append(c);
            }
        }
        if (rows.isEmpty() && !row.isEmpty()) {
            row.add(field.toString());
            rows.add(List.copyOf(row));
        }
        return rows;
    }

    static boolean isQuoted(String field) {
        return field.length() > 1 && field.charAt(0) == QUOTE && field.charAt(field.length() - 1) == QUOTE;
    }

    static String bare(String field) {
        return isQuoted(field) ? field.substring(1, field.length() - 1).replace("\"\"", "\"") : field;
    }
}
