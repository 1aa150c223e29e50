package aiguillage.hub.dataset;

import aiguillage.dataset.mark.MarkSecret;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

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
        var shares = new Shares(master, pools, seals, own.resolve("shares"));
        Path work = Files.createDirectories(own.resolve("work"));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(work)) {
            for (Path one : left) {
                Folder.remove(one);
            }
        }
        return new Served(master, pools, shares, work, told);
    }

    /// Removes a publication's folder with what is left in it.
    static void remove(Path publication) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(publication)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(publication);
    }

    /// The journal has versions more, or less: takes them in, and tells.
    void changed() throws IOException {
        master.catchUp();
        told.changed(master);
    }

    @Override
    public void close() {
        master.close();
    }
}
