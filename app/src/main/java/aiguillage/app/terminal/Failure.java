package aiguillage.app.terminal;

/// A command that cannot do what it was asked to; the message is the sentence its user reads.
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Exit exit;
    private final String code;

    public Failure(Exit exit, String sentence) {
        this(exit, sentence, "");
    }

    /// @param code of the hub's catalogue of problems, or empty
    public Failure(Exit exit, String sentence, String code) {
        super(sentence);
        this.exit = exit;
        this.code = code;
    }

    public Failure(Exit exit, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exit = exit;
        this.code = "";
    }

    /// The code of the hub's problem, or empty.
    public String code() {
        return code;
    }

    public Exit exit() {
        return exit;
    }
}
