package aiguillage.console.web;

/// How good something is: a word, which is its style too, and a sign for who does not see colours. `GOOD` is only
/// what was looked at and found good.
public enum Level {
    GOOD("good", "✓"),
    WARN("warn", "!"),
    BAD("bad", "✕"),
    UNKNOWN("unknown", "?"),
    /// Neither good nor bad: a figure, or what has not begun.
    PLAIN("plain", "");

    private final String word;
    private final String sign;

    Level(String word, String sign) {
        this.word = word;
        this.sign = sign;
    }

    /// Its style, and the end of the key of its words.
    public String word() {
        return word;
    }

    /// What stands beside the words, for who does not see colours.
    public String sign() {
        return sign;
    }
}
