package aiguillage.hub.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.testing.StarSamples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Against STAR's own schemas and the sample documents beside the checkout; skipped where these are absent.
class StarSamplesTest {

    private static final Map<String, String> KEYS =
            Map.of("claim", "//ClaimNumberString", "vin", "//VehicleID", "document", "//DocumentID");

    private final Path star = StarSamples.folder();
    private final Map<String, PayloadCheck> checks = new HashMap<>();

    @Test
    void everyValidExampleIsValid() throws Exception {
        try (Stream<Path> examples = Files.list(star.resolve("examples-valid"))) {
            for (Path example : examples.toList()) {
                assertThat(verdict(example, example.getFileName().toString().replaceFirst("[-.].*", "")))
                        .as(example.toString())
                        .isInstanceOf(Verdict.Valid.class);
            }
        }
    }

    @Test
    void keysAreFoundInAClaim() throws Exception {
        Path claim = star.resolve("examples-valid/ProcessWarrantyClaim-1-single-job.xml");
        assertThat(verdict(claim, "ProcessWarrantyClaim"))
                .isEqualTo(new Verdict.Valid(Map.of(
                        "claim", List.of("W-04711-2026-000381"),
                        "vin", List.of("VF1ZZZLYR00012345"),
                        "document", List.of("RO-2026-003117"))));
    }

    @Test
    void everyInvalidExampleHasItsFault() throws Exception {
        assertThat(fault("1-wrong-namespace.xml"))
                .satisfies(f -> assertThat(f.code()).isEqualTo("cvc-elt.1.a"));
        assertThat(fault("2-missing-required-element.xml")).satisfies(f -> {
            assertThat(f.line()).isEqualTo(18);
            assertThat(f.code()).isEqualTo("cvc-complex-type.2.4.a");
            assertThat(f.sentence()).contains("CreationDateTime is expected");
        });
        assertThat(fault("3-xxe.xml")).satisfies(f -> assertThat(f.code()).isEqualTo("xml-doctype"));
        assertThat(fault("4-billion-laughs.xml"))
                .satisfies(f -> assertThat(f.code()).isEqualTo("xml-doctype"));
        assertThat(fault("5-truncated.xml")).satisfies(f -> {
            assertThat(f.line()).isEqualTo(116);
            assertThat(f.code()).isEqualTo("xml-truncated");
        });
        assertThat(fault("6-wrong-encoding-declaration.xml")).satisfies(f -> {
            assertThat(f.line()).isEqualTo(48);
            assertThat(f.code()).isEqualTo("xml-encoding");
        });
        assertThat(fault("8-unknown-bod.xml")).satisfies(f -> {
            assertThat(f.code()).isEqualTo("cvc-elt.1.a");
            assertThat(f.sentence()).contains("ProcessTeleportRequest");
        });
    }

    @Test
    void aTextOfThreeMegabytesIsValid() throws Exception {
        Path note = star.resolve("examples-invalid/7-text-node-3mb.xml");
        assertThat(verdict(note, "ProcessWarrantyClaim")).isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void aSchemaWhoseIncludesLeaveTheFolderIsRefused() {
        assertThatThrownBy(() -> new Schemas(star.resolve("schemas/BODs")).named("Developer/ConfirmBOD.xsd"))
                .isInstanceOf(SchemaRefused.class)
                .hasMessageContaining("leads out of the schema folder");
    }

    private Fault fault(String name) throws Exception {
        return Check.invalid(verdict(star.resolve("examples-invalid").resolve(name), "ProcessWarrantyClaim"))
                .first();
    }

    private Verdict verdict(Path document, String schema) throws IOException, SchemaRefused {
        PayloadCheck check = checks.get(schema);
        if (check == null) {
            CompiledSchema compiled = new Schemas(star.resolve("schemas")).named("BODs/Developer/" + schema + ".xsd");
            check = new PayloadCheck(Optional.of(compiled), KEYS);
            checks.put(schema, check);
        }
        try (InputStream in = Files.newInputStream(document)) {
            return check.check(Optional.of("application/xml"), in);
        }
    }
}
