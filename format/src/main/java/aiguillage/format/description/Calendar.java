package aiguillage.format.description;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How dates and times are written: patterns of the letters `y M d H m s` and what stands between them.
///
/// @param pattern as the schema has it
/// @param kind which of XML Schema's types it is
/// @param format made of the pattern
public record Calendar(String pattern, Kind kind, DateTimeFormatter format) {

    private static final Pattern KNOWN = Pattern.compile("(?:yyyy|yy|MM|dd|HH|mm|ss|[ /.:T_-])+");

    /// XML Schema's types.
    public enum Kind {
        DATE,
        TIME,
        DATE_TIME
    }

    /// How dates are written; empty when the pattern has what is not known here.
    public static Optional<Calendar> ofDate(String pattern) {
        return of(pattern, Kind.DATE);
    }

    /// Reads a pattern; empty when it has what is not known here.
    static Optional<Calendar> of(String pattern, Kind kind) {
        String bare = pattern.replace("'T'", "T");
        boolean isWhole = kind != Kind.DATE
                || (pattern.matches("[yMd /.:_-]+")
                        && pattern.contains("yyyy")
                        && pattern.contains("MM")
                        && pattern.contains("dd"));
        if (!isWhole
                || !KNOWN.matcher(bare).matches()
                || bare.replace("yyyy", "").contains("yy")) {
            return Optional.empty(); // two digits of a year need a century, which is Daffodil's to say
        }
        String java = bare.replace("yyyy", "uuuu").replace("T", "'T'");
        return Optional.of(new Calendar(
                pattern, kind, DateTimeFormatter.ofPattern(java, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT)));
    }

    /// The date or time that a text is, as XML Schema writes it; null when it is none.
    public @Nullable String read(String text) {
        if (kind == Kind.DATE) {
            return date(text);
        }
        try {
            return switch (kind) {
                case DATE -> LocalDate.parse(text, format).toString();
                case TIME -> DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.parse(text, format));
                case DATE_TIME -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.parse(text, format));
            };
        } catch (DateTimeException e) {
            return null;
        }
    }

    /// Digit by digit: dates stand in nearly every record, and the formatter takes longer for one than all else
    /// in it.
    private @Nullable String date(String text) {
        if (text.length() != pattern.length()) {
            return null;
        }
        int year = 0;
        int month = 0;
        int day = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char wanted = pattern.charAt(i);
            boolean isDigit = c >= '0' && c <= '9';
            switch (wanted) {
                case 'y', 'M', 'd' -> {
                    if (!isDigit) {
                        return null;
                    }
                    year = wanted == 'y' ? year * 10 + c - '0' : year;
                    month = wanted == 'M' ? month * 10 + c - '0' : month;
                    day = wanted == 'd' ? day * 10 + c - '0' : day;
                }
                default -> {
                    if (c != wanted) {
                        return null;
                    }
                }
            }
        }
        if (year < 1
                || month < 1
                || month > 12
                || day < 1
                || day > YearMonth.of(year, month).lengthOfMonth()) {
            return null;
        }
        var iso = new StringBuilder(10).append(year);
        while (iso.length() < 4) {
            iso.insert(0, '0');
        }
        return iso.append(month < 10 ? "-0" : "-")
                .append(month)
                .append(day < 10 ? "-0" : "-")
                .append(day)
                .toString();
    }

    /// Writes a date or time; null when the text is none.
    public @Nullable String write(String text) {
        try {
            return switch (kind) {
                case DATE -> format.format(LocalDate.parse(text));
                case TIME -> format.format(LocalTime.parse(text));
                case DATE_TIME -> format.format(LocalDateTime.parse(text));
            };
        } catch (DateTimeException e) {
            return null;
        }
    }
}
