package aiguillage.hub.ftps;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Ports of one machine, `50000-50199`, or `0` for any that is free.
///
/// @param first the lowest; 0 with `last` 0 for any
/// @param last the highest
public record PortRange(int first, int last) {

    private static final int PORT_MAX = 65_535;
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})-([1-9][0-9]{0,4})");

    public PortRange {
        boolean isAny = first == 0 && last == 0;
        if (!isAny && (first < 1 || last < first || last > PORT_MAX)) {
            throw new IllegalArgumentException(
                    "there are no ports " + first + "-" + last + ": write the lower one first, 1 to " + PORT_MAX);
        }
    }

    /// Reads the written form.
    ///
    /// @throws IllegalArgumentException when it is anything else
    public static PortRange of(String text) {
        if (text.equals("0")) {
            return new PortRange(0, 0);
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("write two ports, as in 50000-50199, or 0 for any that is free");
        }
        return new PortRange(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    }

    /// Whether any port will do.
    boolean isAny() {
        return first == 0;
    }

    /// How many there are; one for any.
    int count() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        return isAny() ? "0" : first + "-" + last;
    }
}
