package aiguillage.hub.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was made for readers and may be asked for again: that which was asked for last, within bounds. Safe
/// from any thread.
///
/// @param <K> what tells one from the other
final class Kept<K, T extends Kept.Made> {

    private final Path folder;
    private final long memoryBytesMax;
    private final long fileBytesMax;

    /// In the order of their last use.
    private final Map<K, T> all = new LinkedHashMap<>(64, 0.75f, true);

    private long memoryBytes;
    private long fileBytes;
    private long files;

    /// One thing that was made.
    interface Made {

        /// What it costs in memory, roughly.
        long weight();

        /// Where it lies, when not in memory.
        @Nullable
        Path file();

        /// Its length.
        long bytes();
    }

    /// @param folder emptied: what lies there can be made again
    Kept(Path folder, long memoryBytesMax, long fileBytesMax) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.memoryBytesMax = memoryBytesMax;
        this.fileBytesMax = fileBytesMax;
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder)) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
    }

    @Nullable
    T find(K key) {
        synchronized (all) {
            T made = all.get(key);
            return made == null || made.file() == null || Files.exists(made.file()) ? made : null;
        }
    }

    /// Keeps a thing, and forgets those that were asked for longest ago when there are too many.
    T keep(K key, T made) throws IOException {
        List<Path> gone = new ArrayList<>();
        synchronized (all) {
            count(made, 1);
            T before = all.put(key, made);
            if (before != null) {
                count(before, -1);
            }
            Iterator<T> oldest = all.values().iterator();
            while ((memoryBytes > memoryBytesMax || fileBytes > fileBytesMax) && all.size() > 1) {
                T old = oldest.next();
                oldest.remove();
                count(old, -1);
                if (old.file() != null) {
                    gone.add(old.file());
                }
            }
        }
        for (Path file : gone) {
            Files.deleteIfExists(file); // whoever reads it reads on
        }
        return made;
    }

    private void count(T made, int sign) {
        memoryBytes += sign * made.weight();
        fileBytes += made.file() == null ? 0 : sign * made.bytes();
    }

    /// How a thing is written.
    ///
    /// @param <S> what is known then
    interface Written<S> {
        S to(OutputStream out) throws IOException;
    }

    /// What is made of a file that was written.
    interface Read<S, R> {
        R of(S known, Path file) throws IOException;
    }

    /// Writes a file: it is kept whole, or goes, since nobody would count what is left of one.
    <S> T inFile(Written<S> written, Read<S, T> read) throws IOException {
        Path file = newFile();
        try {
            S known;
            try (OutputStream out = Files.newOutputStream(file)) {
                known = written.to(out);
            }
            return read.of(known, file);
        } catch (IOException | RuntimeException | Error e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private Path newFile() {
        synchronized (all) {
            return folder.resolve(Long.toString(++files));
        }
    }
}
