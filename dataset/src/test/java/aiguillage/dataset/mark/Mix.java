package aiguillage.dataset.mark;

import java.util.random.RandomGenerator;

/// What several who leak make of their copies where these differ.
enum Mix {
    /// Each row from one of them, whoever.
    RANDOM_LINES("each row from any of them"),
    /// What most of them have.
    MAJORITY("what most have"),
    /// What fewest of them have.
    MINORITY("what fewest have"),
    /// Every decoy, and the other spelling wherever one of them has it.
    ALL_ONES("all ones"),
    /// No decoy that not each of them has, and the published spelling wherever one of them has it.
    ALL_ZEROS("all zeros"),
    /// The copies one behind another.
    TOGETHER("one behind another");

    private final String words;

    Mix(String words) {
        this.words = words;
    }

    /// What shows where so many of all have the bit; not for [#TOGETHER], where all of it does.
    boolean bit(int ones, int all, RandomGenerator random) {
        boolean tie = 2 * ones == all;
        return switch (this) {
            case RANDOM_LINES -> random.nextInt(all) < ones;
            case MAJORITY -> tie ? random.nextBoolean() : 2 * ones > all;
            case MINORITY -> ones == all || (ones > 0 && (tie ? random.nextBoolean() : 2 * ones < all));
            case ALL_ONES -> ones > 0;
            case ALL_ZEROS -> ones == all;
            case TOGETHER -> throw new IllegalArgumentException("nothing is chosen");
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
