package aiguillage.hub.files;

import aiguillage.hub.problem.Refused;
import java.io.IOException;
import java.io.Serial;

/// A file cannot be had, made or moved as it was asked. Every protocol of files has a way to say each kind.
public final class FileRefused extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    /// Why, in the words that every protocol of files has.
    public enum Kind {
        NOT_THERE,
        NOT_ALLOWED,
        FAILED,
        /// It may be done later as it is.
        BUSY
    }

    private final Kind kind;

    /// @param sentence what, why and what to do, for people
    public FileRefused(Kind kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    /// The same refusal in the words of files, in one sentence or three.
    public static FileRefused of(Refused refused) {
        Kind kind = Guard.isForNow(refused.problem()) ? Kind.BUSY : Kind.FAILED;
        return new FileRefused(
                kind,
                "Refused (" + refused.problem().code() + "): " + refused.detail() + " "
                        + refused.problem().remedy());
    }

    static FileRefused notThere(String path) {
        return new FileRefused(Kind.NOT_THERE, "There is no " + path + ".");
    }

    static FileRefused notAllowed(String sentence) {
        return new FileRefused(Kind.NOT_ALLOWED, sentence);
    }

    static FileRefused failed(String sentence) {
        return new FileRefused(Kind.FAILED, sentence);
    }

    public Kind kind() {
        return kind;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
