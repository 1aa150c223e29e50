package aiguillage.hub.intake;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Attribute;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A document that nobody sends: what would become of it?
///
/// @param bytes of its payload; -1: of a size that is not said
/// @param isSigned whether it would be signed
public record Question(Envelope envelope, long bytes, boolean isSigned) {

    /// More attributes than any route asks for.
    public static final int ATTRIBUTES_MAX = 32;

    public static final int VALUE_CHARS_MAX = 1_000;

    /// From what people write.
    ///
    /// @param attributes extensions of the envelope
    /// @throws Refused when one cannot be what it is to be; the detail says which
    public static Question of(
            String sender, String flow, Map<String, String> attributes, long bytes, boolean isSigned) {
        if (attributes.size() > ATTRIBUTES_MAX) {
            throw new Refused(Problem.BAD_REQUEST, "At most " + ATTRIBUTES_MAX + " attributes can be named.");
        }
        try {
            var extensions = new TreeMap<String, String>();
            attributes.forEach((name, value) -> extensions.put(new Attribute(name).name(), bounded(value)));
            return new Question(
                    new Envelope(
                            new DocumentId("asked"),
                            new PartyId(sender),
                            FlowName.of(flow),
                            null,
                            null,
                            null,
                            null,
                            extensions),
                    bytes,
                    isSigned);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_REQUEST, e.getMessage() + ".");
        }
    }

    private static String bounded(String value) {
        if (value.length() > VALUE_CHARS_MAX) {
            throw new IllegalArgumentException("a value has at most " + VALUE_CHARS_MAX + " characters here");
        }
        return value;
    }

    /// From JSON: `sender`, `flow`; and where they are given `attributes`, `bytes`, `signed`.
    ///
    /// @throws Refused when it is anything else
    public static Question of(ObjectNode json) {
        SortedMap<String, String> attributes = new TreeMap<>();
        JsonNode given = json.path("attributes");
        if (!given.isMissingNode() && !given.isObject()) {
            throw new Refused(Problem.BAD_REQUEST, "Member \"attributes\" is not an object.");
        }
        given.properties().forEach(one -> attributes.put(one.getKey(), text(one.getKey(), one.getValue())));
        JsonNode bytes = json.path("bytes");
        if (!bytes.isMissingNode() && !(bytes.isIntegralNumber() && bytes.canConvertToLong() && bytes.asLong() >= 0)) {
            throw new Refused(Problem.BAD_REQUEST, "Member \"bytes\" is not a whole number.");
        }
        JsonNode signed = json.path("signed");
        if (!signed.isMissingNode() && !signed.isBoolean()) {
            throw new Refused(Problem.BAD_REQUEST, "Member \"signed\" is neither true nor false.");
        }
        return of(
                text("sender", json.path("sender")),
                text("flow", json.path("flow")),
                attributes,
                bytes.asLong(-1),
                signed.asBoolean(false));
    }

    private static String text(String name, JsonNode value) {
        if (!value.isString()) {
            throw new Refused(Problem.BAD_REQUEST, "Member \"" + name + "\" is missing or not a text.");
        }
        return value.stringValue();
    }
}
