package aiguillage.hub.dataset;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the rows of one version differ from those of another. Each list has at most [#LISTED_MAX]; how many
/// there are in all stands beside it. Immutable.
///
/// @param column whose amounts are compared, or null when the dataset has no numbers
/// @param added keys that came
/// @param removed keys that went
/// @param changed keys whose rows are others
/// @param moved how many of these have another amount in the column
/// @param risen how many of these have a higher one
/// @param largest the movements, the largest first, and in the order of keys where equal
/// @param steepest the movements, those first that are largest beside the amount before
/// @param came the rows of keys that came, in the order of keys
/// @param went the rows of keys that went, in the order of keys
/// @param others changed keys without a movement in the column, in the order of keys
public record Difference(
        @Nullable String column,
        long added,
        long removed,
        long changed,
        long moved,
        long risen,
        List<Movement> largest,
        List<Movement> steepest,
        List<Whole> came,
        List<Whole> went,
        List<Other> others) {

    /// Of what a list has room for.
    public static final int LISTED_MAX = 1_000;

    public Difference {
        largest = List.copyOf(largest);
        steepest = List.copyOf(steepest);
        came = List.copyOf(came);
        went = List.copyOf(went);
        others = List.copyOf(others);
    }

    /// An amount that is another.
    ///
    /// @param before as it was published
    /// @param after as it was published
    /// @param from since when that holds by the row's own dates, where that is not from the version's
    ///     beginning on
    public record Movement(
            Key key, String before, String after, @Nullable Instant from) {

        /// By how much; exact.
        public BigDecimal by() {
            return new BigDecimal(after).subtract(new BigDecimal(before));
        }

        /// By which share of the amount before; infinite where that was zero.
        public double share() {
            double was = Math.abs(Double.parseDouble(before));
            return was == 0 ? Math.copySign(Double.POSITIVE_INFINITY, by().signum()) : by().doubleValue() / was;
        }
    }

    /// A key that came or went.
    ///
    /// @param row one of its rows: the first, when it has several over time
    public record Whole(Key key, Row row) {}

    /// A key whose rows are others, while the amount is the same.
    ///
    /// @param columns whose cells are others; empty when only its dates are
    public record Other(Key key, List<String> columns) {

        public Other {
            columns = List.copyOf(columns);
        }
    }

    /// How many keys differ.
    public long keys() {
        return added + removed + changed;
    }
}
