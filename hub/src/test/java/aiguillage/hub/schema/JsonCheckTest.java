package aiguillage.hub.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCheckTest {

    private static final String ORDER = """
            {
              "number": "A-é-1",
              "vin": "W0L0AHL4885000000",
              "lines": [
                {"item": "pump", "quantity": 2}
              ]
            }
            """;

    private final Check check = Check.json();

    @Test
    void aCorrectPayloadYieldsItsKeys() {
        assertThat(check.valid(ORDER).keys())
                .containsOnly(
                        Map.entry("number", List.of("A-é-1")),
                        Map.entry("vin", List.of("W0L0AHL4885000000")),
                        Map.entry("first", List.of("pump")));
    }

    @Test
    void aWrongTypeIsNamedWithPointerAndPlace() {
        Verdict.Invalid invalid = check.invalid(ORDER.replace("\"quantity\": 2", "\"quantity\": \"two\""));
        assertThat(invalid.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.path()).isEqualTo("/lines/0/quantity");
            assertThat(fault.line()).isEqualTo(5);
            assertThat(fault.column()).isPositive();
            assertThat(fault.code()).isEqualTo("json-type");
            assertThat(fault.sentence()).isEqualTo("Here: string found, integer expected.");
        });
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(check.invalid("{\"lines\": []}").faults())
                .extracting(Fault::sentence)
                .containsExactlyInAnyOrder(
                        "Here: required property 'number' not found.", "Here: must have at least 1 items but found 0.");
    }

    @Test
    void aReferenceIntoAnotherFileHolds() {
        assertThat(check.invalid(ORDER.replace("W0L", "w0l")).first().path()).isEqualTo("/vin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"3333333313133333331313333333", "3333333313133333331313333333.13", "1e300", "-1e300", "1e999"})
    void aNumberBeyond64BitsIsRefusedAtItsPlace(String number, @TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("least.json"),
                "{\"properties\":{\"n\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":9,\"multipleOf\":1}}}");
        var least = new PayloadCheck(Optional.of(new Schemas(folder).named("least.json")), Map.of());
        byte[] text = ("{\n  \"n\": " + number + "}").getBytes(StandardCharsets.UTF_8);
        Verdict verdict = least.check(Optional.of("application/json"), new ByteArrayInputStream(text));
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Invalid.class,
                        invalid -> assertThat(invalid.first().line()).isEqualTo(2));
    }

    /// A pattern that goes deeper with each character: the document is refused, the hub goes on.
    @Test
    void aTextTooLongForThePatternRefusesTheDocument(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("deep.json"), "{\"type\":\"string\",\"pattern\":\"^([A-Z]|[0-9])+$\"}");
        var deep = new PayloadCheck(Optional.of(new Schemas(folder).named("deep.json")), Map.of());
        byte[] text = ("\"" + "A".repeat(1_000_000) + "\"").getBytes(StandardCharsets.UTF_8);
        Verdict verdict = deep.check(Optional.of("application/json"), new ByteArrayInputStream(text));
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Invalid.class,
                        invalid -> assertThat(invalid.first().code()).isEqualTo("check-limit"));
    }

    @Test
    void aDocumentOfTooManyPartsIsRefusedBeforeItsTreeFillsTheMemory() {
        Check open = Check.of(Optional.empty(), Map.of("vin", "/vin"), "application/json");
        assertThat(open.invalid("[" + "0,".repeat(JsonPass.TOKENS_MAX) + "0]")
                        .first()
                        .code())
                .isEqualTo("json-limit");
    }

    @Test
    void whatIsNotJsonIsLocated() {
        Fault comma = check.invalid(ORDER.replace("2}", "2,}")).first();
        assertThat(comma.code()).isEqualTo("json-not-well-formed");
        assertThat(comma.line()).isEqualTo(5);
        assertThat(check.invalid(ORDER.substring(0, 40)).first().code()).isEqualTo("json-truncated");
        assertThat(check.invalid("").faults()).hasSize(1);
        assertThat(check.invalid(ORDER + "{}").first().code()).isEqualTo("json-not-well-formed");
        assertThat(check.invalid("{\"number\": \"1\", \"number\": \"2\"}")
                        .first()
                        .sentence())
                .contains("number");
        assertThat(check.invalid("<order/>").first().code()).isEqualTo("json-not-well-formed");
    }

    @Test
    void aWrongEncodingIsLocated() {
        Fault fault = Check.invalid(check.verdict(ORDER.getBytes(StandardCharsets.ISO_8859_1)))
                .first();
        assertThat(fault.line()).isEqualTo(2);
        assertThat(fault.code()).isEqualTo("json-not-well-formed");
    }

    @Test
    void sizeAndDepthAreLimited() {
        byte[] large =
                ("{\"number\": \"" + "1".repeat(JsonSchema.PAYLOAD_BYTES_MAX) + "\"}").getBytes(StandardCharsets.UTF_8);
        assertThat(Check.invalid(check.verdict(large)).first().code()).isEqualTo("json-limit");
        String deep = "[".repeat(JsonPass.DEPTH_MAX + 1) + "]".repeat(JsonPass.DEPTH_MAX + 1);
        assertThat(check.invalid(deep).first().code()).isEqualTo("json-limit");
    }

    @Test
    void atMostTwentyFaultsAreShownHoweverLongThePayload() {
        String line = "{\"item\": 1, \"quantity\": 0},";
        assertThat(check.invalid(ORDER.replace("[", "[" + line.repeat(100))).faults())
                .hasSize(Fault.SHOWN_MAX);
        assertThat(check.invalid(ORDER.replace("[", "[" + line.repeat(50_000))).faults())
                .hasSize(1);
    }

    @Test
    void eachPlainValueOfAnArrayCounts() {
        Check array = Check.of(Optional.empty(), Map.of("vin", "/vins", "a/b", "/a~1b"), "application/json");
        assertThat(array.valid("{\"vins\": [\"V1\", null, {}, 2, true], \"a/b\": 1.5}")
                        .keys())
                .containsOnly(Map.entry("vin", List.of("V1", "2", "true")), Map.entry("a/b", List.of("1.5")));
    }
}
