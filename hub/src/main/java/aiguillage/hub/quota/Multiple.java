package aiguillage.hub.quota;

import aiguillage.config.Quoted;

/// How many times what each party may ask: `10`.
///
/// @param times 1 to [#TIMES_MAX]
public record Multiple(int times) {

    static final int TIMES_MAX = 10_000;

    public Multiple {
        if (times < 1 || times > TIMES_MAX) {
            throw new IllegalArgumentException(times + " is not a multiple: use a whole number from 1 to " + TIMES_MAX);
        }
    }

    /// Reads the written form.
    ///
    /// @throws IllegalArgumentException when it is anything else
    public static Multiple of(String text) {
        try {
            return new Multiple(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is not a multiple: use a whole number from 1 to " + TIMES_MAX, e);
        }
    }

    @Override
    public String toString() {
        return Integer.toString(times);
    }
}
