package aiguillage.gateway.dms;

import aiguillage.protocol.CloudEvents;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Rfc3339;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a DMS may say about a document, in `<name>.envelope.json`: a JSON object of CloudEvents attributes, such as
/// `{"id":"claim-1","subject":"W-2026-17","recipient":"opel-centre","contenttype":"application/xml"}`.
///
/// @param id null lets the gateway choose one
/// @param attributes all others, by name in lower case
public record SideFile(@Nullable DocumentId id, SortedMap<String, String> attributes) {

    public static final int BYTES_MAX = 64 * 1024;

    private static final String CONTENT_TYPE = "contenttype";

    /// As CloudEvents calls it in JSON.
    private static final String DATA_TYPE = "datacontenttype";

    /// What is known of a payload: what its side file says, if it has one, and its content type by the ending of its
    /// name, if nothing else says it.
    ///
    /// @throws IllegalArgumentException when it is there but not usable; the message says why
    public static SideFile beside(Path payload, JsonMapper json) throws IOException {
        SideFile said = said(of(payload), json);
        String contentType = FileNames.contentType(payload.getFileName().toString());
        if (contentType == null
                || said.attributes.containsKey(CONTENT_TYPE)
                || said.attributes.containsKey(DATA_TYPE)) {
            return said;
        }
        SortedMap<String, String> attributes = new TreeMap<>(said.attributes);
        attributes.put(CONTENT_TYPE, contentType);
        return new SideFile(said.id, attributes);
    }

    private static SideFile said(Path file, JsonMapper json) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new SideFile(null, new TreeMap<>());
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) { // a pipe would never end, a link leads anywhere
            throw new IllegalArgumentException(file.getFileName() + " is not a plain file");
        }
        byte[] said;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            said = in.readNBytes(BYTES_MAX + 1);
        }
        if (said.length > BYTES_MAX) {
            throw new IllegalArgumentException(file.getFileName() + " has more than " + BYTES_MAX + " bytes");
        }
        try {
            return read(json.readTree(said));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file.getFileName() + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    public static Path of(Path payload) {
        return payload.resolveSibling(payload.getFileName() + FileNames.ENVELOPE);
    }

    private static SideFile read(JsonNode root) {
        if (!root.isObject()) {
            throw new IllegalArgumentException("the side file is not a JSON object");
        }
        SortedMap<String, String> attributes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> property : root.properties()) {
            JsonNode value = property.getValue();
            if (!value.isString() && !value.isNumber() && !value.isBoolean()) {
                throw new IllegalArgumentException(
                        "attribute " + property.getKey() + " of the side file is neither text nor a number");
            }
            attributes.put(property.getKey(), value.asString());
        }
        String id = attributes.remove("id");
        return new SideFile(id == null ? null : new DocumentId(id), attributes);
    }

    /// The envelope of a document of this flow.
    ///
    /// @param freshId used when the DMS gave none
    /// @param now used when the DMS gave no `time`
    /// @throws IllegalArgumentException when an attribute is malformed, or contradicts the folder or the identity
    public Envelope envelope(FlowName flow, PartyId sender, DocumentId freshId, Instant now) {
        SortedMap<String, String> left = new TreeMap<>(attributes);
        agree(left.remove("type"), flow.toString(), "type");
        agree(left.remove("source"), sender.urn().toString(), "source");
        left.remove("specversion");
        String subject = left.remove("subject");
        String time = left.remove("time");
        String schema = left.remove("dataschema");
        String mediaType = left.remove(CONTENT_TYPE);
        String cloudEventsName = left.remove(DATA_TYPE);
        return new Envelope(
                id == null ? freshId : id,
                sender,
                flow,
                subject,
                time == null ? now : instant(time),
                CloudEvents.mediaType(mediaType == null ? cloudEventsName : mediaType),
                schema,
                left);
    }

    private static void agree(@Nullable String said, String known, String name) {
        if (said != null && !said.equals(known)) {
            throw new IllegalArgumentException(
                    "the side file says " + name + " \"" + said + "\", the folder says \"" + known + "\"");
        }
    }

    private static Instant instant(String rfc3339) {
        try {
            return Rfc3339.instant(rfc3339);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "time is \"" + rfc3339 + "\"; write RFC 3339, as in 2026-03-01T09:30:00Z", e);
        }
    }
}
