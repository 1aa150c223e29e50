package aiguillage.dataset.mark;

import java.util.Arrays;
import java.util.BitSet;

/// Weighs what was read against each recipient's bits, with a bound on accusing an innocent one that holds
/// whatever those did who leaked.
///
/// **The score.** Suppose a share *a* of what leaked came from the recipient, and the rest from others with the
/// bias *p*: a bit *x* of the recipient then shows as 1 with chance *q(x)* = *a x* + (1 − *a*) *p*. What was
/// read at a position has under this supposition the likelihood *L(x)*; its factor is *g(x)* = *L(x)* ÷ (*p
/// L*(1) + (1 − *p*) *L*(0)). The score is the logarithm of the mean, over the [#SHARES], of the product of all
/// factors. (For one reading a position this is Laarhoven's decoder against the interleaving attack, which
/// reaches capacity whatever the attack: T. Laarhoven: "Capacities and capacity-achieving decoders for various
/// fingerprinting games", 2014.)
///
/// **The bound.** An innocent recipient's bits are drawn with the bias *p*, independently of each other and of
/// the excerpt: nobody who made it knew them. So each *g(x)* has the mean *p g*(1) + (1 − *p*) *g*(0) = 1,
/// whatever *L* is; so has their product, and so has the mean of products. By Markov's inequality such a
/// recipient reaches a score of *s* or more with a probability of at most e⁻ˢ, and any of *n* does with at
/// most *n* e⁻ˢ. Nothing is assumed of the excerpt, of the attack, or of how well marks were read; only that
/// bits which HMAC and SipHash made are as good as drawn.
///
/// Not for several threads.
final class Evidence {

    /// What share of the excerpt may be from one recipient: one alone, with some errors of reading, to one of
    /// many.
    private static final double[] SHARES = {0.98, 0.8, 0.5, 0.35, 0.25, 0.18, 0.12, 0.06};

    /// Of each position what names it, twice 64 bits, side by side: each recipient is compared with all of them.
    private long[] names = new long[2 * 64];

    private double[] chances = new double[64];
    private int count;

    /// For each share: the logarithm of the product of the factors of who has no bit at all.
    private final double[] none = new double[SHARES.length];

    /// For each position and share: what having the bit adds to that.
    private double[] added = new double[SHARES.length * 64];

    /// A score, and the share of the excerpt that explains it best.
    record Score(double score, double share) {}

    /// A spelling mark was read: as published, respelled, or, when the excerpt has lines of several copies,
    /// both. How often does not matter: a line that stands there ten times was not leaked ten times.
    void spelling(Position position, boolean asPublished, boolean respelled) {
        add(position, respelled, asPublished ? 1 : 0);
    }

    /// A decoy was seen.
    void decoy(Position position) {
        add(position, true, 0);
    }

    /// A decoy was not seen.
    ///
    /// @param coverage how likely the excerpt would show one row of a list; less than 1
    void noDecoy(Position position, double coverage) {
        add(position, false, coverage);
    }

    /// @param seen whether a 1 was read
    /// @param missed how likely a 0 would have been seen that was; 0 when none was
    private void add(Position position, boolean seen, double missed) {
        double p = position.chance();
        int at = SHARES.length * count;
        if (count == chances.length) {
            names = Arrays.copyOf(names, 4 * count);
            chances = Arrays.copyOf(chances, 2 * count);
            added = Arrays.copyOf(added, 2 * at);
        }
        names[2 * count] = position.high();
        names[2 * count + 1] = position.low();
        chances[count++] = p;
        for (int i = 0; i < SHARES.length; i++) {
            double rest = (1 - SHARES[i]) * p;
            double without = likelihood(rest, seen, missed);
            double with = likelihood(SHARES[i] + rest, seen, missed);
            double mean = logOfSum(Math.log(p) + with, Math.log1p(-p) + without);
            none[i] += without - mean;
            added[at + i] = with - without;
        }
    }

    /// The logarithm of the chance of a reading, where a 1 shows with the chance `one`.
    private static double likelihood(double one, boolean seen, double missed) {
        return (seen ? Math.log(one) : 0) + Math.log1p(-missed * one);
    }

    private static double logOfSum(double a, double b) {
        double most = Math.max(a, b);
        return most + Math.log(Math.exp(a - most) + Math.exp(b - most));
    }

    Score score(Codeword codeword) {
        var words = new long[(count + Long.SIZE - 1) / Long.SIZE];
        for (int i = 0; i < count; i++) {
            boolean bit = codeword.bit(names[2 * i], names[2 * i + 1], chances[i]);
            words[i / Long.SIZE] |= bit ? 1L << i : 0; // no branch: it could not be foreseen
        }
        return score(BitSet.valueOf(words));
    }

    /// @param ones the positions, in the order they were added, at which the recipient has the bit
    Score score(BitSet ones) {
        double[] logs = none.clone();
        for (int position = ones.nextSetBit(0); position >= 0; position = ones.nextSetBit(position + 1)) {
            int at = SHARES.length * position;
            for (int i = 0; i < SHARES.length; i++) {
                logs[i] += added[at + i];
            }
        }
        int best = 0;
        double sum = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < SHARES.length; i++) {
            best = logs[i] > logs[best] ? i : best;
            sum = i == 0 ? logs[0] : logOfSum(sum, logs[i]);
        }
        return new Score(sum - Math.log(SHARES.length), SHARES[best]);
    }
}
