package aiguillage.pki;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/// Replaces a whole file so that a crash at any instant leaves the old or the new content, never a mixture:
/// written beside its place, synced, renamed over it, folder synced.
///
/// Where the file system has no POSIX permissions (Windows), the folder's own access rules apply and folders
/// are not synced, which such systems do not offer.
public final class DurableFile {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    private DurableFile() {}

    /// Writes a file that everybody on this machine may read.
    public static void write(Path file, byte[] content) throws IOException {
        replace(file, content, READABLE);
    }

    /// Writes a file that is its owner's alone (mode 0600) from the moment it exists.
    public static void writeSecret(Path file, byte[] content) throws IOException {
        replace(file, content, OWNER_ONLY);
    }

    /// Reads a file that is its owner's alone.
    ///
    /// @throws IOException when others on this machine can read or change it, and so may have
    public static String readSecret(Path file) throws IOException {
        if (hasPermissions(file)) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (!OWNERS.containsAll(permissions)) {
                throw new IOException(file + " is open to others on this machine ("
                        + PosixFilePermissions.toString(permissions)
                        + "), so it is not used. If nobody read it, run: chmod"
                        + " 600 " + file + " ; otherwise put another in its place");
            }
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1); // damage is its reader's to notice
    }

    private static void replace(Path file, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = folderOf(target);
        Path beside = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".new");
        try {
            writeNew(beside, content, permissions);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
        syncFolder(folder);
    }

    private static void writeNew(Path file, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode(file, permissions))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] mode(Path file, Set<PosixFilePermission> permissions) throws IOException {
        return hasPermissions(folderOf(file))
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static void syncFolder(Path folder) throws IOException {
        if (hasPermissions(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /// True where files have an owner's, a group's and everybody's permissions.
    static boolean hasPermissions(Path existing) throws IOException {
        return Files.getFileStore(existing).supportsFileAttributeView("posix");
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + " is a folder, not a file");
        }
        return folder;
    }
}
