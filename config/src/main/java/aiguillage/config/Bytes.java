package aiguillage.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An amount of data, written `256kB`, `10MB`, `2GB`; a plain number counts bytes. Units are decimal: 1 kB is
/// 1,000 B.
public record Bytes(long count) implements Comparable<Bytes> {

    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB");
    private static final long STEP = 1_000;
    private static final Pattern FORM = Pattern.compile("([0-9]{1,19})(B|kB|MB|GB|TB)?");

    public Bytes {
        if (count < 0) {
            throw new IllegalArgumentException("an amount of data is never below 0 bytes, but " + count + " is");
        }
    }

    /// Reads the written form.
    ///
    /// @throws IllegalArgumentException when it is anything else, or 2^63 bytes and more
    public static Bytes of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is not an amount of data: write a whole number with B, kB, MB, GB or TB");
        }
        try {
            long count = Long.parseLong(form.group(1));
            int unit = form.group(2) == null ? 0 : UNITS.indexOf(form.group(2));
            for (int i = 0; i < unit; i++) {
                count = Math.multiplyExact(count, STEP);
            }
            return new Bytes(count);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(Quoted.of(text) + " is more data than can be counted: write less", e);
        }
    }

    @Override
    public int compareTo(Bytes other) {
        return Long.compare(count, other.count);
    }

    /// The shortest exact form, which [#of] reads back.
    @Override
    public String toString() {
        long rest = count;
        int unit = 0;
        while (rest > 0 && rest % STEP == 0 && unit < UNITS.size() - 1) {
            rest /= STEP;
            unit++;
        }
        return rest + UNITS.get(unit);
    }
}
