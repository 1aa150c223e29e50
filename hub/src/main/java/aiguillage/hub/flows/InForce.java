package aiguillage.hub.flows;

import aiguillage.format.Format;
import aiguillage.hub.routing.Flow;
import aiguillage.hub.routing.Table;
import aiguillage.hub.schema.CompiledSchema;
import aiguillage.hub.schema.PayloadCheck;
import aiguillage.hub.schema.SchemaRefused;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A table with its flows' payload checks, ready for use. Immutable, safe from any thread.
///
/// @param position where its entry stands in the journal; 0 before it is recorded
/// @param formats the formats of flat files that its flows and parties name
/// @param schemas the schemas its flows name, and the formats behind [Formats#PREFIX], with the digest of each
public record InForce(
        long position,
        Table table,
        Map<FlowName, PayloadCheck> checks,
        Map<String, Format> formats,
        SortedMap<String, Digest> schemas) {

    /// Where schemas come from.
    @FunctionalInterface
    public interface Source {

        /// @throws SchemaRefused when there is no correct one of this name; the message says which and where
        CompiledSchema named(String name) throws SchemaRefused;
    }

    /// Compiles what a table's flows ask for.
    ///
    /// @throws SchemaRefused when a schema is missing or not a correct one
    public static InForce of(Table table, Source schemas, Formats.Source formats) throws SchemaRefused {
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
        var ready = new HashMap<String, Format>();
        for (String name : Formats.named(table)) {
            Format format = formats.named(name);
            ready.put(name, format);
            digests.put(Formats.PREFIX + name, Formats.digest(format));
        }
        return new InForce(0, table, Map.copyOf(checks), Map.copyOf(ready), digests);
    }

    /// The same, recorded.
    InForce at(long recorded) {
        return new InForce(recorded, table, checks, formats, schemas);
    }

    /// The format of flat files in which a document comes; empty when it is none, or its flow takes none.
    public Optional<Format> flat(Flow flow, Envelope envelope) {
        return flow.terms().flat().stream()
                .map(formats::get)
                .filter(format -> format != null && format.fits(envelope.contentType(), envelope.subject()))
                .findFirst();
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
