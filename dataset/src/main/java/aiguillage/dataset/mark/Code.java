package aiguillage.dataset.mark;

import aiguillage.dataset.mark.Prf.Use;
import aiguillage.dataset.row.Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The code of one dataset: which rows are marked, the position of each, and the bits of each recipient. All of
/// it follows from the secret, the dataset's name and the row's key, so nothing is stored, and versions do not
/// change it.
///
/// The code is Tardos's, in the symmetric form of Škorić: at each position a bias, and each recipient's bit
/// drawn by itself with this bias (G. Tardos: "Optimal probabilistic fingerprint codes", 2003; B. Škorić, S.
/// Katzenbeisser, M. U. Celik: "Symmetric Tardos fingerprinting codes for arbitrary alphabet sizes", 2008).
/// Positions have no numbers: the key of the row names its position, so that rows may come and go.
///
/// Safe from any thread.
final class Code {

    /// One row in so many carries a spelling mark, when a rule applies to its text.
    static final int ROWS_PER_MARK = 8;

    /// One row in so many has a decoy in its neighbourhood.
    static final int ROWS_PER_DECOY = 32;

    /// A spelling's bias is drawn between this and one less this: the cut-off. Rarer spellings would say more
    /// of those who have them, but a leak seldom shows one.
    static final double CUT_OFF = 0.01;

    /// A decoy's bias is drawn between this and [#DECOY_CHANCE_MAX]: one that most have burdens their lists
    /// without telling them apart, while colluders who compare their lists can remove all decoys that not each
    /// of them has, so that some must be frequent.
    static final double DECOY_CHANCE_MIN = 0.02;

    static final double DECOY_CHANCE_MAX = 0.7;

    private static final Bias SPELLINGS = Bias.between(CUT_OFF, 1 - CUT_OFF);
    private static final Bias DECOYS = Bias.between(DECOY_CHANCE_MIN, DECOY_CHANCE_MAX);

    private final Prf prf;
    private final SipHash selection;

    Code(MarkSecret secret, String dataset) {
        prf = new Prf(new Prf(secret.bytes()).of(Use.DATASET, utf8(dataset)));
        selection = new SipHash(prf.of(Use.SELECTION, new byte[0]));
    }

    /// A number between 0 and 1, 1 excluded, from 64 bits of chance.
    static double share(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    /// What a marked row is told to do.
    ///
    /// @param choice chooses among the rules that apply to its text
    record Told(Position position, long choice) {}

    boolean selects(Key key) {
        return (selection.of(key.bytes()) & 0xffff_ffffL) % ROWS_PER_MARK == 0;
    }

    boolean hasDecoy(Key key) {
        return (selection.of(key.bytes()) >>> 32) % ROWS_PER_DECOY == 0;
    }

    Told spelling(Key key) {
        ByteBuffer drawn = ByteBuffer.wrap(prf.of(Use.SPELLING, key.bytes()));
        return new Told(position(drawn, SPELLINGS), drawn.getLong(24));
    }

    /// @param key of the decoy itself
    Position decoy(Key key) {
        return position(ByteBuffer.wrap(prf.of(Use.DECOY, key.bytes())), DECOYS);
    }

    private static Position position(ByteBuffer drawn, Bias bias) {
        return new Position(drawn.getLong(0), drawn.getLong(8), bias.of(drawn.getLong(16)));
    }

    /// The seed of the draws that make a decoy.
    ///
    /// @param key of the row in whose neighbourhood it is made
    long making(Key key) {
        return ByteBuffer.wrap(prf.of(Use.MAKING, key.bytes())).getLong();
    }

    Codeword codeword(String recipient) {
        return new Codeword(new SipHash(prf.of(Use.RECIPIENT, utf8(recipient))));
    }

    /// Makes fingerprints that nobody outside can aim at.
    SipHash fingerprints() {
        return new SipHash(prf.of(Use.FINGERPRINT, new byte[0]));
    }

    /// The arcsine distribution between two bounds: the squared sine of an even angle. `StrictMath` gives the
    /// same on every machine.
    private record Bias(double low, double high) {

        static Bias between(double min, double max) {
            return new Bias(StrictMath.asin(Math.sqrt(min)), StrictMath.asin(Math.sqrt(max)));
        }

        double of(long bits) {
            double sine = StrictMath.sin(low + share(bits) * (high - low));
            return sine * sine;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
