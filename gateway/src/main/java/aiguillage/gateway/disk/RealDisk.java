package aiguillage.gateway.disk;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/// The machine's own disk. Nothing is written through a link: whoever may write into a DMS folder could lead it
/// anywhere.
public final class RealDisk implements Disk {

    private static final int CHUNK_BYTES = 64 * 1024;

    /// Windows cannot open a folder; its NTFS journal keeps names in order without our help.
    private static final boolean FOLDERS_CAN_BE_FORCED =
            !System.getProperty("os.name", "").startsWith("Windows");

    @Override
    public void write(Path file, byte[] content) throws IOException {
        try (var channel = FileChannel.open(file, CREATE, TRUNCATE_EXISTING, WRITE, LinkOption.NOFOLLOW_LINKS)) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    @Override
    public void write(Path file, InputStream content, long bytesMax, boolean append) throws IOException {
        Set<OpenOption> options = append
                ? Set.of(CREATE, APPEND, WRITE, LinkOption.NOFOLLOW_LINKS)
                : Set.of(CREATE, TRUNCATE_EXISTING, WRITE, LinkOption.NOFOLLOW_LINKS);
        try (var channel = FileChannel.open(file, options)) {
            byte[] chunk = new byte[CHUNK_BYTES];
            long left = bytesMax;
            for (int n = content.read(chunk); n >= 0; n = content.read(chunk)) {
                left -= n;
                if (left < 0) {
                    throw new TooLong(bytesMax);
                }
                var buffer = ByteBuffer.wrap(chunk, 0, n);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            channel.force(true);
        }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) { // as a rule it is there; asked first, since finding out otherwise costs more
            Files.createDirectories(folder);
        }
    }

    @Override
    public void force(Path folder) throws IOException {
        if (FOLDERS_CAN_BE_FORCED) {
            try (var channel = FileChannel.open(folder, READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public long usableBytes(Path folder) throws IOException {
        long bytes = folder.toFile().getUsableSpace();
        // 0 may be a failure, too. Asking in the other way tells, but reads all mounts of the system.
        return bytes > 0 ? bytes : Files.getFileStore(folder).getUsableSpace();
    }
}
