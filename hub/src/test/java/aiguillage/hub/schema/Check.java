package aiguillage.hub.schema;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A check of the order schemas in the test resources, for short tests.
record Check(PayloadCheck check, Optional<String> mediaType) {

    static final Map<String, String> XML_KEYS =
            Map.of("number", "/order/number", "vin", "//vin", "line", "/*/line/@id");

    static Check xml() {
        return of(Optional.of("order.xsd"), XML_KEYS, "application/xml");
    }

    static Check json() {
        return of(
                Optional.of("order.json"),
                Map.of("number", "/number", "first", "/lines/0/item", "vin", "/vin"),
                "application/json");
    }

    static Check of(Optional<String> schema, Map<String, String> keys, String mediaType) {
        try {
            var schemas = new Schemas(folder());
            Optional<CompiledSchema> compiled =
                    schema.isPresent() ? Optional.of(schemas.named(schema.get())) : Optional.empty();
            return new Check(new PayloadCheck(compiled, keys), Optional.of(mediaType));
        } catch (SchemaRefused e) {
            throw new AssertionError(e);
        }
    }

    static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(Check.class.getResource("order.xsd"))
                            .toURI())
                    .resolveSibling("");
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    Verdict verdict(String payload) {
        return verdict(payload.getBytes(StandardCharsets.UTF_8));
    }

    Verdict verdict(byte[] payload) {
        return verdict(new ByteArrayInputStream(payload));
    }

    Verdict verdict(InputStream payload) {
        try {
            return check.check(mediaType, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Verdict.Valid valid(String payload) {
        return valid(verdict(payload));
    }

    Verdict.Invalid invalid(String payload) {
        return invalid(verdict(payload));
    }

    static Verdict.Valid valid(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Valid valid -> valid;
            case Verdict.Invalid invalid -> throw new AssertionError(invalid.faults());
        };
    }

    static Verdict.Invalid invalid(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Valid valid -> throw new AssertionError("valid, with " + valid.keys());
            case Verdict.Invalid invalid -> invalid;
        };
    }
}
