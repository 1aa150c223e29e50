package aiguillage.hub.door.call;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.io.IOException;
import org.eclipse.jetty.io.Content;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads small bodies on threads that may wait.
public final class Wire {

    /// The largest body that is not a document.
    public static final int BODY_BYTES_MAX = 1 << 20;

    private Wire() {}

    /// The whole body.
    ///
    /// @throws Refused when it is larger than `bytesMax`, or came too slowly
    public static byte[] body(Call call, Uploads uploads, int bytesMax) throws IOException {
        long length = call.request().getLength();
        Uploads.Upload upload = uploads.begin(call, length < 0 ? bytesMax : Math.min(length, bytesMax));
        try (var in = Content.Source.asInputStream(call.request())) {
            byte[] body = in.readNBytes(bytesMax + 1);
            if (body.length > bytesMax) {
                throw new Refused(Problem.PAYLOAD_TOO_LARGE, "This address takes bodies up to " + bytesMax + " bytes.");
            }
            if (!upload.end()) {
                throw new Refused(Problem.TOO_SLOW, "The body came too slowly.");
            }
            return body;
        } catch (IOException | IllegalStateException e) {
            if (!upload.end()) {
                throw new Refused(Problem.TOO_SLOW, "The body came too slowly."); // whoever gave it up has answered
            }
            if (e instanceof IllegalStateException broken) {
                throw broken;
            }
            throw new Refused(Problem.BAD_REQUEST, "The body broke off before its end.");
        } finally {
            upload.end();
            upload.free();
        }
    }

    /// The body as a JSON object.
    ///
    /// @throws Refused when it is none
    public static ObjectNode json(Call call, Uploads uploads, int bytesMax) throws IOException {
        try {
            JsonNode json = Call.JSON.readTree(body(call, uploads, bytesMax));
            if (json instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new Refused(Problem.BAD_REQUEST, "The body is not JSON: " + e.getOriginalMessage());
        }
        throw new Refused(Problem.BAD_REQUEST, "The body is not a JSON object.");
    }

    /// A text among the members of an object.
    ///
    /// @throws Refused when it is missing or no text
    public static String text(ObjectNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null || !value.isString() || value.stringValue().isBlank()) {
            throw new Refused(Problem.BAD_REQUEST, "Member \"" + name + "\" is missing or not a text.");
        }
        return value.stringValue();
    }
}
