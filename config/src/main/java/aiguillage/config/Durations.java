package aiguillage.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How durations are written: a whole number with `ms`, `s`, `m`, `h` or `d`, as in `14d`. A day has 24 hours.
public final class Durations {

    /// So that no sum with an instant overflows: more than 270 years.
    public static final Duration MAX = Duration.ofDays(100_000);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,13})(ms|s|m|h|d)");

    private Durations() {}

    /// Reads the written form.
    ///
    /// @throws IllegalArgumentException when it is anything else, or longer than [#MAX]
    public static Duration of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is not a duration: write a whole number with ms, s, m, h or d, as in 15s");
        }
        long number = Long.parseLong(form.group(1));
        Duration duration = switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        if (duration.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is longer than any duration here: write " + shown(MAX) + " at most");
        }
        return duration;
    }

    /// The shortest exact form down to milliseconds, which [#of] reads back.
    public static String shown(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3_600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3_600 + "h";
    }
}
