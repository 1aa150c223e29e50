package aiguillage.hub.schema;

import com.networknt.schema.Error;
import com.networknt.schema.utils.JsonNodes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;

/// Says in plain words what is wrong with a document in JSON.
final class JsonFaults {

    static final Fault EMPTY = new Fault(1, 1, "", "json-truncated", "The document is empty. Send it again, whole.");

    private JsonFaults() {}

    /// The document is not as its schema says.
    static Fault of(Error error) {
        JsonNode node = error.getInstanceNode();
        TokenStreamLocation at = node == null ? null : JsonNodes.tokenStreamLocationOf(node);
        String message = error.getMessage();
        String sentence = "Here: " + message + ".";
        return fault(at, error.getInstanceLocation().toString(), "json-" + error.getKeyword(), sentence);
    }

    /// The document is not JSON.
    static Fault of(JacksonException e) {
        String said = e.getOriginalMessage();
        return switch (e) {
            case StreamConstraintsException _ ->
                fault(e.getLocation(), "", "json-limit", "A limit is exceeded: " + said);
            case UnexpectedEndOfInputException _ ->
                fault(e.getLocation(), "", "json-truncated", "The document ends too early. Send it again, whole.");
            default -> fault(e.getLocation(), "", "json-not-well-formed", "This is not JSON: " + said);
        };
    }

    /// The check could not compare a number of the document with the schema's: it is beyond 64 bits.
    static Fault ofNumber(JsonNode document, JacksonException e) {
        JsonNode number = beyond64Bits(document);
        return fault(
                number == null ? null : JsonNodes.tokenStreamLocationOf(number),
                "",
                "json-limit",
                "A number is beyond 64 bits, the most that can be compared with the schema's: "
                        + e.getOriginalMessage());
    }

    private static @Nullable JsonNode beyond64Bits(JsonNode node) {
        if (node.isNumber()) {
            return Math.abs(node.doubleValue()) >= 0x1p63 ? node : null;
        }
        for (JsonNode child : node) {
            JsonNode found = beyond64Bits(child);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static Fault fault(@Nullable TokenStreamLocation at, String path, String code, String sentence) {
        return at == null
                ? new Fault(0, 0, path, code, sentence)
                : new Fault(at.getLineNr(), at.getColumnNr(), path, code, sentence);
    }
}
