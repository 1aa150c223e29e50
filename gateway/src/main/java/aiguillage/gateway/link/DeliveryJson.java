package aiguillage.gateway.link;

import aiguillage.gateway.inbox.Delivery;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A delivery as the hub writes it: a structured CloudEvent (JSON format 1.0.2) with `position`, `bytes`, `digest`,
/// and `data_base64` or `dataref`.
final class DeliveryJson {

    private final JsonMapper json = JsonMapper.shared();

    /// @param position the event's own id on the stream
    HubEvent read(String position, String event) {
        Position at = Position.of(position);
        try {
            return new HubEvent.Offered(delivery(at, json.readTree(event)));
        } catch (JacksonException e) {
            return new HubEvent.Unreadable(at, "its event is not JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException | DateTimeException e) {
            return new HubEvent.Unreadable(at, "its envelope cannot be read: " + e.getMessage());
        }
    }

    private static Delivery delivery(Position at, JsonNode root) {
        if (!root.isObject()) {
            throw new IllegalArgumentException("the event is not a JSON object");
        }
        SortedMap<String, String> left = new TreeMap<>();
        for (Map.Entry<String, JsonNode> property : root.properties()) {
            if (!property.getValue().isNull()) {
                left.put(property.getKey(), property.getValue().asString());
            }
        }
        left.remove("specversion");
        String inline = left.remove("data_base64");
        String reference = left.remove("dataref");
        Digest digest = Digest.ofHeader(taken(left, "digest"));
        String said = taken(left, "position");
        if (!said.equals(at.toString())) {
            throw new IllegalArgumentException("position " + said + " came with the event id " + at);
        }
        byte[] data = inline == null ? null : Base64.getDecoder().decode(inline);
        String bytes = left.remove("bytes");
        long size = data != null ? data.length : Long.parseLong(bytes == null ? "" : bytes);
        return new Delivery(at, envelope(left), digest, size, data, data == null ? reference : null);
    }

    private static Envelope envelope(SortedMap<String, String> left) {
        var id = new DocumentId(taken(left, "id"));
        PartyId sender = PartyId.ofUrn(taken(left, "source"));
        FlowName flow = FlowName.of(taken(left, "type"));
        String subject = left.remove("subject");
        String time = left.remove("time");
        String contentType = left.remove("datacontenttype");
        String schema = left.remove("dataschema");
        return new Envelope(
                id,
                sender,
                flow,
                subject,
                time == null ? null : OffsetDateTime.parse(time).toInstant(),
                contentType,
                schema,
                left);
    }

    private static String taken(SortedMap<String, String> attributes, String name) {
        String value = attributes.remove(name);
        if (value == null) {
            throw new IllegalArgumentException("attribute " + name + " is missing");
        }
        return value;
    }
}
