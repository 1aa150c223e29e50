package aiguillage.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An envelope as HTTP headers, both ways: the binary mode of the CloudEvents HTTP protocol binding 1.0.2, section
/// 3.1. Attributes become `ce-` headers, except the media type, which is the message's own `Content-Type`.
///
/// In values, everything but printable ASCII, and also space, `"` and `%`, is percent-encoded UTF-8 (section
/// 3.1.3.2).
public final class CloudEvents {

    public static final String SPEC_VERSION = "1.0";
    public static final String PREFIX = "ce-";

    private CloudEvents() {}

    /// Reads an envelope.
    ///
    /// @param headers header names in lower case to values as received; names without `ce-` are passed over, but
    ///     `content-type`
    /// @throws IllegalArgumentException when an attribute is missing or malformed; the message names it
    public static Envelope envelope(Map<String, String> headers) {
        SortedMap<String, String> attributes = new TreeMap<>();
        headers.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                attributes.put(name.substring(PREFIX.length()), decoded(name, value));
            }
        });
        String version = taken(attributes, "specversion");
        if (!SPEC_VERSION.equals(version)) {
            throw new IllegalArgumentException(
                    "ce-specversion is \"" + Text.shown(version) + "\"; this hub speaks CloudEvents " + SPEC_VERSION);
        }
        var id = new DocumentId(taken(attributes, "id"));
        PartyId sender = PartyId.ofUrn(taken(attributes, "source"));
        FlowName flow = FlowName.of(taken(attributes, "type"));
        String subject = attributes.remove("subject");
        String time = attributes.remove("time");
        String dataSchema = attributes.remove("dataschema");
        if (attributes.remove("datacontenttype") != null) {
            throw new IllegalArgumentException("ce-datacontenttype: in binary mode the media type is the Content-Type");
        }
        return new Envelope(
                id,
                sender,
                flow,
                subject,
                time == null ? null : instant(time),
                mediaType(headers.get("content-type")),
                dataSchema,
                attributes);
    }

    /// A media type as it may stand in a header. It is the one attribute that is never percent-encoded, so what is
    /// not printable ASCII could not be handed on.
    ///
    /// @throws IllegalArgumentException when it has another character
    public static @Nullable String mediaType(@Nullable String contentType) {
        if (contentType != null && contentType.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("header content-type is \"" + Text.shown(contentType)
                    + "\"; a media type has only printable ASCII, as in application/xml;charset=utf-8");
        }
        return contentType;
    }

    /// Writes an envelope: header names in lower case to values, in order. The inverse of [#envelope(Map)].
    public static Map<String, String> headers(Envelope envelope) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(PREFIX + "specversion", SPEC_VERSION);
        headers.put(PREFIX + "id", envelope.id().value());
        headers.put(PREFIX + "source", PartyId.URN_PREFIX + envelope.sender().value());
        headers.put(PREFIX + "type", envelope.flow().toString());
        putEncoded(headers, "subject", envelope.subject());
        if (envelope.time() != null) {
            headers.put(PREFIX + "time", envelope.time().toString());
        }
        putEncoded(headers, "dataschema", envelope.dataSchema());
        envelope.extensions().forEach((name, value) -> putEncoded(headers, name, value));
        if (envelope.contentType() != null) {
            headers.put("content-type", envelope.contentType());
        }
        return headers;
    }

    private static void putEncoded(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(PREFIX + name, encoded(value));
        }
    }

    private static String taken(SortedMap<String, String> attributes, String name) {
        String value = attributes.remove(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "header " + PREFIX + name + " is missing (CloudEvents 1.0, binary mode)");
        }
        return value;
    }

    private static Instant instant(String rfc3339) {
        try {
            return Rfc3339.instant(rfc3339);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "ce-time is \"" + Text.shown(rfc3339) + "\"; write RFC 3339, as in 2026-03-01T09:30:00Z", e);
        }
    }

    private static String encoded(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        var text = new StringBuilder(utf8.length);
        for (byte b : utf8) {
            if (b > ' ' && b < 0x7f && b != '"' && b != '%') {
                text.append((char) b);
            } else {
                text.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xff));
            }
        }
        return text.toString();
    }

    /// A server hands on other bytes than these as it likes; what it made of them must not be kept for the sender's
    /// word.
    private static void requirePrintable(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException("header " + name
                        + " has a character that is not printable ASCII; write it percent-encoded, in UTF-8");
            }
        }
    }

    private static String decoded(String name, String value) {
        requirePrintable(name, value);
        if (value.indexOf('%') < 0) {
            return value;
        }
        var utf8 = new ByteArrayOutputStream(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '%') {
                utf8.write(c);
            } else {
                if (i + 2 >= value.length()) {
                    throw new IllegalArgumentException("header " + name + " ends inside a percent-encoding");
                }
                utf8.write(16 * hex(name, value.charAt(i + 1)) + hex(name, value.charAt(i + 2)));
                i += 2;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("header " + name + " is not percent-encoded UTF-8", e);
        }
    }

    private static int hex(String name, char c) {
        int digit = Character.digit(c, 16);
        if (digit < 0 || c > 'f') {
            throw new IllegalArgumentException("header " + name + " has a % that two hexadecimal digits do not follow");
        }
        return digit;
    }
}
