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

    private static Fault fault(@Nullable TokenStreamLocation at, String path, String code, String sentence) {
        return at == null
                ? new Fault(0, 0, path, code, sentence)
                : new Fault(at.getLineNr(), at.getColumnNr(), path, code, sentence);
    }
}
