package aiguillage.gateway.replica;

import aiguillage.gateway.disk.Disk;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.status.Troubles;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.VersionStatement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The key that a hub signs its statements with: learned from the hub itself over mutual TLS at the first need, kept,
/// and never replaced by another. A hub that shows another key later is another hub, or a broken one: people decide
/// (they remove the file). Safe from any thread.
final class LearnedKey {

    private final String hub;
    private final Path folder;
    private final Path file;
    private final DatasetSource source;
    private final Disk disk;
    private final Troubles troubles;
    private LedgerKey.@Nullable Public known;

    /// What was found signed last: a statement is asked about up to three times before its version is taken in.
    private volatile @Nullable Found last;

    private record Found(String note, VersionStatement said) {}

    LearnedKey(String hub, Path folder, DatasetSource source, Disk disk, Troubles troubles) {
        this.hub = hub;
        this.folder = folder;
        this.file = folder.resolve("ledger-key");
        this.source = source;
        this.disk = disk;
        this.troubles = troubles;
    }

    /// A statement of this dataset that the hub signed.
    ///
    /// @throws IOException when it did not, or signs with another key than it used to
    VersionStatement verified(DatasetName name, String note) throws IOException, InterruptedException {
        try {
            VersionStatement said = said(note);
            if (!said.dataset().equals(name)) {
                throw new IOException("the hub sent a statement of " + said.dataset() + " for " + name);
            }
            return said;
        } catch (IllegalArgumentException e) {
            throw new IOException("a statement of " + name + " is not signed by this hub: " + e.getMessage(), e);
        }
    }

    private VersionStatement said(String note) throws IOException, InterruptedException {
        Found found = last;
        if (found != null && found.note.equals(note)) {
            return found.said;
        }
        VersionStatement said = VersionStatement.verified(note, key());
        last = new Found(note, said);
        return said;
    }

    /// The key that is kept, as the hub showed it; null before it was learned.
    synchronized @Nullable String kept() throws IOException {
        return Files.exists(file) ? Files.readString(file).strip() : null;
    }

    /// Learned or, once after each start, compared.
    private synchronized LedgerKey.Public key() throws IOException, InterruptedException {
        if (known != null) {
            return known;
        }
        String shown = source.ledgerKey().strip();
        String kept = kept();
        if (kept != null) {
            if (!kept.equals(shown)) {
                troubles.report(Kind.LEDGER_KEY_CHANGED, hub, "kept: " + kept + ", shown: " + shown);
                throw new IOException("the hub " + hub + " shows another ledger key than the one in " + file);
            }
        } else {
            LedgerKey.Public.ofText(shown); // nothing is kept that is no key
            disk.folder(folder);
            disk.replace(file, shown.getBytes(StandardCharsets.UTF_8)); // one cut short would be another for ever
        }
        troubles.ended(Kind.LEDGER_KEY_CHANGED, hub);
        known = LedgerKey.Public.ofText(shown);
        return known;
    }
}
