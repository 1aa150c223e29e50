package aiguillage.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.helpers.DefaultHandler;

class HardenedXmlTest {

    private static final String SECRET = "the-secret-content";

    /// A way to read a document to its end; gives all of its text.
    private interface Way {
        String read(String document) throws Exception;
    }

    private static final List<Way> WAYS = List.of(HardenedXmlTest::asEvents, HardenedXmlTest::asTree, document -> {
        var text = new StringBuilder();
        HardenedXml.read(bytes(document), new DefaultHandler() {
            @Override
            public void characters(char[] chars, int start, int length) {
                text.append(chars, start, length);
            }
        });
        return text.toString();
    });

    private static String asTree(String document) throws Exception {
        return HardenedXml.tree().parse(bytes(document)).getDocumentElement().getTextContent();
    }

    /// As readers of events do: a document type is refused where it comes.
    private static String asEvents(String document) throws Exception {
        XMLStreamReader events = HardenedXml.events(new StringReader(document));
        var text = new StringBuilder();
        while (events.hasNext()) {
            switch (events.next()) {
                case XMLStreamReader.CHARACTERS -> text.append(events.getText());
                case XMLStreamReader.DTD, XMLStreamReader.ENTITY_REFERENCE -> throw new XMLStreamException("refused");
                default -> {
                    // nothing else has text
                }
            }
        }
        return text.toString();
    }

    private static ByteArrayInputStream bytes(String document) {
        return new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyWayReadsADocument() throws Exception {
        for (Way way : WAYS) {
            assertThat(way.read("<?xml version='1.0'?><a b='c'>d<!-- e --><f>g</f></a>"))
                    .isEqualTo("dg");
        }
    }

    @Test
    void noWayShowsAFileOfThisMachine(@TempDir Path folder) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), SECRET);
        for (String document : List.of(
                "<!DOCTYPE a [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]><a>&x;</a>",
                "<!DOCTYPE a [<!ENTITY % x SYSTEM '" + secret.toUri() + "'>%x;]><a/>",
                "<!DOCTYPE a SYSTEM '" + secret.toUri() + "'><a/>")) {
            for (Way way : WAYS) {
                assertThatThrownBy(() -> way.read(document)).message().doesNotContain(SECRET);
            }
        }
    }

    @Test
    void noWayFollowsEntitiesThatGrow() {
        String laughs = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> "<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">")
                .collect(Collectors.joining("", "<!DOCTYPE r [<!ENTITY l0 \"ha\">", "]><r>&l9;</r>"));
        for (Way way : WAYS) {
            assertThatThrownBy(() -> way.read(laughs)).isNotNull();
        }
    }

    @Test
    void everyWayHasABoundForDepthAttributesAndNames() throws Exception {
        String deepest = "<a>".repeat(XmlLimits.DEPTH_MAX) + "</a>".repeat(XmlLimits.DEPTH_MAX);
        String attributes = IntStream.range(0, XmlLimits.ATTRIBUTES_MAX)
                .mapToObj(i -> " a" + i + "=''")
                .collect(Collectors.joining());
        String name = "n".repeat(XmlLimits.NAME_CHARS_MAX);
        for (Way way : WAYS) {
            assertThat(way.read(deepest)).isEmpty();
            assertThat(way.read("<a" + attributes + "/>")).isEmpty();
            assertThat(way.read("<" + name + "/>")).isEmpty();
            assertThatThrownBy(() -> way.read("<a>" + deepest + "</a>")).isNotNull();
            assertThatThrownBy(() -> way.read("<a b=''" + attributes + "/>")).isNotNull();
            assertThatThrownBy(() -> way.read("<n" + name + "/>")).isNotNull();
        }
    }

    @Test
    void everyWayReadsAnyNumberOfReferencesToCharacters() throws Exception {
        int many = 300_000; // the platform's own limit is 100,000
        for (Way way : WAYS) {
            assertThat(way.read("<a>" + "&amp;".repeat(many) + "&#233;".repeat(many) + "</a>"))
                    .isEqualTo("&".repeat(many) + "é".repeat(many));
            assertThat(way.read("<a>" + "<b c='&lt;'/>".repeat(many) + "</a>")).isEmpty();
        }
    }
}
