package aiguillage.hub.flows;

import aiguillage.format.Format;
import aiguillage.format.description.FormatFiles;
import aiguillage.format.description.FormatRefused;
import aiguillage.hub.routing.Table;
import aiguillage.hub.schema.KeptSchemas;
import aiguillage.hub.schema.SchemaRefused;
import aiguillage.protocol.Digest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Where the formats of flat files come from: the operator's folder when a table is applied, the copies that
/// are kept with it afterwards. Safe from any thread.
public final class Formats {

    /// Before a format's name among the schemas of a table's entry.
    public static final String PREFIX = "format:";

    private final Path folder;
    private final KeptSchemas kept;

    /// @param folder with one folder for each format
    public Formats(Path folder, KeptSchemas kept) {
        this.folder = folder;
        this.kept = kept;
    }

    /// Where formats come from.
    @FunctionalInterface
    public interface Source {

        /// @throws SchemaRefused when there is no usable one of this name; the message says why
        Format named(String name) throws SchemaRefused;
    }

    /// The formats that a table names.
    static SortedSet<String> named(Table table) {
        var names = new TreeSet<String>();
        table.flows().forEach(flow -> names.addAll(flow.terms().flat()));
        table.parties().forEach(party -> names.addAll(party.flat().values()));
        return names;
    }

    static Digest digest(Format format) {
        return new Digest(format.description().files().sha256());
    }

    /// The format in the operator's folder; a copy is kept.
    Format fresh(String name) throws SchemaRefused {
        Format format = inFolder(name);
        kept.keep(digest(format), format.description().files().contents());
        return format;
    }

    /// The format in the operator's folder.
    Format inFolder(String name) throws SchemaRefused {
        try {
            return Format.read(folder, name);
        } catch (FormatRefused e) {
            throw new SchemaRefused("The format " + name + " cannot be used. " + e.getMessage(), e);
        }
    }

    /// The format that a table was applied with.
    ///
    /// @throws SchemaRefused when it is not kept, or damaged
    Format applied(String name, Map<String, Digest> digests) throws SchemaRefused {
        Digest digest = digests.get(PREFIX + name);
        if (digest == null) {
            throw new SchemaRefused(
                    "The routing table in the journal names the format " + name + " without its digest.");
        }
        return require(name, digest, kept);
    }

    /// The kept format of this digest.
    ///
    /// @throws SchemaRefused when it is not kept, or damaged
    public static Format require(String name, Digest digest, KeptSchemas kept) throws SchemaRefused {
        Optional<Path> place = kept.folder(digest);
        if (place.isEmpty()) {
            throw new SchemaRefused("The format " + name + " that the routing table was applied with is not kept any"
                    + " more. Take the data folder's copy from a backup.");
        }
        try {
            Format format = Format.of(name, FormatFiles.read(place.get()));
            if (!digest(format).equals(digest)) {
                throw new SchemaRefused("The format " + name + " kept in " + place.get()
                        + " is damaged. Take this folder from a backup, or put the format's files there again.");
            }
            return format;
        } catch (FormatRefused e) {
            throw new SchemaRefused(
                    "The format " + name + " kept in " + place.get() + " cannot be used. " + e.getMessage(), e);
        }
    }

    /// Whether the folder has the format with another digest, or not at all.
    boolean isChanged(String name, Digest digest) {
        try {
            return !digest.equals(
                    new Digest(FormatFiles.read(folder.resolve(name)).sha256()));
        } catch (FormatRefused e) {
            return true;
        }
    }
}
