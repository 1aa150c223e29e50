package aiguillage.config;

import java.util.Arrays;
import java.util.Optional;

/// Finds the name that was probably meant.
public final class Nearest {

    private static final int EDITS_MAX = 3;
    private static final int LETTERS_PER_EDIT = 3;

    private Nearest() {}

    /// The name that differs least from the word: at most one edit (a letter added, left out, changed, or two
    /// swapped) for every three letters, and three at most. Of equally near ones the first.
    public static Optional<String> to(String word, Iterable<String> names) {
        int editsMax = Math.min(EDITS_MAX, Math.max(1, word.length() / LETTERS_PER_EDIT));
        String nearest = null;
        int least = editsMax + 1;
        for (String name : names) {
            if (Math.abs(name.length() - word.length()) < least) {
                int edits = edits(word, name);
                if (edits < least) {
                    least = edits;
                    nearest = name;
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    /// The optimal string alignment distance: Levenshtein's, where swapping two neighbours is one edit.
    static int edits(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        Arrays.setAll(last, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(last[j], row[j - 1]));
                if (isSwap(from, i, to, j)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[to.length()];
    }

    private static boolean isSwap(String from, int i, String to, int j) {
        return i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    }
}
