package aiguillage.hub.flows;

import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.routing.Table;
import aiguillage.hub.schema.CompiledSchema;
import aiguillage.hub.schema.KeptSchemas;
import aiguillage.hub.schema.SchemaRefused;
import aiguillage.hub.schema.Schemas;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Store;
import aiguillage.hub.yard.Yard;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Position;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds the table in force. Reading is safe from any thread; it changes when the entry of a new table is
/// recorded.
public final class CurrentTable {

    private final Store store;
    private final Path schemas;
    private final KeptSchemas kept;
    private final Formats formats;
    private volatile InForce inForce;
    private @Nullable InForce prepared;

    /// Opens the last table in the journal.
    ///
    /// @param schemas the folder from which new tables take their schemas
    /// @param kept where the schemas of tables in the journal are
    /// @param first what to begin with when there is none yet; it is to be appended
    /// @throws SchemaRefused when the table's schemas are not those it was applied with
    public CurrentTable(Store store, Path schemas, KeptSchemas kept, Entry.TableApplied first) throws SchemaRefused {
        this.store = store;
        this.schemas = schemas;
        this.kept = kept;
        this.formats = formats(schemas, kept);
        Optional<Recorded<Entry.TableApplied>> applied = applied(store);
        this.inForce = applied.isPresent() ? ready(applied.get()) : ready(first);
    }

    /// The folder of formats lies beside that of schemas.
    private static Formats formats(Path schemas, KeptSchemas kept) {
        return new Formats(schemas.resolveSibling("formats"), kept);
    }

    /// The last table in the journal, as it was applied; empty when none ever was.
    public static Optional<Recorded<Entry.TableApplied>> applied(Store store) {
        Optional<Position> last = position(store);
        if (last.isEmpty()) {
            return Optional.empty();
        }
        Position position = last.get();
        byte[] stored = store.get(aiguillage.hub.store.Table.ENTRIES, Key.of(position.value()));
        if (stored != null && EntryCodec.decodeStored(stored) instanceof Entry.TableApplied table) {
            return Optional.of(new Recorded<>(position, table));
        }
        throw new AssertionError("the view names a routing table, but the journal has none there");
    }

    /// Where the last table stands in the journal; empty when none ever was applied.
    static Optional<Position> position(Store store) {
        byte[] key = store.get(aiguillage.hub.store.Table.CURRENT, Yard.currentKey(Yard.ROUTING_TABLE));
        return key == null ? Optional.empty() : Optional.of(new Position(Key.lastNumber(key)));
    }

    private InForce ready(Recorded<Entry.TableApplied> applied) throws SchemaRefused {
        return ready(applied.entry()).at(applied.position().value());
    }

    /// Makes the table of an entry ready, with the schemas it was applied with and no others.
    private InForce ready(Entry.TableApplied applied) throws SchemaRefused {
        return InForce.of(
                Table.read("flows.yaml", applied.text()),
                name -> schema(name, applied.schemas()),
                name -> formats.applied(name, applied.schemas()));
    }

    private CompiledSchema schema(String name, Map<String, Digest> digests) throws SchemaRefused {
        Digest digest = digests.get(name);
        if (digest == null) {
            throw new SchemaRefused(
                    "The routing table in the journal names the schema " + name + " without its digest.");
        }
        Optional<CompiledSchema> known = kept.find(name, digest);
        return known.isPresent() ? known.get() : notYetKept(name, digest);
    }

    /// A table applied by a hub that kept no schemas: the folder must still hold them, once.
    private CompiledSchema notYetKept(String name, Digest digest) throws SchemaRefused {
        var folder = new Schemas(schemas);
        CompiledSchema schema = folder.named(name);
        if (!schema.digest().equals(digest)) {
            throw new SchemaRefused("The schema " + name + " in " + schemas + " is not the one the routing table was"
                    + " applied with, and the data folder keeps no copy of that one. Put the old file back and start"
                    + " the hub; then put the new one there and apply the table with `aiguillage flows apply`.");
        }
        kept.keep(folder);
        return schema;
    }

    /// The schemas and formats whose files in their folders are not those in force, by name: they count from
    /// the next time a table is applied.
    public List<String> changedSchemas() {
        var changed = new ArrayList<String>();
        for (Map.Entry<String, Digest> schema : inForce.schemas().entrySet()) {
            if (schema.getKey().startsWith(Formats.PREFIX)) {
                if (formats.isChanged(schema.getKey().substring(Formats.PREFIX.length()), schema.getValue())) {
                    changed.add(schema.getKey());
                }
                continue;
            }
            try {
                if (!new Schemas(schemas).named(schema.getKey()).digest().equals(schema.getValue())) {
                    changed.add(schema.getKey());
                }
            } catch (SchemaRefused e) {
                changed.add(schema.getKey());
            }
        }
        return changed;
    }

    public InForce inForce() {
        return inForce;
    }

    public Table table() {
        return inForce.table();
    }

    /// Compiles a new table before its entry is appended, so that it is known to work.
    ///
    /// @throws aiguillage.config.ConfigException when the table cannot be used
    /// @throws SchemaRefused when a schema cannot be used
    public synchronized InForce prepare(String text, Instant now) throws SchemaRefused {
        InForce next = prepared("flows.yaml", text, schemas, kept, now);
        prepared = next;
        return next;
    }

    /// Compiles a table as it would come into force now; keeps nothing.
    ///
    /// @throws aiguillage.config.ConfigException when the table cannot be used
    /// @throws SchemaRefused when a schema cannot be used
    InForce tried(String text, Instant now) throws SchemaRefused {
        return InForce.of(Table.readNew("flows.yaml", text, now), new Schemas(schemas)::named, formats::inFolder);
    }

    /// Compiles a table, and keeps its schemas.
    ///
    /// @param name what problems call the file
    /// @throws aiguillage.config.ConfigException when the table cannot be used
    /// @throws SchemaRefused when a schema cannot be used
    public static InForce prepared(String name, String text, Path schemas, KeptSchemas kept, Instant now)
            throws SchemaRefused {
        var folder = new Schemas(schemas);
        InForce next = InForce.of(Table.readNew(name, text, now), folder::named, formats(schemas, kept)::fresh);
        kept.keep(folder);
        return next;
    }

    /// Tells of a recorded entry. The store may know a later table by now, which then holds at once.
    public synchronized void recorded(Entry entry) {
        if (!(entry instanceof Entry.TableApplied)) {
            return;
        }
        Recorded<Entry.TableApplied> last = applied(store).orElseThrow();
        InForce next = prepared;
        if (next != null && isOf(next, last.entry())) {
            inForce = next.at(last.position().value());
            prepared = null;
            return;
        }
        try {
            inForce = ready(last);
        } catch (SchemaRefused e) {
            throw new AssertionError("a table was applied that cannot be used: " + e.getMessage(), e);
        }
    }

    private static boolean isOf(InForce ready, Entry.TableApplied applied) {
        return ready.table().text().equals(applied.text()) && ready.schemas().equals(applied.schemas());
    }
}
