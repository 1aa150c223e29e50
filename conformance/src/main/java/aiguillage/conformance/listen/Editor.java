package aiguillage.conformance.listen;

/// Who makes the system under test do what is asked: a person at a terminal, or a client in a test.
public interface Editor {

    /// Something is asked of the system. May return before it is done.
    void asked(Task task);

    /// What the editor has said about the last task, as far as he has: nothing that the hub could see came, and
    /// he has looked at his own system.
    Said said();

    /// What an editor can say.
    enum Said {
        NOTHING,
        /// His system has shown a refusal, or was not let in.
        REFUSED,
        /// He wants to go on without this situation.
        SKIP
    }
}
