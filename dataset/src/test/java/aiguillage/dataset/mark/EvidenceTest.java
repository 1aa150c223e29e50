package aiguillage.dataset.mark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EvidenceTest {

    private static final double[] CHANCES = {0.01, 0.1, 0.37, 0.5, 0.8, 0.99};

    /// Readings of all kinds, some of them absurd.
    private static Evidence evidence(double... chances) {
        var evidence = new Evidence();
        for (int i = 0; i < chances.length; i++) {
            var position = new Position(0, i, chances[i]);
            switch (i % 6) {
                case 0 -> evidence.spelling(position, false, true);
                case 1 -> evidence.spelling(position, true, true);
                case 2 -> evidence.decoy(position);
                case 3 -> evidence.noDecoy(position, 0.98);
                case 4 -> evidence.noDecoy(position, 0.01);
                default -> evidence.spelling(position, true, false);
            }
        }
        return evidence;
    }

    @Test
    void theMeanOfAnInnocentRecipientsFactorIsOne() {
        Evidence evidence = evidence(CHANCES);
        double mean = 0;
        for (long bits = 0; bits < 1 << CHANCES.length; bits++) {
            BitSet ones = BitSet.valueOf(new long[] {bits});
            double chance = 1;
            for (int i = 0; i < CHANCES.length; i++) {
                chance *= ones.get(i) ? CHANCES[i] : 1 - CHANCES[i];
            }
            mean += chance * Math.exp(evidence.score(ones).score());
        }
        assertThat(mean).isCloseTo(1, within(1e-9)); // all codewords were summed up: this is no sample
    }

    private static BitSet drawn(double[] chances, SplittableRandom random) {
        var ones = new BitSet();
        for (int i = 0; i < chances.length; i++) {
            ones.set(i, random.nextDouble() < chances[i]);
        }
        return ones;
    }

    @Test
    void innocentRecipientsReachAScoreAsSeldomAsTheBoundSays() {
        var random = new SplittableRandom(7);
        var chances = new double[40];
        for (int i = 0; i < chances.length; i++) {
            chances[i] = 0.02 + 0.9 * random.nextDouble();
        }
        Evidence evidence = evidence(chances);
        int innocent = 200_000;
        int tenth = 0;
        int thousandth = 0;
        for (int i = 0; i < innocent; i++) {
            double score = evidence.score(drawn(chances, random)).score();
            tenth += score >= Math.log(10) ? 1 : 0;
            thousandth += score >= Math.log(1_000) ? 1 : 0;
        }
        assertThat(tenth).isLessThan(innocent / 10).isPositive();
        assertThat(thousandth).isLessThan(innocent / 1_000);
    }

    @Test
    void theShareIsThatOfTheExcerptThatIsTheRecipients() {
        var random = new SplittableRandom(8);
        for (double share : new double[] {0.95, 0.5, 0.2}) {
            var evidence = new Evidence();
            var mine = new BitSet();
            for (int i = 0; i < 20_000; i++) {
                double chance = 0.1 + 0.8 * random.nextDouble();
                boolean bit = random.nextDouble() < chance;
                mine.set(i, bit);
                boolean read = random.nextDouble() < share ? bit : random.nextDouble() < chance;
                evidence.spelling(new Position(0, i, chance), !read, read);
            }
            Evidence.Score score = evidence.score(mine);
            assertThat(score.share()).isCloseTo(share, within(0.06));
            assertThat(score.score()).isGreaterThan(100);
        }
    }

    @Test
    void nothingReadAccusesNobody() {
        assertThat(new Evidence().score(new BitSet()).score()).isCloseTo(0, within(1e-9));
    }
}
