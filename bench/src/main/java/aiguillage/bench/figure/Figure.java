package aiguillage.bench.figure;

import org.jspecify.annotations.Nullable;

/// One row of the table.
///
/// @param figure what was measured, as in `submission, 64 clients`
/// @param ours our median
/// @param unit of both values
/// @param beside what ours is held against
/// @param besideValue its median
/// @param ratio the median of the rounds' ratios, ours by the other
/// @param spread of the rounds of ours: (largest − smallest) ÷ median
/// @param goal in words, or null when there is none
/// @param met whether the goal was reached; null when there is none
public record Figure(
        String figure,
        double ours,
        String unit,
        String beside,
        double besideValue,
        double ratio,
        double spread,
        @Nullable String goal,
        @Nullable Boolean met) {

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

    /// With the goal that the ratio is at least `least`.
    public Figure ratioAtLeast(double least) {
        return with("ratio ≥ " + Math.round(100 * least) + " %", ratio >= least);
    }

    /// With the goal that our value is at most `most`.
    public Figure atMost(double most) {
        return with("≤ " + Math.round(most) + " " + unit, ours <= most);
    }

    private Figure with(String newGoal, boolean reached) {
        return new Figure(figure, ours, unit, beside, besideValue, ratio, spread, newGoal, reached);
    }
}
