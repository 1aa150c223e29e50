package aiguillage.hub.flows;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.routing.Table;
import aiguillage.hub.schema.SchemaRefused;
import aiguillage.hub.schema.Schemas;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Store;
import aiguillage.hub.yard.Yard;
import aiguillage.protocol.Digest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds the table in force. Reading is safe from any thread; it changes when the entry of a new table is recorded.
public final class CurrentTable {

    private final Path schemas;
    private volatile InForce inForce;
    private @Nullable InForce prepared;

    /// @param schemas the folder of schemas
    public CurrentTable(Path schemas, InForce first) {
        this.schemas = schemas;
        this.inForce = first;
    }

    /// The last table in the journal, as it was applied; empty when none ever was.
    public static Optional<Entry.TableApplied> applied(Store store) {
        byte[] position = store.get(aiguillage.hub.store.Table.CURRENT, Yard.currentKey(Yard.ROUTING_TABLE));
        if (position == null) {
            return Optional.empty();
        }
        byte[] stored = store.get(aiguillage.hub.store.Table.ENTRIES, Key.of(Key.lastNumber(position)));
        if (stored != null && EntryCodec.decodeStored(stored) instanceof Entry.TableApplied table) {
            return Optional.of(table);
        }
        throw new AssertionError("the view names a routing table, but the journal has none there");
    }

    /// Makes the table of an entry ready, and requires that the schemas are the ones it was applied with.
    ///
    /// @throws SchemaRefused when a schema is missing, or is not the one the table was applied with
    public static InForce ready(Entry.TableApplied applied, Path schemas) throws SchemaRefused {
        InForce ready = InForce.of(Table.read("flows.yaml", applied.text()), new Schemas(schemas));
        for (Map.Entry<String, Digest> schema : applied.schemas().entrySet()) {
            if (!Objects.equals(schema.getValue(), ready.schemas().get(schema.getKey()))) {
                throw new SchemaRefused("Schema " + schema.getKey() + " in " + schemas
                        + " is not the one the routing table was applied with. Put the old file back, or apply the table"
                        + " again with `aiguillage flows apply`.");
            }
        }
        return ready;
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
    public synchronized InForce prepare(String text) throws SchemaRefused {
        InForce next = InForce.of(Table.read("flows.yaml", text), new Schemas(schemas));
        prepared = next;
        return next;
    }

    /// Tells of a recorded entry.
    public synchronized void recorded(Entry entry) {
        if (!(entry instanceof Entry.TableApplied applied)) {
            return;
        }
        InForce next = prepared;
        if (next == null || !next.table().text().equals(applied.text())) {
            try {
                next = ready(applied, schemas);
            } catch (SchemaRefused e) {
                throw new AssertionError("a table was applied that cannot be used: " + e.getMessage(), e);
            }
        }
        inForce = next;
        prepared = null;
    }
}
