package aiguillage.dataset.mark;

import aiguillage.dataset.row.Row;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import aiguillage.protocol.Digest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;

/// What of a dataset's rows may differ between recipients: texts that may be spelled in another way, and the
/// prices that a decoy needs.
public final class Markable {

    /// To be raised when this package comes to mark the same rows otherwise, by other code than the spellings' rules.
    private static final int EDITION = 1;

    private final Schema schema;
    private final List<TextCell> texts = new ArrayList<>();
    private final List<PriceCell> prices = new ArrayList<>();
    private final int scale;
    private final String fingerprint;

    /// @param texts columns whose spelling nothing depends on; none: there are only decoys
    /// @param prices all columns with an amount: a decoy gets amounts of its own, that no row has
    /// @throws IllegalArgumentException when a column is not there, is a key, is of another type, or is in a
    ///     language there are no rules for
    public Markable(Schema schema, List<Text> texts, List<String> prices) {
        this.schema = schema;
        for (Text text : texts) {
            Spellings spellings = Spellings.of(text.language());
            if (spellings == null) {
                throw new IllegalArgumentException("there are no spellings in the language \"" + text.language()
                        + "\" of the column " + text.column() + ": known are en and fr");
            }
            int cell = cell(text.column());
            if (!(schema.values().get(cell).type() instanceof Type.Text(int charsMax))) {
                throw new IllegalArgumentException(
                        "the column " + text.column() + " is no text, so it has no spellings");
            }
            this.texts.add(new TextCell(cell, charsMax, spellings));
        }
        int scaleMax = 0;
        for (String price : prices) {
            int cell = cell(price);
            if (!(schema.values().get(cell).type() instanceof Type.Decimal(int digits))) {
                throw new IllegalArgumentException("the column " + price + " is no decimal, so it is no price");
            }
            this.prices.add(new PriceCell(cell, digits));
            scaleMax = Math.max(scaleMax, digits);
        }
        scale = scaleMax;
        fingerprint = fingerprint(EDITION);
    }

    private String fingerprint(int edition) {
        var written = new StringBuilder().append(edition);
        for (TextCell text : texts) {
            written.append("\ntext ").append(text.cell()).append(' ').append(text.charsMax());
            written.append('\n').append(text.spellings().written());
        }
        prices.forEach(price ->
                written.append("\nprice ").append(price.cell()).append(' ').append(price.scale()));
        Digest digest = Digest.of(written.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.bytes(), 0, Long.BYTES);
    }

    /// Tells it from all others, of other releases too: with equal ones a recipient's copies are marked alike.
    public String fingerprint() {
        return fingerprint;
    }

    /// @param language as `fr`
    public record Text(String column, String language) {}

    /// The columns, as the flows file names them.
    @Override
    public String toString() {
        List<Column> values = schema.values();
        return "texts "
                + texts.stream().map(text -> values.get(text.cell()).name()).toList() + ", prices "
                + prices.stream().map(price -> values.get(price.cell()).name()).toList();
    }

    /// Where a text stands in a row.
    record TextCell(int cell, int charsMax, Spellings spellings) {}

    /// Where a price stands in a row, and how many digits it has behind the point.
    record PriceCell(int cell, int scale) {}

    private int cell(String name) {
        List<Column> values = schema.values();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is no column " + name + " beside the key and the effective dates");
    }

    Schema schema() {
        return schema;
    }

    List<TextCell> texts() {
        return texts;
    }

    List<PriceCell> prices() {
        return prices;
    }

    /// Prices of all columns are compared as whole numbers with so many digits behind the point.
    int scale() {
        return scale;
    }

    void eachPrice(Row row, LongConsumer taker) {
        for (PriceCell price : prices) {
            String cell = row.cells().get(price.cell());
            if (cell != null) {
                taker.accept(
                        new BigDecimal(cell).setScale(scale).unscaledValue().longValue());
            }
        }
    }
}
