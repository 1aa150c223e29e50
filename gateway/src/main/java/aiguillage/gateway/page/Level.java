package aiguillage.gateway.page;

/// How well something is.
public enum Level {
    GOOD,
    WARN,
    BAD;

    /// As the sheet calls it; its word is `level.<this>`.
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    Level worse(Level other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
