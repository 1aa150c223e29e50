package aiguillage.hub.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlCheckTest {

    private static final String ORDER = """
            <order xmlns="urn:test:order">
              <number>A-é-1</number>
              <vin>W0L0AHL4885000000</vin>
              <vin>W0L0AHL4885000001</vin>
              <line id="7"><item>pump</item><quantity>2</quantity></line>
            </order>
            """;

    private final Check check = Check.xml();

    @Test
    void aCorrectPayloadYieldsItsKeys() {
        assertThat(check.valid(ORDER).keys())
                .containsOnly(
                        Map.entry("number", List.of("A-é-1")),
                        Map.entry("vin", List.of("W0L0AHL4885000000", "W0L0AHL4885000001")),
                        Map.entry("line", List.of("7")));
    }

    @Test
    void aPrefixMakesNoDifference() {
        String prefixed =
                ORDER.replace("</", "</o:").replaceAll("<(?!/)", "<o:").replace("xmlns=", "xmlns:o=");
        assertThat(check.valid(prefixed).keys()).isEqualTo(check.valid(ORDER).keys());
    }

    @Test
    void aMissingElementIsNamedWithItsPlace() {
        Fault fault =
                check.invalid(ORDER.replaceFirst(" *<number>.*</number>\n", "")).first();
        assertThat(fault.line()).isEqualTo(2);
        assertThat(fault.column()).isPositive();
        assertThat(fault.path()).isEqualTo("/order/vin");
        assertThat(fault.code()).isEqualTo("cvc-complex-type.2.4.a");
        assertThat(fault.sentence())
                .isEqualTo("vin stands where number is expected: something before it is missing, or the order is"
                        + " wrong.");
    }

    @Test
    void aWrongValueIsOneFaultWithThePathOfItsElement() {
        Verdict.Invalid invalid = check.invalid(ORDER.replace(">2<", ">two<"));
        assertThat(invalid.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.path()).isEqualTo("/order/line/quantity");
            assertThat(fault.line()).isEqualTo(5);
            assertThat(fault.sentence()).isEqualTo("\"two\" is not a correct integer.");
        });
    }

    @Test
    void aWrongAttributeIsOneFaultWithItsName() {
        Verdict.Invalid invalid = check.invalid(ORDER.replace("\"7\"", "\"0\""));
        assertThat(invalid.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.path()).isEqualTo("/order/line/@id");
            assertThat(fault.sentence()).isEqualTo("\"0\" is too small; at least 1 is expected.");
        });
    }

    @Test
    void everyKindOfFaultIsSaidInPlainWords() {
        assertThat(sentence(ORDER.replace("<number>A-é-1", "<number>A-1234567890-1234567890")))
                .isEqualTo("\"A-1234567890-1234567890\" has 23 characters; at most 20 are allowed.");
        assertThat(sentence(ORDER.replace("W0L0AHL4885000000", "W0L")))
                .isEqualTo("\"W0L\" does not have the form expected here, [A-HJ-NPR-Z0-9]{17}.");
        assertThat(sentence(ORDER.replaceFirst("<line.*</line>", "")))
                .isEqualTo("order ends too early: vin, line is expected before its end.");
        assertThat(sentence(ORDER.replace("<quantity>2</quantity>", "<quantity>2</quantity><price/>")))
                .isEqualTo("price stands where note is expected: something before it is missing, or the order is"
                        + " wrong.");
        assertThat(sentence(ORDER.replace(" id=\"7\"", ""))).isEqualTo("The attribute id is missing on line.");
        assertThat(sentence(ORDER.replace("id=", "vat='1' id=")))
                .isEqualTo("The attribute vat is not allowed on line.");
        assertThat(sentence(ORDER.replace("</line>", "text</line>")))
                .isEqualTo("line may hold elements only, no text between them.");
        assertThat(sentence("<order/>"))
                .isEqualTo("The schema does not know the element order. Check its spelling and its namespace.");
    }

    @Test
    void readingStopsAtTheTwentiethFault() {
        String wrong = "<line id='1'><item/><quantity>x</quantity></line>".repeat(500);
        Verdict.Invalid invalid = check.invalid(ORDER.replace("</order>", wrong + "</order>"));
        assertThat(invalid.faults()).hasSize(Fault.SHOWN_MAX);
    }

    @Test
    void whatIsNotWellFormedIsLocated() {
        assertThat(check.invalid(ORDER.substring(0, ORDER.indexOf("pump") + 2)).first())
                .satisfies(fault -> {
                    assertThat(fault.code()).isEqualTo("xml-truncated");
                    assertThat(fault.line()).isEqualTo(5);
                    assertThat(fault.path()).isEqualTo("/order/line/item");
                });
        assertThat(check.invalid("{\"order\": 1}").first().sentence())
                .isEqualTo("This is not XML: something else stands before the first tag.");
        assertThat(check.invalid("").first().code()).isEqualTo("xml-truncated");
        assertThat(check.invalid(ORDER.replace("</item>", "</itm>")).first().sentence())
                .isEqualTo("item is not closed: its end tag </item> is expected here.");
        assertThat(check.invalid("<o:order/>").first().sentence())
                .isEqualTo("The prefix o of o:order is not declared: add xmlns:o=\"…\" to the root element.");
        assertThat(check.invalid(ORDER + "<again/>").first().code()).isEqualTo("xml-not-well-formed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "windows-1252"})
    void aDeclaredEncodingIsRead(String encoding) {
        String declared = "<?xml version='1.0' encoding='" + encoding + "'?>" + ORDER;
        assertThat(Check.valid(check.verdict(declared.getBytes(Charset.forName(encoding))))
                        .keys())
                .containsEntry("number", List.of("A-é-1"));
    }

    @Test
    void aWrongEncodingIsLocated() {
        Fault utf8 = Check.invalid(check.verdict(ORDER.getBytes(StandardCharsets.ISO_8859_1)))
                .first();
        assertThat(utf8.code()).isEqualTo("xml-encoding");
        assertThat(utf8.line()).isEqualTo(2);
        byte[] utf16 = ("<?xml version='1.0' encoding='UTF-16'?>" + ORDER).getBytes(StandardCharsets.UTF_16);
        utf16[utf16.length - 60] = (byte) 0xdc; // a low surrogate alone
        assertThat(Check.invalid(check.verdict(utf16)).first().code()).isEqualTo("xml-encoding");
        assertThat(check.invalid("<?xml version='1.0' encoding='x-none'?>" + ORDER)
                        .first()
                        .code())
                .isEqualTo("xml-encoding");
    }

    @Test
    void theSameReaderIsFitForTheNextDocumentAfterAFault() {
        for (int i = 0; i < 100; i++) {
            assertThat(check.valid(ORDER).keys()).hasSize(3);
            assertThat(check.invalid(ORDER.replace(">2<", ">two<")).faults()).hasSize(1);
            assertThat(check.invalid("<order").faults()).hasSize(1);
        }
    }

    @Test
    void manyThreadsCheckAtTheSameTime() throws Exception {
        List<Callable<List<String>>> tasks = IntStream.range(0, 500)
                .<Callable<List<String>>>mapToObj(i -> () ->
                        check.valid(ORDER.replace("A-é-1", "A-" + i)).keys().get("number"))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = threads.invokeAll(tasks);
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).containsExactly("A-" + i);
            }
        }
    }

    @Test
    void anUnreadableStreamIsNoFaultOfTheDocument() {
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the line went down");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        };
        assertThatThrownBy(() -> check.check().check(Optional.empty(), broken))
                .isInstanceOf(IOException.class)
                .hasMessage("the line went down");
    }

    @Test
    void theStreamBelongsToTheCaller() {
        var closed = new boolean[1];
        var payload = new java.io.ByteArrayInputStream(ORDER.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        Check.valid(check.verdict(payload));
        assertThat(payload.available()).isZero();
        assertThat(closed[0]).isFalse();
    }

    private String sentence(String payload) {
        return check.invalid(payload).first().sentence();
    }
}
