package aiguillage.gateway.replica;

import aiguillage.gateway.disk.Disk;
import aiguillage.gateway.disk.FileDigest;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/// Layers on their way. Each is a file named by its digest: what is there after a broken line or a kill is not fetched
/// again.
final class Downloads {

    private final Path folder;
    private final DatasetName name;
    private final DatasetSource source;
    private final Disk disk;
    private final long freeBytesMin;

    Downloads(Path folder, DatasetName name, DatasetSource source, Disk disk, long freeBytesMin) {
        this.folder = folder;
        this.name = name;
        this.source = source;
        this.disk = disk;
        this.freeBytesMin = freeBytesMin;
    }

    /// The disk has less free space than the gateway leaves to others.
    static final class NoRoom extends IOException {
        private static final long serialVersionUID = 1L;

        NoRoom(String message) {
            super(message);
        }
    }

    /// Puts down a layer that came with its offer.
    Path put(Digest digest, byte[] layer) throws IOException {
        requireRoom(layer.length);
        Path file = file(digest);
        disk.write(file, layer);
        return file;
    }

    /// Fetches a layer, from where it broke off last time.
    ///
    /// @param bytes its length
    /// @throws IOException when it is not here whole; what is here stays, unless it is wrong
    Path layer(long version, long from, Digest digest, long bytes) throws IOException, InterruptedException {
        Path file = file(digest);
        long here = Files.exists(file) ? Files.size(file) : 0;
        if (here > bytes) {
            disk.delete(file);
            here = 0;
        }
        if (here < bytes) {
            requireRoom(bytes - here);
            try (InputStream rest = source.layer(name, version, from, here)) {
                disk.write(file, rest, bytes - here, here > 0);
            }
        }
        if (Files.size(file) < bytes) {
            throw new IOException("the layer broke off after " + Files.size(file) + " of " + bytes + " bytes");
        }
        return whole(file, digest);
    }

    private Path whole(Path file, Digest digest) throws IOException {
        Digest found = FileDigest.of(file);
        if (!found.equals(digest)) {
            disk.delete(file);
            throw new IOException("the layer that came has the digest " + found + ", announced was " + digest);
        }
        return file;
    }

    /// Fetches something whose digest is known or not, but not its length.
    Path fresh(String file, InputStream content, long bytesMax) throws IOException {
        disk.folder(folder);
        requireRoom(0);
        Path path = folder.resolve(file);
        disk.write(path, content, bytesMax, false);
        return path;
    }

    /// Nothing is on its way any more.
    void clear() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                disk.delete(file);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private Path file(Digest digest) throws IOException {
        disk.folder(folder);
        return folder.resolve(HexFormat.of().formatHex(digest.bytes()));
    }

    private void requireRoom(long bytes) throws IOException {
        long left = disk.usableBytes(folder) - bytes;
        if (left < freeBytesMin) {
            throw new NoRoom(
                    "with the next version the disk would have " + left + " bytes left, fewer than " + freeBytesMin);
        }
    }
}
