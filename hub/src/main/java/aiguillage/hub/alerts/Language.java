package aiguillage.hub.alerts;

import java.util.Locale;

/// In which language somebody is told.
public enum Language {
    EN,
    FR;

    /// As it is written.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException when it is none of these
    public static Language of(String word) {
        for (Language one : values()) {
            if (one.word().equals(word)) {
                return one;
            }
        }
        throw new IllegalArgumentException("A language is en or fr");
    }
}
