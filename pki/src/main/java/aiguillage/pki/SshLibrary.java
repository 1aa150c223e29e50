package aiguillage.pki;

/// What must be said to Apache MINA SSHD before its first use, wherever it shares a process with keys of ours.
public final class SshLibrary {

    private static final String BOUNCY_CASTLE_FOR_ALL = "org.apache.sshd.security.provider.BC.useNamed";

    private SshLibrary() {}

    /// Keeps it from adding Bouncy Castle to the providers of the whole process: with it there, keys of the
    /// hub's own authority are read as another kind, by which no certificate is signed. It takes this by a
    /// property of the process alone, and once; it then uses Bouncy Castle for itself.
    public static void keepToItself() {
        System.setProperty(BOUNCY_CASTLE_FOR_ALL, "false");
    }
}
