package aiguillage.hub.as4;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A user message to be given out. The same of these is always the same header, byte for byte, so a receipt can
/// be compared with what was sent without anything being remembered.
///
/// @param from the hub's URN
/// @param to the reader's URN
/// @param mpc the channel it was pulled from, or null for the default one
/// @param properties in order
/// @param contentType of the payload
/// @param contentId of its MIME part
public record Outgoing(
        String messageId,
        Instant time,
        String from,
        String to,
        String service,
        String action,
        String conversation,
        @Nullable String mpc,
        Map<String, String> properties,
        String contentType,
        String contentId) {}
