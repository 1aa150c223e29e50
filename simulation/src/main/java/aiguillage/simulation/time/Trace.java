package aiguillage.simulation.time;

/// What happened in a run, as a number that differs when anything differs, and, when somebody wants to read it, as
/// text. One thread.
public final class Trace {

    private static final long PRIME = 0x100000001b3L;

    private final boolean shown;
    private long hash = 0xcbf29ce484222325L;
    private long nowMillis;

    /// @param shown whether lines go to standard output
    public Trace(boolean shown) {
        this.shown = shown;
    }

    void now(long millis) {
        nowMillis = millis;
        mix(millis);
    }

    void mix(long number) {
        hash = (hash ^ number) * PRIME;
        hash ^= hash >>> 29;
    }

    /// Somebody did something.
    public void line(String who, String what) {
        mix(who.hashCode());
        mix(what.hashCode());
        if (shown) {
            print(who, what);
        }
    }

    private void print(String who, String what) {
        System.out.printf("%9.3f s  %-16s %s%n", nowMillis / 1_000.0, who, what);
    }

    /// Equal for equal runs.
    public long hash() {
        return hash;
    }
}
