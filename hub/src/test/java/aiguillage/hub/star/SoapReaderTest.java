package aiguillage.hub.star;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.star.StarMessage.Asked;
import aiguillage.hub.star.StarMessage.Content;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A content is found where it lies, whatever stands in it and around it.
class SoapReaderTest {

    private static final String T = Transport.STAR_2009.namespace();

    private static String message(String header, String... contents) {
        var text = new StringBuilder("<?xml version='1.0'?><!-- <t:content> --><?pi <a>?>"
                + "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/' xmlns:t=\"" + T
                + "\" xmlns:o='urn:outside' xmlns='urn:default'><e:Header>" + header
                + "</e:Header><e:Body><t:PutMessage><t:payload>");
        for (int i = 0; i < contents.length; i++) {
            text.append("<t:content id='c" + i + "' >" + contents[i] + "</t:content >");
        }
        return text.append("</t:payload></t:PutMessage></e:Body></e:Envelope>").toString();
    }

    private static List<Content> read(String message) throws Exception {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        StarMessage read = SoapReader.read(() -> new ByteArrayInputStream(bytes));
        return read.asked() instanceof Asked.Put(var contents) ? contents : List.of();
    }

    private static String slice(Content content, String message) throws Exception {
        int from = (int) content.begin();
        byte[] whole = message.getBytes(StandardCharsets.UTF_8);
        try (InputStream slice = Slice.of(content, new ByteArrayInputStream(whole, from, (int) content.end() - from))) {
            byte[] bytes = slice.readAllBytes();
            assertThat(bytes).hasSize((int) Slice.bytes(content));
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static void requireFound(String... contents) throws Exception {
        String message = message("", contents);
        List<Content> read = read(message);
        assertThat(read).hasSameSizeAs(contents);
        for (int i = 0; i < contents.length; i++) {
            assertThat(slice(read.get(i), message)).isEqualTo(contents[i].strip());
        }
    }

    @Test
    void markupThatLooksLikeAnEndIsNone() throws Exception {
        requireFound(
                "<x:a xmlns:x='urn:x' b='>' c=\"/>'\"><!-- </x:a> -- ></t:content> --><![CDATA[</x:a>]]]]>--><?p </x:a>??></x:a>"
                        .replace("-- >", "- >"));
        requireFound(
                "<a xmlns=''/>",
                "\n  <a xmlns='urn:x' b='/'/>\n",
                "<a xmlns='urn:x'><a><a/></a>é\u20ac\ud83d\ude97</a>");
        requireFound("<a xmlns='urn:x'><!----><!-- - --><![CDATA[]]]]><![CDATA[>]]></a>");
    }

    @Test
    void namespacesOfTheEnvelopeAreWrittenIntoTheFirstTagOnlyWhereTheyAreUsed() throws Exception {
        String message = message("", "<o:a o:b='1'><c xmlns=''/></o:a>", "<a/>", "<x:a xmlns:x='urn:x' t='o:b'/>");
        List<Content> read = read(message);
        assertThat(slice(read.get(0), message)).isEqualTo("<o:a xmlns:o=\"urn:outside\" o:b='1'><c xmlns=''/></o:a>");
        assertThat(slice(read.get(1), message)).isEqualTo("<a xmlns=\"urn:default\"/>");
        assertThat(slice(read.get(2), message)).isEqualTo("<x:a xmlns:x='urn:x' t='o:b'/>");
    }

    @Test
    void aRandomDocumentIsFoundAsItIs() throws Exception {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            requireFound(element(random, 0), element(random, 0));
        }
    }

    private static String element(Random random, int depth) {
        String name = "n" + random.nextInt(3);
        var text = new StringBuilder("<" + name + " xmlns='urn:r" + random.nextInt(2) + "'"
                + (random.nextBoolean() ? " a=\"'>" + random.nextInt(9) + "\"" : "")
                + (random.nextBoolean() ? " " : ""));
        if (random.nextInt(4) == 0) {
            return text + "/>";
        }
        text.append('>');
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(
                    switch (random.nextInt(6)) {
                        case 0 -> random.nextBoolean() ? "<!-- <b> ]]> -->" : "<!---> <b> -->";
                        case 1 -> "<![CDATA[ </" + name + "> ]] > ]]>";
                        case 2 -> "<?p > ?>";
                        case 3 -> "text &lt; \u00e9";
                        default -> depth < 5 ? element(random, depth + 1) : "";
                    });
        }
        return text + "</" + name + ">";
    }

    @Test
    void whatHasNoContentOrTwoInOneIsRefused() {
        assertThatThrownBy(() -> read(message("", "")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("c0 has none");
        assertThatThrownBy(() -> read(message("", "<a/><b/>")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("exactly one element");
        assertThatThrownBy(() -> read(message("", "<a/>").replace("id='c0'", "id=''")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("an id of its own");
    }
}
