package aiguillage.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is written on the outside of a document: the CloudEvents 1.0 attributes, with our types where a rule hangs
/// on them.
///
/// @param id the sender's own name for the document
/// @param sender who sends it; the CloudEvents `source`, as the party's URN
/// @param flow which kind of document of which brand; the CloudEvents `type`
/// @param subject the business number shown to people (a claim number), or null
/// @param time when the sender made the document, or null; not part of the content: a retry may carry another time
/// @param contentType the payload's media type, or null; the CloudEvents `datacontenttype`
/// @param dataSchema the URI of the payload's schema, or null; the CloudEvents `dataschema`
/// @param extensions the other attributes, by name in order; routes may depend on them (`recipient`, `country`,
///     `modelyear`); at most [#EXTENSIONS_MAX]
public record Envelope(
        DocumentId id,
        PartyId sender,
        FlowName flow,
        @Nullable String subject,
        @Nullable Instant time,
        @Nullable String contentType,
        @Nullable String dataSchema,
        SortedMap<String, String> extensions) {

    /// Extension that names one party among those a flow may reach.
    public static final String RECIPIENT = "recipient";

    /// Extension that names the document which this one answers.
    public static final String IN_REPLY_TO = "inreplyto";

    /// Extension with which the hub says of a delivery that it offers the document of this position once more. Doors
    /// refuse it; documents of before that was so may have it.
    public static final String REPLAY_OF = "replayof";

    public static final int EXTENSIONS_MAX = 24;
    public static final int VALUE_CHARS_MAX = 1_024;

    /// Names that mean something else where a document is written down as an event.
    private static final Set<String> RESERVED = Set.of(
            "specversion",
            "id",
            "source",
            "type",
            "subject",
            "time",
            "datacontenttype",
            "dataschema",
            "data",
            "dataref",
            "position",
            "bytes",
            "digest");

    private static final Pattern EXTENSION_NAME = Pattern.compile("[a-z0-9]{1,20}");

    public Envelope {
        checkValue("subject", subject);
        checkValue("datacontenttype", contentType);
        checkValue("dataschema", dataSchema);
        if (extensions.size() > EXTENSIONS_MAX) {
            throw new IllegalArgumentException(
                    "an envelope has at most " + EXTENSIONS_MAX + " extension attributes, not " + extensions.size());
        }
        extensions.forEach((name, value) -> {
            if (!EXTENSION_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("\"" + Text.shown(name)
                        + "\" is not an attribute name: use 1 to 20 lower-case letters and digits (CloudEvents 1.0)");
            }
            if (RESERVED.contains(name)) {
                throw new IllegalArgumentException(
                        "attribute " + name + " is not the sender's to set: use another name");
            }
            checkValue(name, value);
        });
        extensions = Collections.unmodifiableSortedMap(new TreeMap<>(extensions));
    }

    private static void checkValue(String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        if (value.isEmpty() || value.length() > VALUE_CHARS_MAX) {
            throw new IllegalArgumentException("attribute " + name + " has " + value.length() + " characters; 1 to "
                    + VALUE_CHARS_MAX + " are allowed");
        }
        boolean inPairs = false;
        for (int i = 0; i < value.length(); i++) {
            inPairs |= Character.isSurrogate(value.charAt(i));
            if (Character.isISOControl(value.charAt(i))) {
                throw new IllegalArgumentException("attribute " + name + " has a control character at " + i
                        + "; CloudEvents attributes have none");
            }
        }
        if (inPairs && !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new IllegalArgumentException("attribute " + name + " is not well-formed Unicode");
        }
    }

    /// An envelope with only what every envelope has.
    public static Envelope of(DocumentId id, PartyId sender, FlowName flow) {
        return new Envelope(id, sender, flow, null, null, null, null, new TreeMap<>());
    }

    /// The value of an extension attribute, or null.
    public @Nullable String extension(String name) {
        return extensions.get(name);
    }

    /// The digest of everything on the envelope except [#time]. With the payload's digest it is the document's
    /// content: two submissions of one id are the same document exactly when both digests are equal (I2).
    public Digest contentDigest() {
        return Digest.of(canonical().getBytes(StandardCharsets.UTF_8));
    }

    /// One `name:value` line per attribute, in a fixed order. Values hold no line ends, so no two envelopes share a
    /// text.
    private String canonical() {
        var text = new StringBuilder(256)
                .append("id:")
                .append(id.value())
                .append("\nsource:")
                .append(sender.value());
        text.append("\ntype:").append(flow).append('\n');
        line(text, "subject", subject);
        line(text, "datacontenttype", contentType);
        line(text, "dataschema", dataSchema);
        for (Map.Entry<String, String> extension : extensions.entrySet()) {
            line(text, extension.getKey(), extension.getValue());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, @Nullable String value) {
        if (value != null) {
            text.append(name).append(':').append(value).append('\n');
        }
    }
}
