package aiguillage.hub.flows;

import aiguillage.hub.routing.Flow;
import aiguillage.hub.routing.Table;
import aiguillage.hub.schema.CompiledSchema;
import aiguillage.hub.schema.PayloadCheck;
import aiguillage.hub.schema.SchemaRefused;
import aiguillage.hub.schema.Schemas;
import aiguillage.protocol.Digest;
import aiguillage.protocol.FlowName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A table with its flows' payload checks, ready for use. Immutable, safe from any thread.
///
/// @param schemas the schemas its flows name, with the digest of each
public record InForce(Table table, Map<FlowName, PayloadCheck> checks, SortedMap<String, Digest> schemas) {

    /// Compiles what a table's flows ask for.
    ///
    /// @throws SchemaRefused when a schema is missing or not a correct one; the message says which and where
    public static InForce of(Table table, Schemas schemas) throws SchemaRefused {
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
        return new InForce(table, Map.copyOf(checks), digests);
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
