package aiguillage.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/// Copies files so that they survive power loss: each file is synced, and the folders that name them.
final class DurableCopy {

    private static final int BUFFER_BYTES = 1 << 20;

    private DurableCopy() {}

    /// Copies one file into a new one, in constant memory. Its name is durable after [#sync] of its folder.
    ///
    /// @param to does not exist
    /// @param copied told of the number of bytes so far
    static void file(Path from, Path to, LongConsumer copied) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long bytes = 0;
            while (in.read(buffer) >= 0) {
                buffer.flip();
                bytes += buffer.remaining();
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
                buffer.clear();
                copied.accept(bytes);
            }
            out.force(true);
        }
    }

    /// Copies a folder's files, which are all regular, into a new folder.
    static void folder(Path from, Path to, LongConsumer copied) throws IOException {
        Files.createDirectory(to);
        long before = 0;
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.sorted().toList()) {
                long done = before;
                file(file, to.resolve(file.getFileName()), bytes -> copied.accept(done + bytes));
                before += Files.size(file);
            }
        }
        sync(to);
    }

    /// Copies a folder with all that is in it, files and folders, into a new one.
    static void tree(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) { // a folder before what is in it
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectory(copy);
                } else {
                    file(path, copy, bytes -> {});
                }
            }
        }
        try (Stream<Path> all = Files.walk(to)) {
            for (Path path : all.filter(Files::isDirectory).toList()) {
                sync(path);
            }
        }
    }

    /// The bytes of a folder's files.
    static long bytes(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /// Syncs a file's content, or a folder's names.
    static void sync(Path path) throws IOException {
        try (FileChannel open = FileChannel.open(path, StandardOpenOption.READ)) {
            open.force(true);
        }
    }

    /// Syncs a folder and every file in it.
    static void syncAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                sync(file);
            }
        }
        sync(folder);
    }
}
