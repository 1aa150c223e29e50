package aiguillage.hub.schema;

import java.util.regex.Pattern;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Where a search key stands in JSON. When an array stands there, each of its plain values counts.
///
/// @param key the declared name of the key
record JsonKeyPath(String key, JsonPointer pointer) {

    private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)+");

    /// @param pointer RFC 6901: `/claim/jobs/0/vin`
    static JsonKeyPath of(String key, String pointer) throws SchemaRefused {
        if (!isPointer(pointer)) {
            throw new SchemaRefused("The key \"" + key + "\" has the path " + Fault.quoted(pointer)
                    + ", which is not a JSON pointer: write /claim/vin, or /claim/jobs/0/vin for the first of an"
                    + " array (RFC 6901).");
        }
        return new JsonKeyPath(key, JsonPointer.compile(pointer));
    }

    static boolean isPointer(String pointer) {
        return POINTER.matcher(pointer).matches();
    }

    void find(JsonNode document, FoundKeys found) {
        JsonNode node = document.at(pointer);
        if (!node.isArray()) {
            add(node, found);
            return;
        }
        for (JsonNode element : node) {
            add(element, found);
        }
    }

    private void add(JsonNode node, FoundKeys found) {
        if (node.isValueNode() && !node.isNull() && !node.isMissingNode()) {
            found.add(key, node.asString());
        }
    }
}
