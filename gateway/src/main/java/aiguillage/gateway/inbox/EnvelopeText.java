package aiguillage.gateway.inbox;

import aiguillage.protocol.Envelope;
import aiguillage.protocol.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The file `<name>.envelope.json` beside a delivery: its CloudEvents attributes, its position and its digest.
final class EnvelopeText {

    private EnvelopeText() {}

    static byte[] of(Delivery delivery, JsonMapper json) {
        Envelope envelope = delivery.envelope();
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("specversion", "1.0");
        attributes.put("id", envelope.id().value());
        attributes.put("source", envelope.sender().urn().toString());
        attributes.put("type", envelope.flow().toString());
        put(attributes, "subject", envelope.subject());
        put(attributes, "time", envelope.time() == null ? null : envelope.time().toString());
        put(attributes, "datacontenttype", envelope.contentType());
        put(attributes, "dataschema", envelope.dataSchema());
        attributes.putAll(envelope.extensions());
        attributes.put("position", position(delivery.position()));
        attributes.put("bytes", Long.toString(delivery.bytes()));
        attributes.put("digest", delivery.digest().toString());
        return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(attributes);
    }

    private static void put(Map<String, String> attributes, String name, @Nullable String value) {
        if (value != null) {
            attributes.put(name, value);
        }
    }

    private static String position(Position position) {
        return Long.toString(position.value());
    }
}
