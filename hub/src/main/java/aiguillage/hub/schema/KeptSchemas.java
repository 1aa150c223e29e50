package aiguillage.hub.schema;

import aiguillage.pki.DurableFile;
import aiguillage.protocol.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// Copies of the schemas that tables in the journal name, each in a folder named by its digest: what a table
/// was applied with is there at every start, whatever became of the folder it was read from. Safe from any
/// thread.
public final class KeptSchemas {

    private final Path folder;

    /// @param folder made when there is something to keep
    public KeptSchemas(Path folder) {
        this.folder = folder;
    }

    /// Keeps every schema compiled so far, durably; one that is kept already stays.
    ///
    /// @throws SchemaRefused when the disk does not take it
    public void keep(Schemas schemas) throws SchemaRefused {
        for (Map.Entry<Digest, Map<String, byte[]>> schema : schemas.files().entrySet()) {
            keep(schema.getKey(), schema.getValue());
        }
    }

    /// Keeps files that a table was applied with, durably, under the digest of them all.
    ///
    /// @param files by name
    /// @throws SchemaRefused when the disk does not take them
    public void keep(Digest digest, Map<String, byte[]> files) throws SchemaRefused {
        Path place = place(digest);
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                write(place.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new SchemaRefused("What a table is applied with cannot be kept in " + place + " (" + e + ").", e);
        }
    }

    /// The folder of files kept under a digest; empty when they never were.
    public Optional<Path> folder(Digest digest) {
        Path place = place(digest);
        return Files.isDirectory(place) ? Optional.of(place) : Optional.empty();
    }

    private static void write(Path file, byte[] content) throws IOException {
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        Path above = file.getParent();
        if (above != null) {
            Files.createDirectories(above);
        }
        DurableFile.write(file, content);
    }

    /// The schema of this name and digest, compiled; empty when it was never kept.
    ///
    /// @throws SchemaRefused when what is kept is damaged
    public Optional<CompiledSchema> find(String name, Digest digest) throws SchemaRefused {
        Path place = place(digest);
        if (!Files.isDirectory(place)) {
            return Optional.empty();
        }
        CompiledSchema schema = new Schemas(place).named(name);
        if (!schema.digest().equals(digest)) {
            throw new SchemaRefused("The schema " + name + " kept in " + place + " is damaged: its digest is "
                    + schema.digest() + ". Take this folder from a backup, or put the schema's files there again.");
        }
        return Optional.of(schema);
    }

    private Path place(Digest digest) {
        return folder.resolve(HexFormat.of().formatHex(digest.bytes()));
    }
}
