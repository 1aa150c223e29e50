package aiguillage.dataset.replica;

import aiguillage.dataset.layer.DamagedLayer;
import aiguillage.protocol.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/// The folder in which a replica's layers lie, each named after its digest. Versions that change the same share
/// one.
public final class LayerFiles {

    private final Path folder;

    /// Windows cannot open a folder; its NTFS journal keeps names in order without our help.
    private final boolean folderCanBeForced;

    /// @param folder made when missing; what else lies in it is removed
    public LayerFiles(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.folderCanBeForced = folder.getFileSystem().equals(FileSystems.getDefault())
                && !System.getProperty("os.name", "").startsWith("Windows");
    }

    /// Where the layer with this digest lies, or would.
    Path file(String digest) {
        return folder.resolve(name(digest));
    }

    private static String name(String digest) {
        return HexFormat.of().formatHex(Digest.ofHeader(digest).bytes());
    }

    /// Whether the layer with this digest lies here, whole.
    boolean has(String digest) throws IOException {
        return Files.exists(file(digest)) && digest(file(digest)).equals(digest);
    }

    /// @throws DamagedLayer when the file has another digest
    static void require(Path file, String digest) throws IOException {
        String found = digest(file);
        if (!found.equals(digest)) {
            throw new DamagedLayer("its digest is " + found + ", the hub announced " + digest);
        }
    }

    private static String digest(Path file) throws IOException {
        MessageDigest sha = Digest.sha256();
        try (var in = new DigestInputStream(Files.newInputStream(file), sha)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return new Digest(sha.digest()).toString();
    }

    /// Takes a whole file in, for good.
    ///
    /// @param whole in this folder's file system; it is gone afterwards
    void take(Path whole, String digest) throws IOException {
        try (FileChannel file = FileChannel.open(whole, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        // What lies there already has the same bytes, or is damaged.
        Files.move(whole, file(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (folderCanBeForced) {
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    /// Removes all others.
    void keepOnly(Collection<String> digests) throws IOException {
        Set<String> kept = new HashSet<>();
        digests.forEach(digest -> kept.add(name(digest)));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (Path file : files) {
                if (!kept.contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
    }
}
