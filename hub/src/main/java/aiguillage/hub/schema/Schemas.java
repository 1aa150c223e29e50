package aiguillage.hub.schema;

import aiguillage.protocol.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The schemas of one folder, by name; each is compiled once, when it is first asked for.
///
/// Safe from any thread. A file changed later is seen by a new `Schemas` only: a hub must not change its mind about
/// documents because somebody is editing.
public final class Schemas {

    /// So many schemas are kept; a hub's flows name far fewer.
    public static final int SCHEMAS_MAX = 1_000;

    private final Path folder;
    private final Map<String, CompiledSchema> compiled = new HashMap<>();
    private final Map<Digest, Map<String, byte[]>> files = new HashMap<>();

    /// @throws SchemaRefused when there is no such folder
    public Schemas(Path folder) throws SchemaRefused {
        try {
            this.folder = folder.toRealPath();
        } catch (IOException e) {
            throw new SchemaRefused(
                    "The schema folder " + folder + " cannot be read (" + e + "). Create it, or correct its path.", e);
        }
        if (!Files.isDirectory(this.folder)) {
            throw new SchemaRefused(
                    "The schema folder " + folder + " is a file. Write the path of the folder it lies in.");
        }
    }

    /// The schema of this name, compiled.
    ///
    /// @param name a path below the folder that ends in `.xsd` (W3C XML Schema 1.0) or `.json` (JSON Schema,
    ///     2020-12 unless its `$schema` says otherwise)
    /// @throws SchemaRefused when it is missing, leads out of the folder, or is not a correct schema
    public synchronized CompiledSchema named(String name) throws SchemaRefused {
        CompiledSchema known = compiled.get(name);
        if (known != null) {
            return known;
        }
        if (compiled.size() >= SCHEMAS_MAX) {
            throw new SchemaRefused("More than " + SCHEMAS_MAX + " schemas are in use; \"" + name + "\" is one more.");
        }
        var read = new SchemaFiles(folder, name);
        CompiledSchema schema = compile(name, read);
        compiled.put(name, schema);
        files.put(schema.digest(), read.contents());
        return schema;
    }

    /// The files of every schema compiled so far, by name, under the schema's digest.
    synchronized Map<Digest, Map<String, byte[]>> files() {
        return Map.copyOf(files);
    }

    private static CompiledSchema compile(String name, SchemaFiles files) throws SchemaRefused {
        if (name.endsWith(".xsd")) {
            return XmlSchema.compile(files);
        }
        if (name.endsWith(".json")) {
            return JsonSchema.compile(files);
        }
        throw new SchemaRefused(
                "\"" + name + "\" does not name a schema: write a file name that ends in .xsd or .json.");
    }
}
