package aiguillage.hub.schema;

import com.networknt.schema.Error;
import com.networknt.schema.serialization.node.LocationJsonNodeFactoryFactory;
import com.networknt.schema.utils.JsonNodes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads one payload in JSON: whole, then against its schema, then for its keys. Safe from any thread.
final class JsonPass {

    /// Objects and arrays within each other.
    static final int DEPTH_MAX = 100;

    /// Names, values and brackets: each may be a node of the tree, of about 100 bytes.
    static final int TOKENS_MAX = 500_000;

    static final int NAME_CHARS_MAX = 1_000;
    static final int NUMBER_CHARS_MAX = 1_000;

    /// Up to this size all faults are collected; a larger payload's first fault ends the check, since every wrong
    /// element of a long array would be kept in memory.
    private static final int ALL_FAULTS_BYTES_MAX = 64 * 1024;

    private final Optional<JsonSchema> schema;
    private final List<JsonKeyPath> paths;
    private final JsonMapper mapper;

    JsonPass(Optional<JsonSchema> schema, List<JsonKeyPath> paths) {
        this.schema = schema;
        this.paths = paths;
        this.mapper = mapper();
    }

    Verdict read(InputStream payload) throws IOException {
        byte[] bytes = payload.readNBytes(JsonSchema.PAYLOAD_BYTES_MAX + 1);
        if (bytes.length > JsonSchema.PAYLOAD_BYTES_MAX) {
            return invalid(new Fault(
                    0,
                    0,
                    "",
                    "json-limit",
                    "The document has more than " + JsonSchema.PAYLOAD_BYTES_MAX
                            + " bytes, the most that is possible in JSON. Send it in parts."));
        }
        JsonNode document;
        try {
            // The tree remembers where each of its nodes stood.
            document = JsonNodes.readTree(
                    mapper, new ByteArrayInputStream(bytes), LocationJsonNodeFactoryFactory.getInstance());
        } catch (JacksonException e) {
            return invalid(JsonFaults.of(e));
        }
        return document.isMissingNode() ? invalid(JsonFaults.EMPTY) : judge(document, bytes.length);
    }

    private Verdict judge(JsonNode document, int bytes) {
        List<Error> errors;
        try {
            errors = schema.map(s -> s.schema()
                            .validate(document, execution -> execution.setFailFast(bytes > ALL_FAULTS_BYTES_MAX)))
                    .orElse(List.of());
        } catch (JacksonException e) {
            return invalid(JsonFaults.ofNumber(document, e)); // it compares whole numbers in 64 bits
        }
        if (!errors.isEmpty()) {
            return new Verdict.Invalid(
                    errors.stream().limit(Fault.SHOWN_MAX).map(JsonFaults::of).toList());
        }
        var found = new FoundKeys();
        paths.forEach(path -> path.find(document, found));
        return found.valid();
    }

    private static Verdict invalid(Fault fault) {
        return new Verdict.Invalid(List.of(fault));
    }

    private static JsonMapper mapper() {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH_MAX)
                .maxTokenCount(TOKENS_MAX)
                .maxNameLength(NAME_CHARS_MAX)
                .maxNumberLength(NUMBER_CHARS_MAX)
                .maxStringLength(JsonSchema.PAYLOAD_BYTES_MAX)
                .build();
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(constraints)
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }
}
