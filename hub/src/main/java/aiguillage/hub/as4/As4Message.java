package aiguillage.hub.as4;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one message says (ebMS 3.0 core, 5.2): a user message, or a signal. Each has one of them.
public sealed interface As4Message {

    /// The message's own id.
    String messageId();

    /// A document on its way.
    ///
    /// @param from the party id as it stands there; its type is passed over
    /// @param mpc the channel, or null for the default one
    /// @param properties the message properties, in order
    record UserMessage(
            String messageId,
            Instant time,
            @Nullable String refTo,
            String from,
            String to,
            String service,
            String action,
            String conversation,
            @Nullable String mpc,
            Map<String, String> properties,
            List<Part> parts)
            implements As4Message {}

    /// A payload of a user message.
    ///
    /// @param href `cid:` and the Content-ID of a MIME part, percent-encoded; empty for the SOAP body
    record Part(String href, Map<String, String> properties) {}

    /// Asks for the next message of a channel.
    ///
    /// @param mpc null for the default one
    record PullRequest(String messageId, @Nullable String mpc) implements As4Message {}

    /// Says that a message came, and which parts of it (non-repudiation of receipt).
    ///
    /// @param digests SHA-256 by the URIs of the signed parts
    record Receipt(String messageId, String refTo, Map<String, byte[]> digests) implements As4Message {}

    /// Says that a message was not taken.
    record Errors(String messageId, List<Reported> reported) implements As4Message {}

    /// @param refTo the message it is about; empty where that could not be told
    /// @param detail its `ErrorDetail`, or empty
    record Reported(String code, boolean isFailure, String refTo, String description, String detail) {}
}
