package aiguillage.hub.entry;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// How a delivery can end, as told to the sender.
public enum EndState {
    DELIVERED(1),
    REJECTED(2),
    EXPIRED(4),
    RETURNED(8);

    private final int bit;

    EndState(int bit) {
        this.bit = bit;
    }

    /// As it is written on the wire: `delivered`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// A set of states as stored: one bit each, from 0 to 15.
    public static int bits(Set<EndState> states) {
        int bits = 0;
        for (EndState state : states) {
            bits |= state.bit;
        }
        return bits;
    }

    /// The inverse of [#bits].
    public static Set<EndState> ofBits(int bits) {
        Set<EndState> states = EnumSet.noneOf(EndState.class);
        for (EndState state : values()) {
            if ((bits & state.bit) != 0) {
                states.add(state);
            }
        }
        return states;
    }
}
