package aiguillage.dataset.mark;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.mark.Markable.PriceCell;
import aiguillage.dataset.mark.Markable.TextCell;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes decoys. Every so many rows one row lends its cells, so that a decoy is seen by whom that row is seen
/// by; its key is that row's with other digits at the end; its texts and prices are a neighbour's, with another
/// number and another amount. For one pool, and not for several threads.
final class DecoyMaker {

    private static final int NEIGHBOURS = 16;
    private static final int KEY_DIGITS_CHANGED_MAX = 6;
    private static final int KEYS_TRIED = 4;
    private static final int PRICES_TRIED = 48;
    private static final int PRICES_TRIED_ALIKE = 8;

    /// A decoy's price is between 0.78 and 1.28 of the neighbour's.
    private static final double PRICE_FACTOR_LOG = 0.25;

    private static final long PRICE_MAX = 1_000_000_000_000_000L;

    /// A number that is a size or a count, no code: 1 to 3 digits, none of them a leading zero, not behind a
    /// point.
    private static final Pattern SIZE = Pattern.compile("(?<![\\p{L}\\d.,])[1-9]\\d{0,2}(?![\\d.,])");

    private final Code code;
    private final Markable markable;
    private final Predicate<Key> inUse;
    private final List<Integer> keyCells = new ArrayList<>();
    private final Set<Key> made = new HashSet<>();
    private final Set<Long> madePrices = new HashSet<>();
    private long[] prices = new long[1 << 10];
    private int pricesCount;

    DecoyMaker(Code code, Markable markable, Predicate<Key> inUse) {
        this.code = code;
        this.markable = markable;
        this.inUse = inUse;
        List<Column> keys = markable.schema().keys();
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).type() instanceof Type.Text) {
                keyCells.add(i);
            }
        }
    }

    Decoys make(Iterable<Change> list) {
        for (Change change : list) {
            for (Row row : change.rows().list()) {
                markable.eachPrice(row, this::taken);
            }
        }
        Arrays.sort(prices, 0, pricesCount);

        List<Change> decoys = new ArrayList<>();
        List<Change> near = new ArrayList<>();
        for (Change change : list) {
            near.add(change);
            if (near.size() > NEIGHBOURS) {
                near.removeFirst();
            }
            Change decoy = code.hasDecoy(change.key()) ? decoy(change, near) : null;
            if (decoy != null) {
                decoys.add(decoy);
            }
        }
        return new Decoys(decoys);
    }

    private void taken(long price) {
        if (pricesCount == prices.length) {
            prices = Arrays.copyOf(prices, 2 * pricesCount);
        }
        prices[pricesCount++] = price;
    }

    private @Nullable Change decoy(Change lender, List<Change> near) {
        var draws = new SplittableRandom(code.making(lender.key()));
        Row lent = lender.rows().list().getLast();
        Row neighbour = near.get(draws.nextInt(near.size())).rows().list().getLast();
        List<@Nullable String> cells = new ArrayList<>(lent.cells());
        Key key = unusedKey(lender.key(), draws);
        if (key == null || !setPrices(neighbour, cells, draws)) {
            return null;
        }
        setTexts(neighbour, cells, draws);
        made.add(key);
        return new Change(key, Rows.of(List.of(new Row(lent.from(), lent.to(), cells))));
    }

    /// The key with other digits at its end, as few of them as possible.
    private @Nullable Key unusedKey(Key key, SplittableRandom draws) {
        List<String> cells = new ArrayList<>(key.cells());
        int most = -1;
        for (int cell : keyCells) {
            most = most < 0 || digits(cells.get(cell)) > digits(cells.get(most)) ? cell : most;
        }
        if (most < 0) {
            return null;
        }
        String cell = cells.get(most);
        for (int changed = 1; changed <= Math.min(KEY_DIGITS_CHANGED_MAX, digits(cell) - 1); changed++) {
            for (int tried = 0; tried < KEYS_TRIED; tried++) {
                cells.set(most, otherDigits(cell, changed, draws));
                Key other = Key.of(cells);
                if (!other.equals(key) && !made.contains(other) && !inUse.test(other)) {
                    return other;
                }
            }
        }
        return null;
    }

    private static int digits(String text) {
        return (int) text.chars().filter(DecoyMaker::isDigit).count();
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static String otherDigits(String cell, int count, SplittableRandom draws) {
        var other = new StringBuilder(cell);
        int left = count;
        for (int i = cell.length() - 1; left > 0; i--) {
            if (isDigit(cell.charAt(i))) {
                other.setCharAt(i, (char) ('0' + draws.nextInt(10)));
                left--;
            }
        }
        return other.toString();
    }

    /// @return whether there was one for each price of the neighbour
    private boolean setPrices(Row neighbour, List<@Nullable String> cells, SplittableRandom draws) {
        List<Long> found = new ArrayList<>();
        for (PriceCell price : markable.prices()) {
            String near = neighbour.cells().get(price.cell());
            if (near == null) {
                cells.set(price.cell(), null);
            } else {
                long free = freePrice(new BigDecimal(near), price.scale(), draws);
                if (free == 0) {
                    return false;
                }
                found.add(free);
                BigDecimal amount = BigDecimal.valueOf(free, markable.scale());
                cells.set(price.cell(), amount.setScale(price.scale()).toPlainString());
            }
        }
        madePrices.addAll(found);
        return !found.isEmpty() || markable.prices().isEmpty();
    }

    /// A price that no row has, as round as the neighbour's if there is one, else less so; 0 when all are
    /// taken.
    private long freePrice(BigDecimal near, int scale, SplittableRandom draws) {
        long price = near.setScale(markable.scale()).unscaledValue().longValue();
        if (price <= 0 || price > PRICE_MAX) {
            return 0;
        }
        long unitMin = BigDecimal.ONE.movePointRight(markable.scale() - scale).longValueExact();
        long unit = unitMin;
        while (price % (10 * unit) == 0) {
            unit *= 10;
        }
        for (int tried = 1; tried <= PRICES_TRIED; tried++) {
            double factor = Math.exp(draws.nextDouble(-PRICE_FACTOR_LOG, PRICE_FACTOR_LOG));
            long other = Math.round(price * factor / unit) * unit;
            if (other > 0 && Arrays.binarySearch(prices, 0, pricesCount, other) < 0 && !madePrices.contains(other)) {
                return other;
            }
            unit = tried % PRICES_TRIED_ALIKE == 0 ? Math.max(unitMin, unit / 10) : unit;
        }
        return 0;
    }

    /// The neighbour's texts; where they have a size, the same other size in all of them.
    private void setTexts(Row neighbour, List<@Nullable String> cells, SplittableRandom draws) {
        String size = null;
        String other = "";
        for (TextCell text : markable.texts()) {
            String near = neighbour.cells().get(text.cell());
            if (near != null && size == null) {
                Matcher sizes = SIZE.matcher(near);
                if (sizes.find()) {
                    size = sizes.group();
                    int number = Integer.parseInt(size);
                    int step = 1 + draws.nextInt(1 + number / 5);
                    other = Integer.toString(draws.nextBoolean() && number > step ? number - step : number + step);
                }
            }
            cells.set(text.cell(), near == null || size == null ? near : resized(near, size, other, text.charsMax()));
        }
    }

    private static String resized(String text, String size, String other, int charsMax) {
        Matcher sizes = SIZE.matcher(text);
        while (sizes.find()) {
            if (sizes.group().equals(size) && text.length() + other.length() - size.length() <= charsMax) {
                return text.substring(0, sizes.start()) + other + text.substring(sizes.end());
            }
        }
        return text;
    }
}
