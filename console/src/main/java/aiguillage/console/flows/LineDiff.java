package aiguillage.console.flows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What differs between two texts, line by line (E. Myers, "An O(ND) Difference Algorithm", 1986). Texts that
/// differ in very many lines are told as one block that goes and one that comes.
///
/// @param hunks each with a few equal lines around what differs
/// @param added lines that come
/// @param removed lines that go
/// @param unshown differing lines beyond [#SHOWN_MAX]
public record LineDiff(List<Hunk> hunks, int added, int removed, int unshown) {

    /// Some differing lines in a row, and those around them.
    public record Hunk(List<Line> lines) {

        public Hunk {
            lines = List.copyOf(lines);
        }
    }

    /// One line.
    ///
    /// @param sign `+` it comes, `-` it goes, or a blank
    /// @param number in the text it is of; of the new one where it is of both
    public record Line(String sign, int number, String text) {}

    static final int SHOWN_MAX = 2_000;

    /// So many edits are looked for: the search holds a table of its square.
    static final int EDITS_MAX = 1_000;

    private static final int AROUND = 3;

    public LineDiff {
        hunks = List.copyOf(hunks);
    }

    public boolean isEmpty() {
        return added == 0 && removed == 0;
    }

    static LineDiff between(String old, String next) {
        return new Search(old.lines().toList(), next.lines().toList()).diff();
    }

    /// For one comparison.
    private static final class Search {

        private final List<String> old;
        private final List<String> next;
        private final boolean[] goes;
        private final boolean[] comes;

        Search(List<String> old, List<String> next) {
            this.old = old;
            this.next = next;
            goes = new boolean[old.size()];
            comes = new boolean[next.size()];
        }

        LineDiff diff() {
            int from = 0;
            while (from < old.size() && from < next.size() && old.get(from).equals(next.get(from))) {
                from++;
            }
            int oldTo = old.size();
            int nextTo = next.size();
            while (oldTo > from && nextTo > from && old.get(oldTo - 1).equals(next.get(nextTo - 1))) {
                oldTo--;
                nextTo--;
            }
            mark(from, oldTo, nextTo);
            return told();
        }

        private void mark(int from, int oldTo, int nextTo) {
            int oldCount = oldTo - from;
            int nextCount = nextTo - from;
            int max = Math.min(EDITS_MAX, oldCount + nextCount);
            int[] furthest = new int[2 * max + 2];
            var rounds = new ArrayList<int[]>();
            for (int edits = 0; edits <= max; edits++) {
                rounds.add(furthest.clone());
                for (int k = -edits; k <= edits; k += 2) {
                    boolean isDown = k == -edits || (k != edits && at(furthest, k - 1, max) < at(furthest, k + 1, max));
                    int x = isDown ? at(furthest, k + 1, max) : at(furthest, k - 1, max) + 1;
                    int y = x - k;
                    while (x < oldCount && y < nextCount && old.get(from + x).equals(next.get(from + y))) {
                        x++;
                        y++;
                    }
                    furthest[index(k, max)] = x;
                    if (x >= oldCount && y >= nextCount) {
                        back(rounds, from, oldCount, nextCount, max);
                        return;
                    }
                }
            }
            Arrays.fill(goes, from, oldTo, true);
            Arrays.fill(comes, from, nextTo, true);
        }

        private static int index(int k, int max) {
            return k + max;
        }

        private static int at(int[] furthest, int k, int max) {
            int index = index(k, max);
            return index < 0 || index >= furthest.length ? -1 : furthest[index];
        }

        /// Walks back along the shortest way, and marks its edits.
        private void back(List<int[]> rounds, int from, int oldCount, int nextCount, int max) {
            int x = oldCount;
            int y = nextCount;
            for (int edits = rounds.size() - 1; edits > 0; edits--) {
                int[] furthest = rounds.get(edits);
                int k = x - y;
                boolean isDown = k == -edits || (k != edits && at(furthest, k - 1, max) < at(furthest, k + 1, max));
                int before = isDown ? k + 1 : k - 1;
                int beforeX = at(furthest, before, max);
                int beforeY = beforeX - before;
                if (isDown) {
                    comes[from + beforeY] = true;
                } else {
                    goes[from + beforeX] = true;
                }
                x = beforeX;
                y = beforeY;
            }
        }

        private LineDiff told() {
            var all = new ArrayList<Line>();
            int i = 0;
            int j = 0;
            while (i < old.size() || j < next.size()) {
                if (i < old.size() && goes[i]) {
                    all.add(new Line("-", i + 1, old.get(i++)));
                } else if (j < next.size() && comes[j]) {
                    all.add(new Line("+", j + 1, next.get(j++)));
                } else {
                    all.add(new Line("", j + 1, next.get(j)));
                    i++;
                    j++;
                }
            }
            return hunks(all);
        }

        private static LineDiff hunks(List<Line> all) {
            var hunks = new ArrayList<Hunk>();
            var lines = new ArrayList<Line>();
            int added = 0;
            int removed = 0;
            int shown = 0;
            int last = Integer.MIN_VALUE;
            for (int at = 0; at < all.size(); at++) {
                Line line = all.get(at);
                if (line.sign().isEmpty()) {
                    continue;
                }
                added += line.sign().equals("+") ? 1 : 0;
                removed += line.sign().equals("-") ? 1 : 0;
                if (shown == SHOWN_MAX) {
                    continue;
                }
                shown++;
                int begin = Math.max(at - AROUND, last == Integer.MIN_VALUE ? 0 : last + 1);
                if (last != Integer.MIN_VALUE && begin > last + 1 && at - last > 2 * AROUND + 1) {
                    close(hunks, lines, all, last);
                } else if (last != Integer.MIN_VALUE) {
                    begin = last + 1;
                }
                lines.addAll(all.subList(begin, at + 1));
                last = at;
            }
            if (last != Integer.MIN_VALUE) {
                close(hunks, lines, all, last);
            }
            return new LineDiff(hunks, added, removed, added + removed - shown);
        }

        private static void close(List<Hunk> hunks, List<Line> lines, List<Line> all, int last) {
            int end = last + 1;
            while (end < all.size()
                    && end <= last + AROUND
                    && all.get(end).sign().isEmpty()) {
                end++;
            }
            lines.addAll(all.subList(last + 1, end));
            hunks.add(new Hunk(lines));
            lines.clear();
        }
    }
}
