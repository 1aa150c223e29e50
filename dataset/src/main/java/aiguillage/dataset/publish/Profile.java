package aiguillage.dataset.publish;

import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// What the cells of one column look like: shares of them, from 0 to 1, and a length. Where the shares of two
/// columns lie far apart in any one respect, they are not the same column.
///
/// @param traits in the order of [#NAMES], and behind them for each column of codes how many cells are one of
///     them; [Double#NaN] where nothing is known
record Profile(double[] traits) {

    static final int EMPTY = 0;
    static final int NUMBERS = 1;
    static final int DATES = 2;
    static final int LETTERS = 3;
    static final int LENGTH = 4;
    static final int CODES = 5;

    private static final List<String> NAMES =
            List.of("empty cells", "numbers", "dates", "cells with letters", "mean length", "known codes");

    /// Lengths that differ so many times are as far apart as all cells from none.
    private static final double FARTHEST_LENGTHS = 8;

    /// Lists differ in how many cells they fill, but a column that was mostly filled is not empty all at once.
    private static final double MOSTLY_FILLED = 0.5;

    /// What is known of a column when only its type is.
    static Profile ofType(Schema schema, Column column) {
        List<Type.Code> codes = codes(schema);
        var traits = new double[CODES + codes.size()];
        Arrays.fill(traits, Double.NaN);
        switch (column.type()) {
            case Type.Decimal _ -> {
                traits[NUMBERS] = 1;
                traits[LETTERS] = 0;
            }
            case Type.Date _ -> traits[DATES] = 1;
            case Type.Code code -> traits[CODES + codes.indexOf(code)] = 1;
            case Type.Text _ -> {
                // a text may look like anything
            }
        }
        return new Profile(traits);
    }

    static List<Type.Code> codes(Schema schema) {
        return schema.columns().stream()
                .filter(column -> column.type() instanceof Type.Code)
                .map(column -> (Type.Code) column.type())
                .toList();
    }

    /// How far apart two columns look, from 0 to 1; [Double#NaN] when no trait is known of both.
    double distance(Profile other) {
        int widest = widest(other);
        return widest < 0 ? Double.NaN : distance(other, widest);
    }

    private double distance(Profile other, int trait) {
        double mine = traits[trait];
        double theirs = other.traits[trait];
        return switch (trait) {
            case LENGTH -> Math.min(1, Math.abs(Math.log((mine + 1) / (theirs + 1))) / Math.log(FARTHEST_LENGTHS));
            case EMPTY -> Math.max(mine, theirs) == 1 && Math.min(mine, theirs) < MOSTLY_FILLED ? 1 : 0;
            default -> Math.abs(mine - theirs);
        };
    }

    /// The trait in which they look least alike; -1 when none is known of both.
    private int widest(Profile other) {
        return IntStream.range(0, traits.length)
                .filter(trait -> !Double.isNaN(traits[trait]) && !Double.isNaN(other.traits[trait]))
                .boxed()
                .max((one, another) -> Double.compare(distance(other, one), distance(other, another)))
                .orElse(-1);
    }

    /// Says in which respect this looks least like another: `2 % numbers, and not 98 %`.
    String against(Profile other) {
        int trait = Math.max(0, widest(other));
        String name = NAMES.get(Math.min(trait, CODES));
        return trait == LENGTH
                ? String.format(Locale.ROOT, "%s %.0f, and not %.0f", name, traits[trait], other.traits[trait])
                : String.format(
                        Locale.ROOT,
                        "%.0f %% %s, and not %.0f %%",
                        100 * traits[trait],
                        name,
                        100 * other.traits[trait]);
    }
}
