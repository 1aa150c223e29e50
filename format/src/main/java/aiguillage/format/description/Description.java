package aiguillage.format.description;

import aiguillage.config.ConfigException;
import aiguillage.config.ConfigReader;
import aiguillage.format.description.Shape.Entry;
import aiguillage.format.description.Shape.Group;
import aiguillage.format.description.Shape.Layout;
import aiguillage.format.description.Shape.Particle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A format as it is described. Immutable.
///
/// @param root what a whole file is
/// @param newLine how lines end when they are written
public record Description(FormatFiles files, FormatFile head, Group root, String newLine) {

    /// Reads a description.
    ///
    /// @throws FormatRefused when it cannot be used
    public static Description of(FormatFiles files) throws FormatRefused {
        FormatFile head;
        try {
            head = new ConfigReader()
                    .text(
                            files.folder().resolve(FormatFiles.HEAD).toString(),
                            new String(files.require(FormatFiles.HEAD), StandardCharsets.UTF_8),
                            FormatFile.class)
                    .value();
        } catch (ConfigException e) {
            throw new FormatRefused(String.valueOf(e.getMessage()), e);
        }
        SchemaReader.Schema schema = SchemaReader.read(files, head.schema(), head.root());
        var description = new Description(files, head, schema.root(), schema.newLine());
        if (description.path(head.document()).isEmpty()) {
            throw new FormatRefused(
                    head.schema() + " has no group or record \"" + head.document() + "\", which `document` names.");
        }
        boolean isSegments = head.records() == FormatFile.Framing.SEGMENTS;
        for (Entry entry : description.entries()) {
            if (isSegments && !entry.terminator().startsWith("'")) {
                throw new FormatRefused("The record " + entry.name() + " in " + head.schema()
                        + " does not end with ', as a segment does in a schema, whatever the files' UNA says.");
            }
        }
        if (!schema.isUtf8() && description.others().isPresent()) {
            throw new FormatRefused("`dfdl:encoding` in " + head.schema()
                    + " is not UTF-8. The encoding of the files stands in " + FormatFiles.HEAD
                    + "; the schema is shown text that is decoded already: write encoding=\"UTF-8\" there.");
        }
        return description;
    }

    /// All kinds of record, in the order of the schema.
    public List<Entry> entries() {
        var entries = new LinkedHashMap<String, Entry>();
        collect(root, entries);
        return List.copyOf(entries.values());
    }

    private static void collect(Group group, Map<String, Entry> entries) {
        for (Particle part : group.parts()) {
            switch (part.shape()) {
                case Entry entry -> entries.putIfAbsent(entry.name(), entry);
                case Group inner -> collect(inner, entries);
            }
        }
    }

    /// Why Daffodil is needed; empty when all records are plain.
    public Optional<String> others() {
        for (Entry entry : entries()) {
            if (entry.layout() instanceof Layout.Other(var why)) {
                return Optional.of(why);
            }
        }
        return Optional.empty();
    }

    /// The names from the root to an element; empty when there is none.
    public List<String> path(String name) {
        var path = new ArrayList<String>();
        return find(root, name, path) ? List.copyOf(path) : List.of();
    }

    private static boolean find(Shape shape, String name, List<String> path) {
        path.add(shape.name());
        if (shape.name().equals(name)) {
            return true;
        }
        if (shape instanceof Group group) {
            for (Particle part : group.parts()) {
                if (find(part.shape(), name, path)) {
                    return true;
                }
            }
        }
        path.removeLast();
        return false;
    }
}
