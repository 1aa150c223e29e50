package aiguillage.dataset.mark;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.mark.Markable.TextCell;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a tracer must know of a list as it was published: the fingerprint of each key; of marked rows both
/// spellings, alone and with each price; of decoys keys and prices. What two rows have is in neither's name.
///
/// Memory: about 25 bytes for each cell of a key, and about 600 for each mark. Read-only once it is made.
final class Published {

    private final Markable markable;
    private final int keyCells;
    private final SipHash hash;
    private final Fingerprints keys = new Fingerprints();
    private final Fingerprints texts = new Fingerprints();
    private final Fingerprints prices = new Fingerprints();
    private final List<Spelt> spelt = new ArrayList<>();
    private final BitSet marked = new BitSet();
    private final List<Decoy> decoys = new ArrayList<>();
    private int rows;

    /// @param list in the order of keys; read twice
    Published(Marks marks, Iterable<Change> list) {
        markable = marks.markable();
        keyCells = markable.schema().keys().size();
        hash = marks.code().fingerprints();
        int nextDecoy = 0;
        for (Change change : list) {
            while (nextDecoy < marks.decoys().size()
                    && comesBefore(marks.decoys().get(nextDecoy), change.key())) {
                add(marks.decoys().get(nextDecoy++));
            }
            if (nextDecoy < marks.decoys().size()
                    && marks.decoys().get(nextDecoy).row().key().equals(change.key())) {
                nextDecoy++; // its key is in use: nobody's copy has it
            }
            addKey(change.key(), 2 * rows);
            Mark mark = marks.mark(change.key(), change.rows());
            if (mark != null) {
                marked.set(rows);
                add(change.key(), mark);
            }
            rows++;
        }
        marks.decoys().stream().skip(nextDecoy).forEach(this::add);
        spoilSharedBy(list);
    }

    /// A marked row.
    ///
    /// @param row its number in the list, from 0
    /// @param published its texts that have two spellings, as they are left when typed again
    /// @param respelled the same texts in the other spelling
    record Spelt(Key key, Position position, int row, List<String> published, List<String> respelled) {}

    /// A decoy that copies may have.
    ///
    /// @param row the number of the row behind it
    record Decoy(Key key, Position position, int row) {}

    private static boolean comesBefore(Marks.Decoy decoy, Key key) {
        return decoy.row().key().compareTo(key) < 0;
    }

    private void add(Marks.Decoy decoy) {
        int number = decoys.size();
        decoys.add(new Decoy(decoy.row().key(), decoy.position(), rows));
        addKey(decoy.row().key(), 2 * number + 1);
        for (Row row : decoy.row().rows().list()) {
            markable.eachPrice(row, price -> prices.put(priceOf(price), number));
        }
    }

    private void addKey(Key key, int owner) {
        List<String> cells = key.cells();
        keys.put(keyOf(String.join("", cells)), owner);
        if (cells.size() > 1) {
            cells.forEach(cell -> keys.put(keyOf(cell), owner));
        }
    }

    private void add(Key key, Mark mark) {
        int number = spelt.size();
        List<String> published = new ArrayList<>();
        List<String> respelled = new ArrayList<>();
        List<Row> rowsAsPublished = mark.published().list();
        List<Row> rowsRespelled = mark.respelled().list();
        for (int i = 0; i < rowsAsPublished.size(); i++) {
            for (TextCell cell : markable.texts()) {
                Row row = rowsAsPublished.get(i);
                String text = retyped(row, cell);
                String other = retyped(rowsRespelled.get(i), cell);
                if (text != null && other != null && !text.equals(other)) {
                    add(row, text, 2 * number);
                    add(row, other, 2 * number + 1);
                    published.add(text);
                    respelled.add(other);
                }
            }
        }
        spelt.add(new Spelt(key, mark.position(), rows, published, respelled));
    }

    private void add(Row row, String text, int owner) {
        texts.put(textOf(text), owner);
        markable.eachPrice(row, price -> texts.put(pricedText(text, price), owner));
    }

    private static @Nullable String retyped(Row row, TextCell cell) {
        String text = row.cells().get(cell.cell());
        return text == null ? null : Retyped.text(text);
    }

    /// What a row has that is not marked tells nothing of one that is; a price that a row has tells of no
    /// decoy.
    private void spoilSharedBy(Iterable<Change> list) {
        int number = 0;
        for (Change change : list) {
            boolean isMarked = marked.get(number++);
            for (Row row : change.rows().list()) {
                markable.eachPrice(row, price -> prices.spoil(priceOf(price)));
                for (TextCell cell : isMarked ? List.<TextCell>of() : markable.texts()) {
                    String text = retyped(row, cell);
                    if (text != null) {
                        texts.spoil(textOf(text));
                        markable.eachPrice(row, price -> texts.spoil(pricedText(text, price)));
                    }
                }
            }
        }
    }

    private long keyOf(String cell) {
        return hash.of(Retyped.key(cell).getBytes(StandardCharsets.UTF_8));
    }

    private long textOf(String retyped) {
        return hash.of(retyped.getBytes(StandardCharsets.UTF_8));
    }

    private long pricedText(String retyped, long price) {
        return hash.of(textOf(retyped), price);
    }

    private long priceOf(long price) {
        return hash.of(0, price);
    }

    /// How many keys the list has.
    int rows() {
        return rows;
    }

    List<Spelt> spelt() {
        return spelt;
    }

    /// The mark of a row, or less than 0.
    int markOf(int row) {
        int low = 0;
        int high = spelt.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int difference = Integer.compare(spelt.get(middle).row(), row);
            if (difference == 0) {
                return middle;
            }
            low = difference < 0 ? middle + 1 : low;
            high = difference < 0 ? high : middle - 1;
        }
        return -1;
    }

    List<Decoy> decoys() {
        return decoys;
    }

    int scale() {
        return markable.scale();
    }

    int keyCells() {
        return keyCells;
    }

    /// Twice the number of a row, or twice that of a decoy and 1; less than 0 when it is no key, or not of one
    /// alone.
    int byKey(String cell) {
        return keys.owner(keyOf(cell));
    }

    /// Twice the number of a mark, and 1 if it is the other spelling; or less than 0.
    int byText(String retyped) {
        return texts.owner(textOf(retyped));
    }

    /// The same for a text beside a price.
    int byText(String retyped, long price) {
        return texts.owner(pricedText(retyped, price));
    }

    /// The number of the decoy that has this price, or less than 0.
    int byPrice(long price) {
        return prices.owner(priceOf(price));
    }
}
