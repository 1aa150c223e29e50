package aiguillage.hub.payload;

import aiguillage.protocol.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The folder of large payloads. Safe from any thread.
///
/// A file holds the payload and behind it one CRC-32C per 64 kB ([Blocks]), so that each part can be checked before
/// it is served; its digest alone would tell only after the last byte.
public final class Payloads {

    /// Up to this size a payload stands in the store, beside its entry.
    public static final int INLINE_BYTES_MAX = 256_000;

    /// What a payload holds in memory on its way to its file.
    public static final int COPY_BYTES = 64 << 10;

    private static final String UNFINISHED = ".part";

    /// The last characters of a file's name: a number no other file has.
    static final int NUMBER_DIGITS = 16;

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}-[0-9a-f]{16}");
    private static final Pattern UNFINISHED_NAME = Pattern.compile("[0-9a-f]{16}\\.part");

    private final Path folder;
    private final RandomGenerator names;

    /// @param folder exists or is created
    public Payloads(Path folder, RandomGenerator names) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.names = names;
    }

    /// A payload that is in its file, durably.
    ///
    /// @param file its name in the folder
    public record Stored(String file, Digest digest, long bytes) {}

    /// More bytes came than were allowed.
    public static final class TooLarge extends IOException {

        @java.io.Serial
        private static final long serialVersionUID = 1;

        TooLarge(long bytesMax) {
            super("the payload has more than " + bytesMax + " bytes");
        }
    }

    /// The disk does not take what came.
    public static final class DiskRefuses extends IOException {

        @java.io.Serial
        private static final long serialVersionUID = 1;

        DiskRefuses(IOException cause) {
            super("a payload cannot be written: " + cause.getMessage(), cause);
        }
    }

    /// Copies a stream into a new file, in constant memory, and makes it durable. Nothing stays behind on failure.
    ///
    /// @param head what was read of the stream already
    /// @param room told of every bytes' number before they are written; throws when there is no room for them
    /// @throws TooLarge when there are more than `bytesMax` bytes
    /// @throws DiskRefuses when the disk does
    /// @throws IOException when the stream breaks off
    public Stored store(byte[] head, InputStream rest, long bytesMax, LongConsumer room) throws IOException {
        String number = HexFormat.of().toHexDigits(names.nextLong());
        Path unfinished = folder.resolve(number + UNFINISHED);
        try {
            MessageDigest sha256 = Digest.sha256();
            long bytes = write(unfinished, head, new Incoming(rest, bytesMax, room), sha256, new Blocks(number));
            byte[] digest = sha256.digest();
            String name = HexFormat.of().formatHex(digest) + "-" + number;
            keep(unfinished, folder.resolve(name));
            return new Stored(name, new Digest(digest), bytes);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /// Gives a complete file its name, durably.
    private void keep(Path unfinished, Path file) throws IOException {
        try {
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            syncFolder();
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw new DiskRefuses(e);
        }
    }

    /// The digest of what a stream has, read to its end in constant memory.
    ///
    /// @param in not closed
    public static Digest digest(InputStream in) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        var buffer = new byte[COPY_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            sha256.update(buffer, 0, n);
        }
        return new Digest(sha256.digest());
    }

    private record Incoming(InputStream rest, long bytesMax, LongConsumer room) {}

    private static long write(Path file, byte[] head, Incoming incoming, MessageDigest sha256, Blocks blocks)
            throws IOException {
        try (FileChannel out = opened(file)) {
            long bytes = 0;
            var buffer = new byte[COPY_BYTES];
            byte[] next = head;
            for (int n = head.length; n >= 0; n = incoming.rest.read(buffer)) {
                bytes += n;
                if (bytes > incoming.bytesMax) {
                    throw new TooLarge(incoming.bytesMax);
                }
                incoming.room.accept(n);
                sha256.update(next, 0, n);
                blocks.update(next, n);
                writeAll(out, next, n);
                next = buffer;
            }
            byte[] sums = blocks.done();
            writeAll(out, sums, sums.length);
            force(out);
            return bytes;
        }
    }

    private static void force(FileChannel out) throws IOException {
        try {
            out.force(true);
        } catch (IOException e) {
            throw new DiskRefuses(e);
        }
    }

    private static FileChannel opened(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new DiskRefuses(e);
        }
    }

    private static void writeAll(FileChannel out, byte[] bytes, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
        try {
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
        } catch (IOException e) {
            throw new DiskRefuses(e);
        }
    }

    private void syncFolder() throws IOException {
        try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
            open.force(true);
        }
    }

    /// Reads a payload, or a part of it. Every block is checked before a byte of it is given out.
    ///
    /// @param payloadBytes of the whole
    /// @param from the first byte wanted
    /// @param to behind the last
    /// @throws CorruptPayload when the file is missing or has another size; each read throws it for damaged blocks
    public InputStream read(String file, long payloadBytes, long from, long to) throws IOException {
        return read(folder.resolve(file), payloadBytes, from, to);
    }

    /// As [#read(String, long, long, long)], of a file anywhere that has the name it was given.
    public static InputStream read(Path file, long payloadBytes, long from, long to) throws IOException {
        return new CheckedInput(file, payloadBytes, from, to);
    }

    /// The path of a payload's file.
    public Path path(String file) {
        return folder.resolve(file);
    }

    /// Removes a payload; it may be gone already.
    public void remove(String file) {
        try {
            Files.deleteIfExists(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("The payload file " + file + " cannot be removed: " + e.getMessage(), e);
        }
    }

    /// Whether a file is an upload that broke off. What is not named as payloads are was put there by somebody else,
    /// and is left alone.
    ///
    /// @param known whether the journal knows a file of this name
    public static boolean isOrphan(Path file, Predicate<String> known) {
        String name = Objects.requireNonNull(file.getFileName()).toString();
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && (UNFINISHED_NAME.matcher(name).matches()
                        || (NAME.matcher(name).matches() && !known.test(name)));
    }

    /// Removes every file that [#isOrphan]. Only while no upload runs.
    ///
    /// @param known whether the journal knows a file of this name
    /// @return how many were removed
    public int removeOrphans(Predicate<String> known) throws IOException {
        int removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (isOrphan(file, known)) {
                    Files.delete(file);
                    removed++;
                }
            }
        }
        return removed;
    }
}
