package aiguillage.bench.figure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One row of the table.
///
/// @param figure what was measured, as in `submission, 64 clients`; at most [#NAME_MAX] characters
/// @param ours our median
/// @param unit of both values
/// @param beside what ours is held against, or null when it stands alone
/// @param besideValue its median
/// @param ratio the median of the rounds' ratios, ours by the other
/// @param spread of the rounds of ours: (largest − smallest) ÷ median
/// @param goal in words, or null when there is none; `%` and `×` speak of the ratio, units of our value
/// @param met whether the goal was reached; null when there is none
public record Figure(
        String figure,
        double ours,
        String unit,
        @Nullable String beside,
        @Nullable Double besideValue,
        @Nullable Double ratio,
        double spread,
        @Nullable String goal,
        @Nullable Boolean met) {

    /// So that a row fits the table.
    public static final int NAME_MAX = 28;

    /// The same for `beside`.
    public static final int BESIDE_MAX = 24;

    private static final int GOAL_MAX = 8;

    public Figure {
        if (figure.length() > NAME_MAX || (beside != null && beside.length() > BESIDE_MAX)) {
            throw new IllegalArgumentException("too long for a row: " + figure + ", " + beside);
        }
    }

    /// A figure without a goal.
    public static Figure of(String figure, String unit, Series ours, String beside, Series other) {
        return new Figure(
                figure,
                ours.median(),
                unit,
                beside,
                other.median(),
                ours.by(other).median(),
                ours.spread(),
                null,
                null);
    }

    /// A figure beside one that somebody else has published and nobody measured here.
    public static Figure published(String figure, String unit, Series ours, String beside, double value) {
        return new Figure(figure, ours.median(), unit, beside, value, ours.median() / value, ours.spread(), null, null);
    }

    /// A figure beside nothing.
    public static Figure alone(String figure, String unit, Series ours) {
        return new Figure(figure, ours.median(), unit, null, null, null, ours.spread(), null, null);
    }

    /// With the goal that the ratio is at least `least`.
    public Figure ratioAtLeast(double least) {
        return with("≥ " + ratioText(least), ratio != null && ratio >= least);
    }

    /// With the goal that the ratio is at most `most`.
    public Figure ratioAtMost(double most) {
        return with("≤ " + ratioText(most), ratio != null && ratio <= most);
    }

    /// With the goal that our value is at least `least`.
    public Figure atLeast(double least) {
        return with("≥ " + boundText(least), ours >= least);
    }

    /// With the goal that our value is at most `most`.
    public Figure atMost(double most) {
        return with("≤ " + boundText(most) + " " + unit, ours <= most);
    }

    private static String ratioText(double bound) {
        return bound <= 1 ? Math.round(100 * bound) + " %" : boundText(bound) + "×";
    }

    private static String boundText(double bound) {
        return String.format(Locale.ROOT, bound == Math.rint(bound) ? "%,.0f" : "%.1f", bound);
    }

    private Figure with(String newGoal, boolean reached) {
        if (newGoal.length() > GOAL_MAX) {
            throw new IllegalArgumentException("too long for a row: " + newGoal + "; take a larger unit");
        }
        return new Figure(figure, ours, unit, beside, besideValue, ratio, spread, newGoal, reached);
    }
}
