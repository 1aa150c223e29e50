package aiguillage.bench.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The values of the rounds of one measurement, in the order measured. Not for several threads.
public final class Series {

    private final List<Double> values = new ArrayList<>();

    public void add(double value) {
        values.add(value);
    }

    /// The middle value; the mean of the two in the middle when their number is even.
    public double median() {
        double[] sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// (largest − smallest) ÷ median.
    public double spread() {
        double[] sorted = sorted();
        return (sorted[sorted.length - 1] - sorted[0]) / median();
    }

    /// Round by round, these values divided by the other's.
    public Series by(Series other) {
        if (values.size() != other.values.size()) {
            throw new IllegalArgumentException(values.size() + " rounds cannot be held against " + other.values.size());
        }
        var ratios = new Series();
        for (int i = 0; i < values.size(); i++) {
            ratios.add(values.get(i) / other.values.get(i));
        }
        return ratios;
    }

    private double[] sorted() {
        if (values.isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
