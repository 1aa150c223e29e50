package aiguillage.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is written by hand is what any reader of JSON reads.
final class JsonTextTest {

    private static String text(JsonText json) {
        return new String(json.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void namesValuesAndListsAreSeparatedOnce() {
        var json = new JsonText();
        json.begin().name("none").nothing().name("all").beginList().value("a").nothing();
        json.begin().end().beginList().endList().value(-7).endList();
        json.name("is").value(true).name("not").value(false).end();
        assertThat(text(json)).isEqualTo("""
                {"none":null,"all":["a",null,{},[],-7],"is":true,"not":false}""");
    }

    @Test
    void anyTextIsReadBackAsItWas() {
        var random = new Random(3);
        JsonMapper mapper = JsonMapper.shared();
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder();
            for (int count = random.nextInt(40); count > 0; count--) {
                int bits = 1 + random.nextInt(21);
                int c = Math.min(random.nextInt(1 << bits), Character.MAX_CODE_POINT);
                text.appendCodePoint(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 'x' : c);
            }
            var json = new JsonText();
            json.beginList().value(text.toString()).value("\"\\\n\u001f\u007f").endList();
            JsonNode read = mapper.readTree(json.bytes());
            assertThat(read.get(0).asString()).isEqualTo(text.toString());
            assertThat(read.get(1).asString()).isEqualTo("\"\\\n\u001f\u007f");
        }
    }

    @Test
    void halfACharacterBecomesAQuestionMark() {
        var json = new JsonText();
        json.beginList().value("a\ud83d").value("\ude97b").value("\ud83d\ude97").endList();
        assertThat(text(json)).isEqualTo("[\"a?\",\"?b\",\"\ud83d\ude97\"]");
    }

    @Test
    void instantsAreWrittenAsJavaWritesThem() {
        for (Instant instant : List.of(
                Instant.EPOCH,
                Instant.parse("2026-03-31T22:00:00Z"),
                Instant.parse("2026-03-31T22:05:09.120Z"),
                Instant.parse("2026-03-31T23:59:59.000001Z"),
                Instant.parse("1969-12-31T23:59:59.999999999Z"),
                Instant.parse("0000-01-01T00:00:00Z"),
                Instant.parse("9999-12-31T23:59:59Z"),
                Instant.MIN,
                Instant.MAX)) {
            var json = new JsonText();
            json.beginList().value(instant).value(instant).endList();
            assertThat(text(json)).isEqualTo("[\"" + instant + "\",\"" + instant + "\"]");
        }
    }
}
