package aiguillage.hub.login;

/// What became of a try with a password.
public sealed interface Verdict {

    /// It is the party's.
    record In(Login.ByPassword login) implements Verdict {}

    /// Nobody comes in by it.
    record No() implements Verdict {}

    /// There was no time to look at it: the same may be right in a while.
    record Busy() implements Verdict {}
}
