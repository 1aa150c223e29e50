package aiguillage.console.parties;

import aiguillage.console.web.Level;
import java.util.Locale;

/// How a party stands, in one word: of what can be said of it, what needs somebody most. In that order.
public enum State {
    /// Somebody shut it out.
    SUSPENDED('S', Level.BAD),
    /// Its certificates were revoked, and it has no other.
    REVOKED('R', Level.BAD),
    /// Its last certificate ended.
    EXPIRED('X', Level.BAD),
    /// It rejected documents, and nobody has decided about them.
    QUARANTINE('Q', Level.WARN),
    /// Its last certificate ends within [Fleet#ENDS_SOON], and it has not renewed it.
    EXPIRING('E', Level.WARN),
    /// It was there, and is not now.
    SILENT('Z', Level.WARN),
    /// The hub does not know whether it was there.
    UNKNOWN('U', Level.PLAIN),
    /// It has a code, and no certificate yet.
    INVITED('I', Level.PLAIN),
    /// It has neither.
    NEW('N', Level.PLAIN),
    /// It has a certificate, and was never there.
    ENROLLED('A', Level.PLAIN),
    /// It is there.
    CONNECTED('C', Level.GOOD);

    private final char letter;
    private final Level level;

    State(char letter, Level level) {
        this.letter = letter;
        this.level = level;
    }

    /// Tells it apart where colour does not.
    public char letter() {
        return letter;
    }

    public Level level() {
        return level;
    }

    /// As addresses and keys of words write it.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
