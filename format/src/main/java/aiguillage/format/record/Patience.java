package aiguillage.format.record;

import java.util.regex.Pattern;

/// A text that a pattern may look at only so often: what a stranger sent decides how long a pattern is tried,
/// and counting looks, unlike measuring time, gives the same answer on any machine.
final class Patience implements CharSequence {

    private static final int LOOKS_MAX = 1_000_000;

    private final CharSequence text;
    private int looks;

    private Patience(CharSequence text) {
        this.text = text;
    }

    private static final class Over extends RuntimeException {

        private static final long serialVersionUID = 1;

        Over() {
            super("looked at too often", null, false, false);
        }
    }

    /// Whether a text matches; one that takes too long does not.
    static boolean matches(Pattern pattern, String text) {
        try {
            return pattern.matcher(new Patience(text)).matches();
        } catch (Over | StackOverflowError e) {
            return false;
        }
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++looks > LOOKS_MAX) {
            throw new Over();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
