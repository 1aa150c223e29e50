package aiguillage.hub.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlKeysTest {

    @ParameterizedTest
    @CsvSource({
        "/a/b/c, 1",
        "//c, 1 2 3 4",
        "/a//c, 1 2 4",
        "/a/*/c, 1",
        "//b//c, 1 2",
        "//d/c, 2 3",
        "/*/*/c, 3",
        "/a/c/@x, ''",
        "//c/@x, five",
        "//z, ''",
    })
    void aPathFindsExactlyItsElements(String path, String values) {
        String document = "<r><a><b><c>1</c><b><d><c>2</c></d></b></b><q><e><c x='five'>4</c></e></q></a>"
                + "<d><c> 3 </c></d></r>";
        String shifted = path.startsWith("//") || path.startsWith("/*") ? path : "/r" + path;
        assertThat(found(shifted, document))
                .containsExactlyInAnyOrderElementsOf(values.isEmpty() ? List.of() : List.of(values.split(" ")));
    }

    @Test
    void onlyAnElementWithoutChildrenHasAValue() {
        assertThat(found("//c", "<c>outer<c>inner</c>after</c>")).containsExactly("inner");
        assertThat(found("//c", "<r><c>a<!-- b -->c<![CDATA[d]]>&amp;</c></r>")).containsExactly("acd&");
        assertThat(found("//c", "<r><c/><c>  </c></r>")).isEmpty();
    }

    @Test
    void sixteenValuesOf128CharactersAreKept() {
        String many = IntStream.range(0, 40).mapToObj(i -> "<c>" + i + "</c>").collect(Collectors.joining());
        assertThat(found("//c", "<r>" + many + "</r>")).hasSize(PayloadCheck.VALUES_MAX);
        assertThat(found("//c", "<r><c>1</c><c>1</c></r>")).containsExactly("1");
        assertThat(found("//c", "<r><c>" + "x".repeat(100_000) + "</c></r>"))
                .containsExactly("x".repeat(PayloadCheck.VALUE_CHARS_MAX));
        assertThat(found("//c", "<r><c>" + "x".repeat(127) + "😀</c></r>")).containsExactly("x".repeat(127));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a/b", "/a/", "///a", "/a/@x/b", "/@x", "//@x", "/a/@*", "/star:a", "/a[1]"})
    void whatIsNoPathIsRefusedWithTheKeyAndTheForm(String path) {
        assertThatThrownBy(() -> XmlKeyPath.of("vin", path))
                .isInstanceOf(SchemaRefused.class)
                .hasMessageContaining("The key \"vin\"")
                .hasMessageContaining("/ProcessWarrantyClaim//VehicleID");
    }

    @Test
    void moreKeysThanPossibleAreRefused() {
        Map<String, String> keys = IntStream.range(0, PayloadCheck.KEYS_MAX + 1)
                .boxed()
                .collect(Collectors.toMap(i -> "k" + i, i -> "/a"));
        assertThatThrownBy(() -> new PayloadCheck(Optional.empty(), keys))
                .hasMessageContaining("at most " + PayloadCheck.KEYS_MAX);
    }

    @Test
    void withoutSchemaTheMediaTypeDecides() {
        Map<String, String> keys = Map.of("id", "/order/id");
        Check xml = Check.of(Optional.empty(), keys, "application/vnd.star+xml; charset=utf-8");
        assertThat(xml.valid("<order><id>1</id></order>").keys()).containsEntry("id", List.of("1"));
        assertThat(xml.invalid("<order>").first().code()).isEqualTo("xml-truncated");
        Check json = Check.of(Optional.empty(), keys, "application/json");
        assertThat(json.valid("{\"order\":{\"id\":1}}").keys()).containsEntry("id", List.of("1"));
        assertThat(json.invalid("{\"order\":").first().code()).isEqualTo("json-truncated");
        Check pdf = Check.of(Optional.empty(), keys, "application/pdf");
        assertThat(pdf.check().looksInto(pdf.mediaType())).isFalse();
        assertThat(pdf.valid("<order>").keys()).isEmpty();
        assertThat(pdf.check().looksInto(Optional.empty())).isFalse();
    }

    @Test
    void withoutKeysAndSchemaNothingIsRead() {
        Check nothing = Check.of(Optional.empty(), Map.of(), "application/xml");
        assertThat(nothing.check().looksInto(nothing.mediaType())).isFalse();
        assertThat(nothing.valid("<order>").keys()).isEmpty();
    }

    private static List<String> found(String path, String document) {
        return Check.of(Optional.empty(), Map.of("key", path), "text/xml")
                .valid(document)
                .keys()
                .getOrDefault("key", List.of());
    }
}
