package aiguillage.dataset.mark;

import aiguillage.dataset.mark.Published.Decoy;
import aiguillage.dataset.mark.Published.Spelt;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// What was read in an excerpt, line by line. A line is recognised by its key; without one, a mark by its text
/// beside its price, a decoy by its price, a mark by its text alone. Reading wrongly weakens the evidence
/// against who leaked; it never makes any against who did not, since an innocent recipient's bits have no part
/// in it ([Evidence]).
///
/// Memory is the list's, however long the excerpt. Not for several threads.
final class Readings {

    private static final int TEXT_CHARS_MIN = 4;
    private static final int CUT_TEXT_CHARS_MIN = 12;

    /// Around a decoy so many rows are asked for, to tell whether the excerpt would show it.
    private static final int NEIGHBOURS = 64;

    private static final double COVERAGE_MAX = 0.98;
    private static final double COVERAGE_MIN = 0.001;

    private final Published published;
    private final int[] asPublished;
    private final int[] respelled;
    private final int[] decoys;
    private final BitSet rows = new BitSet();
    private long lines;
    private long byKey;
    private long byMark;

    Readings(Published published) {
        this.published = published;
        asPublished = new int[published.spelt().size()];
        respelled = new int[published.spelt().size()];
        decoys = new int[published.decoys().size()];
    }

    void line(String line) {
        List<List<String>> cuts = Cells.of(line);
        lines++;
        for (List<String> cells : cuts) {
            int owner = owner(cells);
            if (owner >= 0) {
                byKey++;
                keyed(owner, cells, line);
                return;
            }
        }
        if (unkeyed(cuts)) {
            byMark++;
        }
    }

    private int owner(List<String> cells) {
        int keyCells = published.keyCells();
        for (int i = 0; keyCells > 1 && i + keyCells <= cells.size(); i++) {
            int owner = published.byKey(String.join("", cells.subList(i, i + keyCells)));
            if (owner >= 0) {
                return owner;
            }
        }
        for (String cell : cells) {
            int owner = cell.isEmpty() || Amount.hasCents(cell) ? -1 : published.byKey(cell);
            if (owner >= 0) {
                return owner;
            }
        }
        return -1;
    }

    private void keyed(int owner, List<String> cells, String line) {
        int number = owner / 2;
        if (owner % 2 == 1) {
            decoys[number]++;
            return;
        }
        rows.set(number);
        int mark = published.markOf(number);
        if (mark >= 0) {
            spelling(mark, cells, line);
        }
    }

    private void spelling(int mark, List<String> cells, String line) {
        Spelt spelt = published.spelt().get(mark);
        String whole = Retyped.text(line);
        for (int i = 0; i < spelt.published().size(); i++) {
            int bit = bit(spelt.published().get(i), spelt.respelled().get(i), cells, whole);
            if (bit >= 0) {
                count(2 * mark + bit);
                return;
            }
        }
    }

    /// 0 or 1 for the spelling that stands in a cell, that the line holds, or that a cell is the beginning of;
    /// -1 for neither.
    private static int bit(String published, String respelled, List<String> cells, String whole) {
        for (String cell : cells) {
            String text = Retyped.text(cell);
            if (text.equals(published) || text.equals(respelled)) {
                return text.equals(respelled) ? 1 : 0;
            }
        }
        boolean zero = published.length() >= TEXT_CHARS_MIN && whole.contains(published);
        boolean one = respelled.length() >= TEXT_CHARS_MIN && whole.contains(respelled);
        if (zero || one) {
            boolean longer = respelled.length() > published.length(); // what holds the longer may hold the shorter
            return one && (longer || !zero) ? 1 : 0;
        }
        for (String cell : cells) {
            String text = Retyped.text(cell);
            boolean cut = text.length() >= CUT_TEXT_CHARS_MIN;
            if (cut && published.startsWith(text) != respelled.startsWith(text)) {
                return respelled.startsWith(text) ? 1 : 0;
            }
        }
        return -1;
    }

    private void count(int owner) {
        if (owner % 2 == 0) {
            asPublished[owner / 2]++;
        } else {
            respelled[owner / 2]++;
        }
    }

    private boolean unkeyed(List<List<String>> cuts) {
        for (List<String> cells : cuts) {
            List<Long> prices = prices(cells);
            if (counted(texts(cells), prices)) {
                return true;
            }
            if (cells.size() == 1 && !prices.isEmpty()) {
                return false; // the line is an amount: what stands before its comma is none
            }
        }
        return false;
    }

    private List<Long> prices(List<String> cells) {
        List<Long> prices = new ArrayList<>();
        for (int i = 1; i < cells.size(); i++) { // a decimal comma that was taken for a separator
            Amount.each(cells.get(i - 1) + "," + cells.get(i), published.scale(), prices::add);
        }
        cells.forEach(cell -> Amount.each(cell, published.scale(), prices::add));
        return prices;
    }

    private static List<String> texts(List<String> cells) {
        return cells.stream()
                .map(Retyped::text)
                .filter(text -> text.length() >= TEXT_CHARS_MIN)
                .toList();
    }

    private boolean counted(List<String> texts, List<Long> prices) {
        for (String text : texts) {
            for (long price : prices) {
                if (counted(published.byText(text, price))) {
                    return true;
                }
            }
        }
        for (long price : prices) {
            int decoy = published.byPrice(price);
            if (decoy >= 0) {
                decoys[decoy]++;
                return true;
            }
        }
        return texts.stream().anyMatch(text -> counted(published.byText(text)));
    }

    private boolean counted(int owner) {
        if (owner >= 0) {
            count(owner);
        }
        return owner >= 0;
    }

    /// What it says of the recipients.
    Evidence evidence() {
        var evidence = new Evidence();
        for (int i = 0; i < asPublished.length; i++) {
            if (asPublished[i] + respelled[i] > 0) {
                evidence.spelling(published.spelt().get(i).position(), asPublished[i] > 0, respelled[i] > 0);
            }
        }
        for (int i = 0; i < decoys.length; i++) {
            Decoy decoy = published.decoys().get(i);
            double coverage = coverage(decoy);
            if (decoys[i] > 0) {
                evidence.decoy(decoy.position());
            } else if (coverage >= COVERAGE_MIN) {
                evidence.noDecoy(decoy.position(), coverage);
            }
        }
        return evidence;
    }

    private boolean isKeyed() {
        return 2 * byKey >= lines;
    }

    /// What share of the rows about a decoy the excerpt has: where it has all of them, a decoy that is missing
    /// says as much as one that is there; where it has none, nothing, and a small excerpt need not be compared
    /// with the whole pool. Without keys there is but one share for all.
    private double coverage(Decoy decoy) {
        if (!isKeyed()) {
            return Math.min(COVERAGE_MAX, (double) lines / published.rows());
        }
        int from = Math.max(0, decoy.row() - NEIGHBOURS);
        int to = Math.min(published.rows(), decoy.row() + NEIGHBOURS);
        int seen = 0;
        for (int row = rows.nextSetBit(from); row >= 0 && row < to; row = rows.nextSetBit(row + 1)) {
            seen++;
        }
        return seen == 0 ? 0 : Math.min(COVERAGE_MAX, (seen + 0.5) / (to - from + 1));
    }

    /// The marks that were read, for people.
    List<Report.Read> marks() {
        List<Report.Read> read = new ArrayList<>();
        for (int i = 0; i < asPublished.length; i++) {
            if (asPublished[i] + respelled[i] > 0) {
                read.add(new Report.Spelling(published.spelt().get(i).key(), asPublished[i], respelled[i]));
            }
        }
        for (int i = 0; i < decoys.length; i++) {
            if (decoys[i] > 0) {
                read.add(new Report.Decoy(published.decoys().get(i).key(), decoys[i]));
            }
        }
        return read;
    }

    long lines() {
        return lines;
    }

    /// Lines of which it is known what row they are, or what mark.
    long recognised() {
        return byKey + byMark;
    }
}
