package aiguillage.simulation.fault;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The faults of one run: rates, counts, and an end.
public final class Faults {

    private final RandomGenerator random;
    private final double[] rates = new double[Fault.values().length];
    private final long[] counts = new long[rates.length];
    private final boolean[] leftOut = new boolean[rates.length];
    private boolean ended;

    public Faults(RandomGenerator random) {
        this.random = random;
        for (int i = 0; i < leftOut.length; i++) {
            leftOut[i] = random.nextInt(3) == 0;
        }
        drawRates();
    }

    /// Draws new rates: from now on it is wilder, or quieter.
    public void drawRates() {
        double wildness = random.nextDouble();
        for (Fault fault : Fault.values()) {
            double rate = fault.rateMax() * wildness * random.nextDouble();
            rates[fault.ordinal()] = leftOut[fault.ordinal()] ? 0 : rate;
        }
    }

    /// From now on nothing goes wrong any more.
    public void end() {
        ended = true;
    }

    public boolean haveEnded() {
        return ended;
    }

    /// Whether it strikes now; if so, it is counted.
    public boolean strikes(Fault fault) {
        double rate = rates[fault.ordinal()];
        if (ended || rate == 0 || random.nextDouble() >= rate) {
            return false;
        }
        counts[fault.ordinal()]++;
        return true;
    }

    public long count(Fault fault) {
        return counts[fault.ordinal()];
    }

    /// A time between these, the same chance for each.
    public Duration between(Duration least, Duration most) {
        return Duration.ofNanos(random.nextLong(least.toNanos(), most.toNanos() + 1));
    }

    public RandomGenerator random() {
        return random;
    }
}
