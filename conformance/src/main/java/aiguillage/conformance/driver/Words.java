package aiguillage.conformance.driver;

import java.util.Locale;

/// A sentence in the two languages of the kit.
public record Words(String french, String english) {

    public String in(Locale language) {
        return language.getLanguage().equals(Locale.FRENCH.getLanguage()) ? french : english;
    }
}
