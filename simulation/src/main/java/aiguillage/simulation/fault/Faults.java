package aiguillage.simulation.fault;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The faults of one run: rates, counts, and an end.
public final class Faults {

    private final RandomGenerator random;
    private final Map<Fault, Double> rates = new EnumMap<>(Fault.class);
    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
    private final Set<Fault> leftOut = EnumSet.noneOf(Fault.class);
    private boolean ended;

    public Faults(RandomGenerator random) {
        this.random = random;
        for (Fault fault : Fault.values()) {
            if (random.nextInt(3) == 0) {
                leftOut.add(fault);
            }
        }
        drawRates();
    }

    /// Draws new rates: from now on it is wilder, or quieter.
    public void drawRates() {
        double wildness = random.nextDouble();
        for (Fault fault : Fault.values()) {
            double rate = fault.rateMax() * wildness * random.nextDouble();
            rates.put(fault, leftOut.contains(fault) ? 0 : rate);
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
        double rate = rates.getOrDefault(fault, 0.0);
        if (ended || rate == 0 || random.nextDouble() >= rate) {
            return false;
        }
        counts.merge(fault, 1L, Long::sum);
        return true;
    }

    /// Whether it strikes once more before all ends: in every second run that has it at all.
    public boolean strikesLast(Fault fault) {
        if (leftOut.contains(fault) || random.nextBoolean()) {
            return false;
        }
        counts.merge(fault, 1L, Long::sum);
        return true;
    }

    public long count(Fault fault) {
        return counts.getOrDefault(fault, 0L);
    }

    /// A time between these, the same chance for each.
    public Duration between(Duration least, Duration most) {
        return Duration.ofNanos(random.nextLong(least.toNanos(), most.toNanos() + 1));
    }

    public RandomGenerator random() {
        return random;
    }
}
