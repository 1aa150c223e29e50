package aiguillage.gateway.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;

/// The file operations whose order decides what a crash leaves behind. Nothing else in the gateway changes a file
/// that holds a document.
///
/// Reading needs no seam: a read changes nothing that a crash could tear.
public interface Disk {

    /// Writes a file and forces its bytes to the disk. The name is durable only after [#force(Path)] of its folder.
    void write(Path file, byte[] content) throws IOException;

    /// Streams into a file, at most `bytesMax` bytes, and forces them to the disk; constant memory.
    ///
    /// @param append true goes on behind what the file has, as after a broken download
    /// @throws TooLong when the stream has more than `bytesMax` bytes
    void write(Path file, InputStream content, long bytesMax, boolean append) throws IOException;

    /// Renames within one file system, atomically.
    void move(Path from, Path to) throws IOException;

    /// Removes a file that may or may not be there.
    void delete(Path file) throws IOException;

    /// Makes a folder and those above it, where missing.
    void folder(Path folder) throws IOException;

    /// Forces a folder's names to the disk: what was created, moved or deleted in it.
    void force(Path folder) throws IOException;

    /// Puts this into a file's place: after a crash the file has all of it, or what it had. Durable when it returns.
    default void replace(Path file, byte[] content) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".tmp");
        write(beside, content);
        move(beside, file);
        force(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }

    /// Bytes that may still be written to the file system of this folder.
    long usableBytes(Path folder) throws IOException;

    /// More bytes arrived than the limit allows.
    final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        public TooLong(long bytesMax) {
            super("more than " + bytesMax + " bytes, the limit here");
        }
    }
}
