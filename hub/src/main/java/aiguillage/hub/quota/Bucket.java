package aiguillage.hub.quota;

/// A token bucket: holds so many, and gains them at an even rate. Not for several threads; time is given to it.
final class Bucket {

    private static final double NANOS_PER_MINUTE = 60e9;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double ROUNDING = 1e-6;

    private long size;
    private double perNano;
    private double level;
    private long atNanos;

    Bucket(long size, long perMinute, long nowNanos) {
        this.size = size;
        this.perNano = perMinute / NANOS_PER_MINUTE;
        this.level = size;
        this.atNanos = nowNanos;
    }

    /// From here on it has this size and rate.
    void resize(long size, long perMinute, long nowNanos) {
        gain(nowNanos);
        this.size = size;
        this.perNano = perMinute / NANOS_PER_MINUTE;
        level = Math.min(level, (double) size);
    }

    /// Gains what time has brought.
    void gain(long nowNanos) {
        long elapsed = nowNanos - atNanos;
        if (elapsed > 0) {
            level = Math.min((double) size, level + elapsed * perNano);
            atNanos = nowNanos;
        }
    }

    /// Whether there is at least so much.
    boolean has(long least, long nowNanos) {
        gain(nowNanos);
        return level >= least;
    }

    /// Takes so much, below nothing if it must be: then it takes time until there is something again.
    void take(long count) {
        level -= count;
    }

    /// Whole seconds until there is so much, at least 1.
    long secondsUntil(long least) {
        return Math.max(1, seconds(least - level));
    }

    /// What is there; nothing rather than a debt.
    long left() {
        return (long) Math.max(0, level);
    }

    /// Whole seconds until it is full again.
    long secondsUntilFull() {
        return seconds(size - level);
    }

    /// Whole seconds from empty to full, at least 1.
    long window() {
        return Math.max(1, seconds((double) size));
    }

    /// Rounded up, but not for what is only the error of binary fractions.
    private long seconds(double count) {
        return (long) Math.ceil(count / perNano / NANOS_PER_SECOND - ROUNDING);
    }

    boolean isFull(long nowNanos) {
        gain(nowNanos);
        return level >= size;
    }
}
