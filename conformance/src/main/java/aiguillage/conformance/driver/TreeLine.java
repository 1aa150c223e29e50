package aiguillage.conformance.driver;

import java.io.IOException;
import java.util.List;

/// A connection by which a party's tree of files is seen; SFTP and FTPS carry the same. Paths begin with `/`.
/// For one thread.
interface TreeLine extends AutoCloseable {

    int FILE_BYTES_MAX = 32 << 20;
    int LISTED_MAX = 20_000;

    /// Pieces of a file that goes slowly, and the pause between two.
    int PIECES = 5;

    int PAUSE_MILLIS = 60;

    /// How a line begins.
    interface Opening {

        /// @throws NoLogin when this identity is not let in
        /// @throws IOException when nobody answers
        TreeLine open(Identity identity, Place place) throws IOException;
    }

    /// Whether the other end still listens.
    boolean isOpen();

    /// Puts a file whole, or as far as the manner says; then the line is cut.
    ///
    /// @throws Refused when it is not taken
    /// @throws IOException when the line broke, also on purpose
    void put(String path, byte[] content, Manner manner) throws IOException;

    /// Fetches a file of at most [#FILE_BYTES_MAX].
    ///
    /// @throws Refused when it cannot be had
    byte[] read(String path) throws IOException;

    /// The names in a folder, at most [#LISTED_MAX].
    ///
    /// @throws Refused when it cannot be had
    List<String> names(String folder) throws IOException;

    /// @throws Refused when it cannot be done
    void remove(String path) throws IOException;

    /// @throws Refused when it cannot be done
    void rename(String from, String to) throws IOException;

    /// Ends the connection at once, whatever is on its way.
    @Override
    void close();

    /// A file larger than [#FILE_BYTES_MAX].
    static DealerDriver.Unintelligible tooLarge(String path) {
        return new DealerDriver.Unintelligible("a file larger than " + FILE_BYTES_MAX + " bytes: " + path);
    }

    /// More than [#LISTED_MAX] in a folder.
    static DealerDriver.Unintelligible tooMany(String folder) {
        return new DealerDriver.Unintelligible("a folder of more than " + LISTED_MAX + " files: " + folder);
    }

    /// Whoever this is was not let in.
    final class NoLogin extends IOException {

        private static final long serialVersionUID = 1;

        NoLogin(String how, Throwable cause) {
            super(how, cause);
        }

        NoLogin(String how) {
            super(how);
        }
    }

    /// A step is refused; the line stands.
    final class Refused extends IOException {

        private static final long serialVersionUID = 1;

        private final Kind kind;

        /// Why, as far as the protocol can say.
        enum Kind {
            /// What it is about does not stand there.
            NOT_THERE,
            NOT_ALLOWED,
            FAILED
        }

        /// @param sentence as the other end said it
        Refused(Kind kind, String sentence, Throwable cause) {
            super(sentence, cause);
            this.kind = kind;
        }

        Refused(Kind kind, String sentence) {
            super(sentence);
            this.kind = kind;
        }

        Kind kind() {
            return kind;
        }

        String sentence() {
            return String.valueOf(getMessage());
        }
    }
}
