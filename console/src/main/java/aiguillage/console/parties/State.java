package aiguillage.console.parties;

import java.util.Locale;

/// How a party stands, in one word: of what can be said of it, what needs somebody most. In that order.
public enum State {
    /// Somebody shut it out.
    SUSPENDED('S', "bad"),
    /// Its certificates were revoked, and it has no other.
    REVOKED('R', "bad"),
    /// Its last certificate ended.
    EXPIRED('X', "bad"),
    /// It rejected documents, and nobody has decided about them.
    QUARANTINE('Q', "warn"),
    /// Its last certificate ends within [Fleet#ENDS_SOON], and it has not renewed it.
    EXPIRING('E', "warn"),
    /// It was there, and is not now.
    SILENT('Z', "warn"),
    /// The hub does not know whether it was there.
    UNKNOWN('U', "plain"),
    /// It has a code, and no certificate yet.
    INVITED('I', "plain"),
    /// It has neither.
    NEW('N', "plain"),
    /// It has a certificate, and was never there.
    ENROLLED('A', "plain"),
    /// It is there.
    CONNECTED('C', "good");

    private final char letter;
    private final String mark;

    State(char letter, String mark) {
        this.letter = letter;
        this.mark = mark;
    }

    /// Tells it apart where colour does not.
    public char letter() {
        return letter;
    }

    /// Its class of style: `bad`, `warn`, `plain` or `good`.
    public String mark() {
        return mark;
    }

    /// As addresses and keys of words write it.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
