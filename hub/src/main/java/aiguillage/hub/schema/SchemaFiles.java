package aiguillage.hub.schema;

import aiguillage.protocol.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// The files one schema is made of: read from the folder, remembered for the digest, and from nowhere else.
///
/// A name or reference that leaves the folder is refused, also when it leaves through a symbolic link. Used by one
/// thread while one schema is compiled.
final class SchemaFiles {

    static final int FILE_BYTES_MAX = 8 * 1024 * 1024;
    static final int FILES_MAX = 200;
    static final int SCHEMA_BYTES_MAX = 32 * 1024 * 1024;

    private final Path folder;
    private final String schema;
    private final String askedBy;
    private final Map<String, byte[]> read = new TreeMap<>();
    private long bytesRead;

    /// @param folder an existing folder, as a real path
    /// @param schema the name of the schema's first file
    SchemaFiles(Path folder, String schema) {
        this.folder = folder;
        this.schema = schema;
        this.askedBy = "The schema \"" + schema + "\"";
    }

    /// The schema's name: that of its first file.
    String schema() {
        return schema;
    }

    /// The address of the schema's first file.
    URI first() throws SchemaRefused {
        return address(schema);
    }

    /// How messages about the schema begin: `The schema "…"`.
    String askedBy() {
        return askedBy;
    }

    /// The address of a file of this folder, as references in schemas are resolved against it.
    URI address(String name) throws SchemaRefused {
        try {
            return folder.resolve(name).normalize().toUri();
        } catch (InvalidPathException e) {
            throw new SchemaRefused("\"" + name + "\" is not a file name.", e);
        }
    }

    /// The content of the file at this address; from memory when it was read before.
    byte[] read(URI address) throws SchemaRefused {
        Path file = inside(address);
        String name = name(address);
        byte[] known = read.get(name);
        if (known != null) {
            return known;
        }
        byte[] content = content(file);
        bytesRead += content.length;
        if (read.size() >= FILES_MAX || bytesRead > SCHEMA_BYTES_MAX) {
            throw new SchemaRefused(askedBy + " is made of more than " + FILES_MAX + " files or " + SCHEMA_BYTES_MAX
                    + " bytes. Point the flow at a smaller schema.");
        }
        read.put(name, content);
        return content;
    }

    /// The name of this address below the folder; `../…` when it lies outside.
    String name(URI address) {
        return folder.relativize(path(address)).toString().replace('\\', '/');
    }

    /// The files read, by name.
    Map<String, byte[]> contents() {
        return Collections.unmodifiableMap(read);
    }

    /// One SHA-256 over all files read: for each in the order of its name, the name in UTF-8, a zero byte, and the
    /// SHA-256 of its content.
    Digest digest() {
        MessageDigest all = Digest.sha256();
        read.forEach((name, content) -> {
            all.update(name.getBytes(StandardCharsets.UTF_8));
            all.update((byte) 0);
            all.update(Digest.of(content).bytes());
        });
        return new Digest(all.digest());
    }

    private Path inside(URI address) throws SchemaRefused {
        if (!"file".equals(address.getScheme()) || address.getRawAuthority() != null || address.isOpaque()) {
            throw new SchemaRefused(askedBy + " refers to " + address + ". Schemas are never fetched from elsewhere:"
                    + " put the file into " + folder + " and refer to it by a relative path.");
        }
        Path file;
        try {
            file = path(address);
        } catch (InvalidPathException e) {
            throw new SchemaRefused(askedBy + " refers to " + address + ", which is not a file name.", e);
        }
        if (!file.startsWith(folder)) {
            throw new SchemaRefused(
                    askedBy + " leads out of the schema folder, to " + file + ". Put the file into " + folder + ".");
        }
        return file;
    }

    private static Path path(URI address) {
        return Path.of(address.getPath()).normalize();
    }

    private byte[] content(Path file) throws SchemaRefused {
        try {
            if (!file.toRealPath().startsWith(folder)) {
                throw new SchemaRefused(askedBy + " leads out of the schema folder: " + file + " is, or lies behind, a"
                        + " symbolic link to elsewhere. Copy the file into " + folder + ".");
            }
            if (!Files.isRegularFile(file)) {
                throw new SchemaRefused(askedBy + ": " + file + " is not a file.");
            }
            return bounded(file);
        } catch (NoSuchFileException e) {
            throw new SchemaRefused(
                    askedBy + ": there is no file " + file + ". Put it there, or correct the reference.", e);
        } catch (IOException e) {
            throw new SchemaRefused(askedBy + ": " + file + " cannot be read (" + e + ").", e);
        }
    }

    private static byte[] bounded(Path file) throws IOException, SchemaRefused {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(FILE_BYTES_MAX + 1);
            if (content.length > FILE_BYTES_MAX) {
                throw new SchemaRefused(file + " has more than " + FILE_BYTES_MAX + " bytes, too many for a schema.");
            }
            return content;
        }
    }
}
