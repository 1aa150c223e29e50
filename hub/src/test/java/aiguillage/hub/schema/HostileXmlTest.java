package aiguillage.hub.schema;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.xml.XmlLimits;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileXmlTest {

    private final Check check = Check.xml();
    private final Check unchecked = Check.of(Optional.empty(), Map.of("note", "//note"), "application/xml");

    @Test
    void anExternalEntityNeverShowsItsFile(@TempDir Path dir) throws Exception {
        Path secret = Files.writeString(dir.resolve("secret"), "the-secret-content");
        String xxe = "<!DOCTYPE order [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>"
                + "<order xmlns='urn:test:order'><number>&x;</number></order>";
        for (Check each : List.of(check, unchecked)) {
            Verdict.Invalid invalid = each.invalid(xxe);
            assertThat(invalid.first().code()).isEqualTo("xml-doctype");
            assertThat(invalid.toString()).doesNotContain("the-secret-content");
        }
    }

    @Test
    void everyDoctypeIsRefused() {
        assertThat(check.invalid("<!DOCTYPE order><order/>").first().code()).isEqualTo("xml-doctype");
        assertThat(unchecked
                        .invalid("<!DOCTYPE r SYSTEM 'http://localhost/x.dtd'><r/>")
                        .first()
                        .code())
                .isEqualTo("xml-doctype");
    }

    @Test
    void anEntityThatGrowsCostsNothing() {
        String laughs = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> "<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">")
                .collect(Collectors.joining("", "<!DOCTYPE r [<!ENTITY l0 \"ha\">", "]><r>&l9;</r>"));
        unchecked.invalid(laughs); // classes are loaded
        long before = allocatedBytes();
        assertThat(unchecked.invalid(laughs).first().code()).isEqualTo("xml-doctype");
        assertThat(allocatedBytes() - before).isLessThan(2_000_000);
    }

    @Test
    void aDocumentCannotNameItsOwnSchema() throws Exception {
        try (var trap = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "http://localhost:" + trap.getLocalPort() + "/x.xsd";
            String order = "<order xmlns='urn:test:order' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'"
                    + " i:schemaLocation='urn:test:order " + address + "' i:noNamespaceSchemaLocation='" + address
                    + "'><number>1</number><line id='1'><item/><quantity>1</quantity></line></order>";
            assertThat(check.valid(order).keys()).containsEntry("number", List.of("1"));
            trap.setSoTimeout(1);
            assertThat(org.assertj.core.api.Assertions.catchThrowable(trap::accept))
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void depthAttributesAndNamesAreLimited() {
        String deep = "<a>".repeat(XmlLimits.DEPTH_MAX + 1) + "</a>".repeat(XmlLimits.DEPTH_MAX + 1);
        assertThat(unchecked.invalid(deep).first().sentence()).isEqualTo("Elements are nested more than 100 deep.");
        assertThat(unchecked.valid("<a>".repeat(XmlLimits.DEPTH_MAX) + "</a>".repeat(XmlLimits.DEPTH_MAX)))
                .isNotNull();
        String wide = IntStream.rangeClosed(0, XmlLimits.ATTRIBUTES_MAX)
                .mapToObj(i -> " a" + i + "='1'")
                .collect(Collectors.joining("", "<a", "/>"));
        assertThat(unchecked.invalid(wide).first().code()).isEqualTo("xml-limit");
        assertThat(unchecked
                        .invalid("<" + "n".repeat(XmlLimits.NAME_CHARS_MAX + 1) + "/>")
                        .first()
                        .code())
                .isEqualTo("xml-limit");
    }

    @Test
    void oneEndlessTagOrCommentIsCutOff() {
        for (String start : List.of("<r a='", "<r><!--", "<r><?p ", "<r><![CDATA[")) {
            Fault fault = Check.invalid(unchecked.verdict(endless(start, "x", 100_000_000, "")))
                    .first();
            assertThat(fault.code()).as(start).isEqualTo("xml-limit");
        }
    }

    @Test
    void manyCommentsAreNotOneLongOne() {
        InputStream many = endless("<r>", "<!-- remark --> <?p x?>", 20_000_000, "</r>");
        assertThat(Check.valid(unchecked.verdict(many)).keys()).isEmpty();
    }

    @Test
    void textIsReadInConstantMemoryWithoutSchema() {
        InputStream long1 = endless("<r><note>", "text and more text ", 200_000_000, "</note></r>");
        long before = allocatedBytes();
        Verdict.Valid valid = Check.valid(unchecked.verdict(long1));
        assertThat(valid.keys().get("note"))
                .singleElement()
                .satisfies(note -> assertThat(note).hasSize(128));
        assertThat(allocatedBytes() - before).isLessThan(20_000_000);
    }

    @Test
    void threeMegabytesOfTextPassASchemaAndTooManyAreAFault() {
        String start =
                "<order xmlns='urn:test:order'><number>1</number><line id='1'><item/><quantity>1</quantity><note>";
        InputStream three = endless(start, "a note ", 3 * 1024 * 1024, "</note></line></order>");
        assertThat(Check.valid(check.verdict(three)).keys()).containsEntry("number", List.of("1"));
        Fault fault = Check.invalid(check.verdict(endless(start, "a note ", 100_000_000, "")))
                .first();
        assertThat(fault.code()).isEqualTo("xml-limit");
        assertThat(fault.path()).isEqualTo("/order/line/note");
    }

    @Test
    void aFaultQuotesLittleOfALongValue() {
        String wrong = "<order xmlns='urn:test:order'><number>" + "1\n".repeat(100_000) + "</number></order>";
        assertThat(check.invalid(wrong).faults()).allSatisfy(fault -> {
            assertThat(fault.sentence())
                    .hasSizeLessThan(Fault.SENTENCE_CHARS_MAX + 2)
                    .doesNotContain("\n");
        });
    }

    /// The start, then again and again the same for at least so many bytes, then the end.
    private static InputStream endless(String start, String again, int bytes, String end) {
        byte[] block = again.repeat(Math.max(1, 8192 / again.length())).getBytes(StandardCharsets.UTF_8);
        var middle = new InputStream() {
            private int sent;

            @Override
            public int read() {
                return sent >= bytes && sent % block.length == 0 ? -1 : block[sent++ % block.length];
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                int from = sent % block.length;
                if (sent >= bytes && from == 0) {
                    return -1;
                }
                int read = Math.min(length, block.length - from);
                System.arraycopy(block, from, into, offset, read);
                sent += read;
                return read;
            }
        };
        return new SequenceInputStream(new SequenceInputStream(bytes(start), middle), bytes(end));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
