package aiguillage.dataset.mark;

/// One position of the code: a bit that each recipient has or has not.
///
/// @param high half of what names it, of 128 bits that only the hub can tell
/// @param low the other half
/// @param chance of each recipient, by itself, to have the bit; strictly between 0 and 1
public record Position(long high, long low, double chance) {

    public Position {
        if (!(chance > 0 && chance < 1)) {
            throw new IllegalArgumentException("a chance of " + chance + " is not between 0 and 1");
        }
    }
}
