package aiguillage.app.terminal;

/// How a command ended, as the number its process returns. 64 and above follow `sysexits.h`.
public enum Exit {
    OK(0, "done"),
    NO(1, "refused, or the answer is no"),
    USAGE(2, "the command line is wrong"),
    HELD(3, "held: another person must release it"),
    UNAVAILABLE(69, "something it needs cannot be reached, or is not known here"),
    INTERNAL(70, "a defect or an impossible state; the process stopped"),
    CONFIGURATION(78, "a configuration file cannot be used");

    private final int code;
    private final String text;

    Exit(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public int code() {
        return code;
    }

    public String text() {
        return text;
    }
}
