package aiguillage.hub.schema;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What one flow asks of its payloads: an optional schema to obey, and search keys to find. Safe from any thread.
///
/// With a schema, every payload must be what the schema describes, whatever its media type says. Without, payloads
/// that call themselves XML or JSON must be well-formed and are searched for keys, and all others pass unread.
public final class PayloadCheck {

    /// Keys of one flow.
    public static final int KEYS_MAX = 8;

    /// Values kept per key and document; further ones are not searchable.
    public static final int VALUES_MAX = 16;

    /// Characters kept per value; [#searched] cuts a searched value likewise.
    public static final int VALUE_CHARS_MAX = 128;

    /// Payloads that are a tree at a time. Each byte pair can be a node.
    public static final int TREE_BYTES_MAX = 2 * JsonPass.TOKENS_MAX;

    private final Optional<CompiledSchema> schema;
    private final boolean searched;
    private final XmlPasses xml;
    private final JsonPass json;

    /// @param keys for each key where it stands: in XML a path of local names as
    ///     `/ProcessWarrantyClaim//VehicleID`, in JSON a pointer (RFC 6901) as `/claim/vin`. Without schema, each
    ///     is tried as both. At most [#KEYS_MAX]
    /// @throws SchemaRefused when a path is not one
    public PayloadCheck(Optional<CompiledSchema> schema, Map<String, String> keys) throws SchemaRefused {
        if (keys.size() > KEYS_MAX) {
            throw new SchemaRefused("A flow has " + keys.size() + " search keys; at most " + KEYS_MAX
                    + " are possible. Leave out those nobody searches for.");
        }
        this.schema = schema;
        this.searched = !keys.isEmpty();
        boolean isXml = schema.isPresent() && schema.get() instanceof XmlSchema;
        boolean isJson = schema.isPresent() && schema.get() instanceof JsonSchema;
        this.xml = new XmlPasses(
                schema.filter(XmlSchema.class::isInstance).map(XmlSchema.class::cast),
                isJson ? List.of() : xmlPaths(keys, isXml));
        this.json = new JsonPass(
                schema.filter(JsonSchema.class::isInstance).map(JsonSchema.class::cast),
                isXml ? List.of() : jsonPaths(keys));
    }

    /// A value that is searched for, as it would be kept.
    public static String searched(String value) {
        return FoundKeys.kept(value);
    }

    /// Whether payloads of this media type are looked into at all. The door need not show others to [#check].
    public boolean looksInto(Optional<String> mediaType) {
        return schema.isPresent() || (searched && format(mediaType) != Format.OTHER);
    }

    /// Reads the payload once. A valid one is read to its end, an invalid one perhaps only in part.
    ///
    /// @param mediaType `application/xml; charset=…`, as the envelope has it; decides only where there is no schema
    /// @param payload not closed here
    /// @throws IOException when the stream fails; nothing is then known about the payload
    public Verdict check(Optional<String> mediaType, InputStream payload) throws IOException {
        if (!looksInto(mediaType)) {
            return new Verdict.Valid(Map.of());
        }
        try {
            return switch (formatOf(mediaType)) {
                case XML -> xml.read(payload);
                case JSON -> json.read(payload);
                case OTHER -> new Verdict.Valid(Map.of());
            };
        } catch (StackOverflowError e) {
            // Patterns of schemas go deeper with every character they read, so the payload decides how deep.
            return new Verdict.Invalid(List.of(new Fault(
                    0,
                    0,
                    "",
                    "check-limit",
                    "A text is too long for the schema's pattern to be tried on it. Send a shorter one, or ask the hub's"
                            + " operator to limit its length in the schema.")));
        }
    }

    /// Whether [#check] holds payloads of this media type as a tree, many times their size. Whoever calls it sees
    /// to it that not more than [#TREE_BYTES_MAX] are checked at a time; one payload alone may have more.
    public boolean makesTree(Optional<String> mediaType) {
        return looksInto(mediaType) && formatOf(mediaType) == Format.JSON;
    }

    private Format formatOf(Optional<String> mediaType) {
        return schema.map(PayloadCheck::format).orElseGet(() -> format(mediaType));
    }

    private static Format format(CompiledSchema schema) {
        return switch (schema) {
            case XmlSchema _ -> Format.XML;
            case JsonSchema _ -> Format.JSON;
        };
    }

    private static Format format(Optional<String> mediaType) {
        String type = mediaType.orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (type.equals("application/xml") || type.equals("text/xml") || type.endsWith("+xml")) {
            return Format.XML;
        }
        return type.equals("application/json") || type.equals("text/json") || type.endsWith("+json")
                ? Format.JSON
                : Format.OTHER;
    }

    /// Without schema, a pointer that is no XML path (`/jobs/0/vin`) is meant for JSON only.
    private static List<XmlKeyPath> xmlPaths(Map<String, String> keys, boolean isXml) throws SchemaRefused {
        var paths = new ArrayList<XmlKeyPath>();
        for (Map.Entry<String, String> key : keys.entrySet()) {
            if (isXml || XmlKeyPath.isPath(key.getValue()) || !JsonKeyPath.isPointer(key.getValue())) {
                paths.add(XmlKeyPath.of(key.getKey(), key.getValue()));
            }
        }
        return paths;
    }

    private static List<JsonKeyPath> jsonPaths(Map<String, String> keys) throws SchemaRefused {
        var paths = new ArrayList<JsonKeyPath>();
        for (Map.Entry<String, String> key : keys.entrySet()) {
            paths.add(JsonKeyPath.of(key.getKey(), key.getValue()));
        }
        return paths;
    }

    private enum Format {
        XML,
        JSON,
        OTHER
    }
}
