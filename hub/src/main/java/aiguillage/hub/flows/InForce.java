package aiguillage.hub.flows;

import aiguillage.hub.routing.Flow;
import aiguillage.hub.routing.Table;
import aiguillage.hub.schema.CompiledSchema;
import aiguillage.hub.schema.PayloadCheck;
import aiguillage.hub.schema.SchemaRefused;
import aiguillage.protocol.Digest;
import aiguillage.protocol.FlowName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A table with its flows' payload checks, ready for use. Immutable, safe from any thread.
///
/// @param position where its entry stands in the journal; 0 before it is recorded
/// @param schemas the schemas its flows name, with the digest of each
public record InForce(
        long position, Table table, Map<FlowName, PayloadCheck> checks, SortedMap<String, Digest> schemas) {

    /// Where schemas come from.
    @FunctionalInterface
    public interface Source {

        /// @throws SchemaRefused when there is no correct one of this name; the message says which and where
        CompiledSchema named(String name) throws SchemaRefused;
    }

    /// Compiles what a table's flows ask for.
    ///
    /// @throws SchemaRefused when a schema is missing or not a correct one
    public static InForce of(Table table, Source schemas) throws SchemaRefused {
        var checks = new HashMap<FlowName, PayloadCheck>();
        var digests = new TreeMap<String, Digest>();
        for (Flow flow : table.flows()) {
            String name = flow.terms().schema();
            Optional<CompiledSchema> schema = Optional.empty();
            if (name != null) {
                CompiledSchema compiled = schemas.named(name);
                digests.put(name, compiled.digest());
                schema = Optional.of(compiled);
            }
            checks.put(flow.name(), new PayloadCheck(schema, flow.terms().keys()));
        }
        return new InForce(0, table, Map.copyOf(checks), digests);
    }

    /// The same, recorded.
    InForce at(long recorded) {
        return new InForce(recorded, table, checks, schemas);
    }

    /// What a flow of this table asks of its payloads.
    public PayloadCheck check(Flow flow) {
        PayloadCheck check = checks.get(flow.name());
        if (check == null) {
            throw new AssertionError("flow " + flow.name() + " is not of the table in force");
        }
        return check;
    }
}
