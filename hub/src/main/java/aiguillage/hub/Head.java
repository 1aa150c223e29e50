package aiguillage.hub;

import aiguillage.hub.ledger.Ledger;
import aiguillage.pki.DurableFile;
import aiguillage.protocol.proof.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/// A witness beside the store: the ledger's signed head, written once a second while it grows, and at the end.
///
/// **Why.** A store whose newest log is lost or cut at the end of a record opens without a complaint, as it was
/// some time ago: to a log that alone knows how long it was, this is what power loss looks like. The entries behind
/// would be gone, their positions given away again, and two receipts would speak of one position. With the witness
/// a hub that opens less than it signed refuses to start. What was signed in the last second before a kill is known
/// only outside: `aiguillage hub check --checkpoint`.
final class Head {

    private final Path file;
    private final Ledger ledger;
    private long kept = -1;

    Head(Path file, Ledger ledger) {
        this.file = file;
        this.ledger = ledger;
    }

    /// Requires that the store holds all that was signed; writes nothing.
    ///
    /// @throws FileSystemException when it does not, or the head itself is damaged
    void require() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        Checkpoint head = read(file, ledger);
        if (head.size() > ledger.size()) {
            throw damaged("the ledger's head signed " + head.size() + " entries, but the store ends at entry "
                    + ledger.size() + ": its newest part is lost");
        }
        if (!MessageDigest.isEqual(head.root(), ledger.root(head.size()))) {
            throw damaged("the store's first " + head.size() + " entries are not those whose head was signed");
        }
    }

    /// The head in a file.
    ///
    /// @throws FileSystemException when it is not one that this ledger signed
    static Checkpoint read(Path file, Ledger ledger) throws IOException {
        try {
            return Checkpoint.verified(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), ledger.verifier());
        } catch (IllegalArgumentException e) {
            var damaged = new FileSystemException(
                    file.toString(),
                    null,
                    "the ledger's head is damaged: " + e.getMessage()
                            + ". Check the data folder with `aiguillage hub check --checkpoint` and one known outside;"
                            + " if all else is whole, delete this file");
            damaged.initCause(e);
            throw damaged;
        }
    }

    private FileSystemException damaged(String what) {
        return new FileSystemException(
                file.toString(),
                null,
                what + ". Stop using this data folder; restore the last backup (docs/operations.md, \"A damaged"
                        + " store\")");
    }

    /// Writes the head, if the ledger grew since. Not from several threads.
    void keep() throws IOException {
        long size = ledger.size();
        if (size != kept && size > 0) {
            DurableFile.write(file, ledger.checkpoint().getBytes(StandardCharsets.UTF_8));
            kept = size;
        }
    }
}
