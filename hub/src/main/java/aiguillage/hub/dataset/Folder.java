package aiguillage.hub.dataset;

import aiguillage.hub.payload.Payloads;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;

/// What lies where below `datasets/` in the hub's data folder.
///
/// ``` layers/<digest>              the changes of each version and of each publication that is held, never
/// changed reports/<dataset>.<id>.txt   why publications were held or refused, .tsv: their offending lines; for
/// 30 days <brand>/<name>/rows          all rows (RocksDB), made from the layers <brand>/<name>/stack
/// layers that are not in them yet <brand>/<name>/decoys        pools of decoys, by the version from which each
/// is used; `recipients`: who got a copy <brand>/<name>/shares        layers for readers, made when they are
/// asked for; may go at any time <brand>/<name>/hashes        of the buckets of what readers see; may go at any
/// time <brand>/<name>/work          uploads and publications under way; emptied at each start
/// ```
///
/// @param path the folder `datasets`
public record Folder(Path path) {

    /// Where layers lie, each named after its digest.
    public Path layers() {
        return path.resolve("layers");
    }

    /// Where the layer with this digest lies, or would.
    public Path layer(Digest digest) {
        return layers().resolve(HexFormat.of().formatHex(digest.bytes()));
    }

    /// Where the pools of a dataset's decoys lie.
    public Path decoys(DatasetName dataset) {
        return of(dataset).resolve("decoys");
    }

    Path reports() {
        return path.resolve("reports");
    }

    Path of(DatasetName dataset) {
        return path.resolve(dataset.brand().value()).resolve(dataset.name());
    }

    /// The digest of a whole file.
    public static Digest digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Payloads.digest(in);
        }
    }

    /// Removes a file, or a folder with all that is in it; what does not exist is no error.
    public static void remove(Path file) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> inside = Files.newDirectoryStream(file)) {
                for (Path one : inside) {
                    remove(one);
                }
            }
        }
        Files.deleteIfExists(file);
    }

    /// Puts a whole file among the layers, for good; durable when this returns.
    void keep(Path file, Digest digest) throws IOException {
        move(file, layer(digest));
    }

    /// Puts a whole file in its place; durable when this returns.
    static void move(Path whole, Path place) throws IOException {
        try (FileChannel written = FileChannel.open(whole, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(whole, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel names = FileChannel.open(place.getParent(), StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
