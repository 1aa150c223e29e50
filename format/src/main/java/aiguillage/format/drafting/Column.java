package aiguillage.format.drafting;

import aiguillage.format.description.Calendar;
import aiguillage.format.description.Decimal;
import java.util.List;
import java.util.Optional;

/// What the values of one column have in common.
///
/// @param type of XML Schema
/// @param properties of DFDL, as attributes
/// @param isNillable whether some are empty
/// @param words for people
record Column(String type, String properties, boolean isNillable, String words) {

    private static final List<String> DATES =
            List.of("yyyy-MM-dd", "dd/MM/yyyy", "dd.MM.yyyy", "dd-MM-yyyy", "yyyyMMdd", "MM/dd/yyyy", "yyyy/MM/dd");

    /// Longer numbers without decimals are references, as a rule.
    private static final int NUMBER_DIGITS_MAX = 7;

    private static final List<Character> GROUPINGS = List.of(' ', '\u00A0', '.', ',', '\'');

    static Column of(List<String> values) {
        List<String> filled = values.stream().filter(value -> !value.isEmpty()).toList();
        boolean hasEmpty = filled.size() < values.size();
        if (filled.isEmpty()) {
            return text();
        }
        for (String pattern : DATES) {
            Optional<Calendar> date = Calendar.ofDate(pattern);
            if (date.isPresent() && filled.stream().allMatch(value -> isDate(date.get(), value))) {
                return new Column("date", " dfdl:calendarPattern=\"" + pattern + "\"", hasEmpty, "dates as " + pattern);
            }
        }
        return number(filled, hasEmpty).orElseGet(Column::text);
    }

    static Column text() {
        return new Column("string", "", false, "texts");
    }

    private static boolean isDate(Calendar date, String value) {
        String read = date.read(value);
        return read != null
                && read.compareTo("1950") > 0
                && read.compareTo("2150") < 0
                && value.equals(date.write(read));
    }

    private static Optional<Column> number(List<String> filled, boolean hasEmpty) {
        boolean isShort = filled.stream()
                .allMatch(value -> value.chars().filter(Character::isDigit).count() <= NUMBER_DIGITS_MAX);
        if (isShort && fits(filled, "0", '.', ',')) {
            return Optional.of(new Column("integer", " dfdl:textNumberPattern=\"0\"", hasEmpty, "whole numbers"));
        }
        for (char point : new char[] {',', '.'}) {
            int most = filled.stream()
                    .mapToInt(value -> decimals(value, point))
                    .max()
                    .orElse(0);
            int least = filled.stream()
                    .mapToInt(value -> decimals(value, point))
                    .min()
                    .orElse(0);
            if (most == 0) {
                continue;
            }
            String fraction = "." + "0".repeat(least) + "#".repeat(most - least);
            if (fits(filled, "0" + fraction, point, other(point))) {
                return Optional.of(decimal("0" + fraction, point, other(point), hasEmpty));
            }
            for (char grouping : GROUPINGS) {
                if (grouping != point && fits(filled, "#,##0" + fraction, point, grouping)) {
                    return Optional.of(decimal("#,##0" + fraction, point, grouping, hasEmpty));
                }
            }
        }
        return Optional.empty();
    }

    private static char other(char point) {
        return point == ',' ? '.' : ',';
    }

    private static int decimals(String value, char point) {
        int at = value.lastIndexOf(point);
        return at < 0 ? 0 : value.length() - at - 1;
    }

    /// Whether all are read, and written as they were.
    private static boolean fits(List<String> values, String pattern, char point, char grouping) {
        Optional<Decimal> decimal = Decimal.of(pattern, point, grouping);
        return decimal.isPresent()
                && values.stream().allMatch(value -> {
                    String read = decimal.get().read(value);
                    return read != null && value.equals(decimal.get().write(read));
                });
    }

    private static Column decimal(String pattern, char point, char grouping, boolean hasEmpty) {
        boolean isGrouped = pattern.indexOf(',') >= 0;
        return new Column(
                "decimal",
                " dfdl:textNumberPattern=\"" + pattern + "\" dfdl:textStandardDecimalSeparator=\"" + point
                        + "\" dfdl:textStandardGroupingSeparator=\"" + literal(grouping) + "\"",
                hasEmpty,
                "decimals with '" + point + "'" + (isGrouped ? ", '" + grouping + "' between thousands" : ""));
    }

    private static String literal(char c) {
        return switch (c) {
            case ' ' -> "%SP;";
            case '\u00A0' -> "%#xA0;";
            default -> String.valueOf(c);
        };
    }
}
