package aiguillage.app.warranty;

import java.util.regex.Pattern;

/// Vehicle identification numbers: 17 characters, the ninth of which checks the others (ISO 3779, 49 CFR 565.15).
final class Vin {

    private static final Pattern FORM = Pattern.compile("[A-HJ-NPR-Z0-9]{17}");
    private static final String LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";
    private static final String LETTER_VALUES = "12345678123457923456789";
    private static final int[] WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    private static final int CHECK_DIGIT_INDEX = 8;
    private static final String MODEL_YEARS = "ABCDEFGHJKLMNPRSTVWXY123456789"; // from 2010 on
    private static final int FIRST_MODEL_YEAR = 2010;

    private Vin() {}

    /// @param maker three characters
    /// @param vehicle five characters that describe it
    /// @param plant one character
    /// @param serial below 1,000,000
    static String of(String maker, String vehicle, int modelYear, char plant, int serial) {
        char year = MODEL_YEARS.charAt((modelYear - FIRST_MODEL_YEAR) % MODEL_YEARS.length());
        String unchecked = maker + vehicle + "0" + year + plant + "%06d".formatted(serial);
        return unchecked.substring(0, CHECK_DIGIT_INDEX)
                + checkDigit(unchecked)
                + unchecked.substring(CHECK_DIGIT_INDEX + 1);
    }

    static boolean isCorrect(String vin) {
        return FORM.matcher(vin).matches() && vin.charAt(CHECK_DIGIT_INDEX) == checkDigit(vin);
    }

    private static char checkDigit(String vin) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            char c = vin.charAt(i);
            char digit = Character.isDigit(c) ? c : LETTER_VALUES.charAt(LETTERS.indexOf(c));
            sum += WEIGHTS[i] * (digit - '0');
        }
        return sum % 11 == 10 ? 'X' : (char) ('0' + sum % 11);
    }
}
