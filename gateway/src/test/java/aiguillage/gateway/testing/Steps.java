package aiguillage.gateway.testing;

/// Counts the steps that change something outside the program, and stops the program before or after the chosen
/// one.
public final class Steps {

    private int left = Integer.MAX_VALUE;

    /// The program is stopped at its n-th step from now: a step takes two, its beginning and its end.
    public void crashAt(int step) {
        left = step;
    }

    public void neverCrash() {
        left = Integer.MAX_VALUE;
    }

    public void pass() {
        left--;
        if (left <= 0) { // also in whatever a `finally` still tries: a killed program does nothing more
            throw new Crash();
        }
    }

    /// The program was killed. An Error, so that no code under test takes it for a failure it can handle.
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }
}
