package aiguillage.dataset.publish;

import static java.util.stream.Collectors.toUnmodifiableSet;

import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a publication must keep to, besides its columns' types.
///
/// @param minimum the least that a decimal column may have; a line with less is in error
/// @param rowsMin how many keys there must be in the new version at least, or null
/// @param removedMax the most of the keys in force that may be gone, in percent, or null
/// @param changedMax for a decimal column, by how many percent of what held before a row may differ at most
public record Guards(
        Map<String, BigDecimal> minimum,
        @Nullable Limit rowsMin,
        @Nullable Limit removedMax,
        Map<String, Limit> changedMax) {

    public static final Guards NONE = new Guards(Map.of(), null, null, Map.of());

    public Guards {
        minimum = Map.copyOf(minimum);
        changedMax = Map.copyOf(changedMax);
    }

    /// @param then what becomes of a publication that is beyond the limit
    public record Limit(BigDecimal value, Then then) {

        public Limit {
            if (value.signum() < 0) {
                throw new IllegalArgumentException("a limit is not negative, as " + value + " is");
            }
        }
    }

    /// @throws IllegalArgumentException when a column is named that is no decimal of the dataset
    void require(Schema schema) {
        Set<String> decimals = schema.columns().stream()
                .filter(column -> column.type() instanceof Type.Decimal)
                .map(Column::name)
                .collect(toUnmodifiableSet());
        Set<String> named = new TreeSet<>(minimum.keySet());
        named.addAll(changedMax.keySet());
        named.removeAll(decimals);
        if (!named.isEmpty()) {
            throw new IllegalArgumentException(
                    "guards are declared for " + named + ", no decimal columns of the dataset");
        }
    }
}
