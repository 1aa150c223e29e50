package aiguillage.hub.door.call;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A query parameter. One declaration serves the door that reads it and the description of the wire, so the
/// bounds described are those enforced; a parameter that an address does not declare is refused there.
///
/// @param text what it is for, in a sentence
/// @param schema the name of a schema in `openapi.json`, or null for a whole number
/// @param bounds of a whole number, or null
public record Query(
        String name,
        String text,
        @Nullable String schema,
        @Nullable Bounds bounds,
        boolean required) {

    /// The most deliveries in one answer.
    public static final int LIMIT_MAX = 1_000;

    private static final long LIMIT_DEFAULT = 100;
    private static final int WAIT_SECONDS_MAX = 60;

    public static final Query AFTER =
            number("after", "Only what stands behind this position.", 0L, 0, Long.MAX_VALUE - 1);
    public static final Query LIMIT = number("limit", "At most so many deliveries.", LIMIT_DEFAULT, 1, LIMIT_MAX);
    public static final Query WAIT = number("wait", "Seconds to wait for something to come.", 0L, 0, WAIT_SECONDS_MAX);
    public static final Query FLOW = text("flow", "Only this flow.", "FlowName", false);
    public static final Query KEY = text(
            "key",
            "The value of a search key: a claim number, a VIN; or a subject: the name of a file.",
            "SearchValue",
            true);
    public static final Query SENDER =
            text("sender", "Who sent it: needed where several senders used the id.", "PartyId", false);
    public static final Query PARTY = text("party", "Only this party.", "PartyId", false);
    public static final Query AFTER_VERSION =
            number("after", "The version the replica has; 0 when it has none.", 0L, 0, Long.MAX_VALUE);
    public static final Query SCOPE =
            text("scope", "The scope of the replica's rows, as they came with it.", "Scope", false);
    public static final Query FROM_VERSION =
            number("from", "The version the layer changes; 0: it replaces everything.", 0L, 0, Long.MAX_VALUE);
    public static final Query DELTA =
            text("delta", "Whether the file says what changes, and not all there is.", "Truth", false);
    public static final Query EFFECTIVE =
            text("effective", "From when on it holds; at once, unless given.", "Time", false);
    public static final Query SEALED = text("sealed", "Whether nobody may read it before that.", "Truth", false);
    public static final Query COLUMN =
            text("column", "Whose amounts are compared; the first that has some, unless given.", "ColumnName", false);
    public static final Query WSDL = text("wsdl", "The WSDL: empty or `2009`, or `2005`.", "WsdlVersion", false);
    public static final Query VERSION =
            new Query("version", "The version of the list.", null, new Bounds(null, 1, Long.MAX_VALUE), true);
    public static final Query POSITION =
            new Query("position", "The entry's position.", null, new Bounds(null, 1, Long.MAX_VALUE), true);
    public static final Query SIZE =
            number("size", "Of how many entries; all there are, unless given.", null, 1, Long.MAX_VALUE);
    public static final Query FROM = number("from", "The entries of the earlier ledger.", 0L, 0, Long.MAX_VALUE);
    public static final Query TO =
            number("to", "The entries of the later ledger; all there are, unless given.", null, 0, Long.MAX_VALUE);

    public static final Query TABLE =
            number("position", "The table that was applied there; 0: the one in force.", 0L, 0, Long.MAX_VALUE);
    public static final Query BEFORE = number(
            "before", "Only what stands in front of this position; 0: from the newest on.", 0L, 0, Long.MAX_VALUE);
    public static final Query OVER = number(
            "over", "Only if the table in force is that of this position; 0: whichever it is.", 0L, 0, Long.MAX_VALUE);

    /// @param fallback what counts when it is not given, or null when that is not a constant
    record Bounds(@Nullable Long fallback, long min, long max) {}

    private static Query number(String name, String text, @Nullable Long fallback, long min, long max) {
        return new Query(name, text, null, new Bounds(fallback, min, max), false);
    }

    private static Query text(String name, String text, String schema, boolean required) {
        return new Query(name, text, schema, null, required);
    }

    /// As OpenAPI describes a parameter.
    ObjectNode described() {
        ObjectNode parameter = Call.JSON.createObjectNode().put("name", name).put("in", "query");
        parameter.put("description", text).put("required", required);
        ObjectNode form = parameter.putObject("schema");
        if (bounds == null) {
            form.put("$ref", "#/components/schemas/" + schema);
        } else {
            form.put("type", "integer").put("format", "int64");
            form.put("minimum", bounds.min).put("maximum", bounds.max);
            if (bounds.fallback != null) {
                form.put("default", bounds.fallback);
            }
        }
        return parameter;
    }
}
