package aiguillage.hub.dataset;

import aiguillage.dataset.mark.MarkSecret;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// One dataset that this hub serves: its rows, and what is made of them for readers.
///
/// @param work where publications are put together
/// @param told runs when versions came or went
record Served(Master master, Pools pools, Shares shares, Path work, Told told) implements Closeable {

    /// Who wants to know that versions came or went.
    @FunctionalInterface
    interface Told {
        void changed(Master master) throws IOException;
    }

    /// Opens it; what an earlier run left half done is removed.
    static Served open(Master master, Folder folder, MarkSecret secret, Seals seals, Told told) throws IOException {
        Path own = folder.of(master.name());
        var pools = new Pools(secret, master, folder.decoys(master.name()));
        var shares = new Shares(master, pools, seals, own);
        Path work = Files.createDirectories(own.resolve("work"));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(work)) {
            for (Path one : left) {
                Folder.remove(one);
            }
        }
        return new Served(master, pools, shares, work, told);
    }

    /// Takes in what the journal has more, or less, and tells. To be called at the beginning of a turn, since
    /// an earlier one may have failed behind its entry, and at its end.
    void follow() throws IOException {
        if (master.isBehind()) {
            master.catchUp();
            told.changed(master);
        }
    }

    /// Follows the journal, and puts what holds by now among the rows; a second later when somebody has the
    /// turn. The fold itself needs no turn.
    void fold() throws IOException {
        if (!master.turn().tryLock()) {
            return;
        }
        Instant now;
        try {
            follow();
            now = master.now();
        } finally {
            master.turn().unlock();
        }
        master.fold(now);
    }

    @Override
    public void close() {
        master.close();
    }
}
