package aiguillage.hub.dataset;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Which layers stay: those that an entry names which made a version, withdrawn or not, or something that is
/// held. Others go, when what was held is discarded, each day, and at each start: a file is there before its
/// entry, and goes after it, so a crash leaves one too many and never one too few. Safe from any thread.
public final class Layers {

    /// How long a removal waits for those under whom none may go; then it is left to the next.
    private static final int PATIENCE_SECONDS = 1;

    private final Folder folder;
    private final Versions versions;
    private final ReentrantReadWriteLock removal = new ReentrantReadWriteLock();

    Layers(Folder folder, Versions versions) {
        this.folder = folder;
        this.versions = versions;
    }

    /// Something under which no layer may go.
    @FunctionalInterface
    public interface Step<T> {
        T run() throws IOException;
    }

    /// Does something while no layer goes: from before a layer comes until its entry is recorded, since another
    /// dataset may have discarded the very same one; and while entries and the layers that they name are
    /// copied.
    public <T> T whileNoneGoes(Step<T> step) throws IOException {
        removal.readLock().lock();
        try {
            return step.run();
        } finally {
            removal.readLock().unlock();
        }
    }

    /// Removes those that no entry names.
    ///
    /// @return whether that could be done now
    boolean removeUnnamed() throws IOException {
        try {
            if (!removal.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            Set<Path> named = new HashSet<>();
            versions.layers().keySet().forEach(digest -> named.add(folder.layer(digest)));
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.layers())) {
                for (Path file : files) {
                    if (!named.contains(file)) {
                        Files.delete(file);
                    }
                }
            }
            return true;
        } finally {
            removal.writeLock().unlock();
        }
    }
}
