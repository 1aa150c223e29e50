package aiguillage.dataset.mark;

import java.util.ArrayList;
import java.util.List;

/// Ways to cut a line of unknown form into cells.
final class Cells {

    private static final String SEPARATORS = "\t;|,";

    private Cells() {}

    /// The line as one cell; then a cut for each separator that stands in it; without any, at wide gaps, or at
    /// the first and the last blank.
    static List<List<String>> of(String line) {
        List<List<String>> cuts = new ArrayList<>();
        String bare = line.strip();
        cuts.add(List.of(unquoted(bare)));
        for (int i = 0; i < SEPARATORS.length(); i++) {
            if (line.indexOf(SEPARATORS.charAt(i)) >= 0) {
                cuts.add(cut(line, SEPARATORS.charAt(i)));
            }
        }
        int first = bare.indexOf(' ');
        if (cuts.size() == 1 && bare.contains("  ")) {
            cuts.add(List.of(bare.split("\\s{2,}", -1)));
        } else if (cuts.size() == 1 && first >= 0) {
            int last = bare.lastIndexOf(' ');
            cuts.add(List.of(bare.substring(0, first), bare.substring(first + 1)));
            cuts.add(List.of(bare.substring(0, last), bare.substring(last + 1)));
        }
        return cuts;
    }

    /// Separators between quotes do not count, where the quotes begin and end a cell.
    private static List<String> cut(String line, char separator) {
        List<String> cells = new ArrayList<>();
        int begin = 0;
        while (begin <= line.length()) {
            int end = endOfQuoted(line, begin, separator);
            end = end < 0 ? line.indexOf(separator, begin) : end;
            end = end < 0 ? line.length() : end;
            cells.add(unquoted(line.substring(begin, end).strip()));
            begin = end + 1;
        }
        return cells;
    }

    private static int endOfQuoted(String line, int begin, char separator) {
        if (!line.startsWith("\"", begin)) {
            return -1;
        }
        int quote = line.indexOf('"', begin + 1);
        while (quote >= 0 && line.startsWith("\"", quote + 1)) {
            quote = line.indexOf('"', quote + 2);
        }
        boolean closes = quote >= 0 && (quote + 1 == line.length() || line.charAt(quote + 1) == separator);
        return closes ? quote + 1 : -1;
    }

    private static String unquoted(String cell) {
        boolean quoted = cell.length() >= 2 && cell.startsWith("\"") && cell.endsWith("\"");
        return quoted ? cell.substring(1, cell.length() - 1) : cell;
    }
}
