package aiguillage.hub.wss;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.StarSamples;
import aiguillage.xml.HardenedXml;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.xml.security.Init;
import org.apache.xml.security.c14n.Canonicalizer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/// The canonical form is that of a library that is not ours (Apache Santuario), which makes it of a tree.
class CanonicalTest {

    @BeforeAll
    static void santuario() {
        Init.init();
    }

    private static String envelope(String outside, String body) {
        return "<?xml version=\"1.0\"?><s:Envelope xmlns:s='" + Names.SOAP + "' xmlns:u='" + Names.WSU + "' " + outside
                + "><s:Header/><s:Body u:Id='body'>" + body + "</s:Body></s:Envelope>";
    }

    private static void requireSame(String message, List<String> prefixes) throws Exception {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        var digests = new Digests(Map.of("body", new Digests.Wanted(prefixes, sha256)), false);
        HardenedXml.read(new ByteArrayInputStream(bytes), new PartReader(digests));
        Document tree = HardenedXml.tree().parse(new ByteArrayInputStream(bytes));
        var theirs = new ByteArrayOutputStream();
        String list = String.join(
                " ", prefixes.stream().map(p -> p.isEmpty() ? "#default" : p).toList());
        Canonicalizer exclusive = Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS);
        var body = tree.getElementsByTagNameNS(Names.SOAP, "Body").item(0);
        if (list.isEmpty()) {
            exclusive.canonicalizeSubtree(body, theirs);
        } else {
            exclusive.canonicalizeSubtree(body, list, theirs);
        }
        assertThat(digests.digest("body"))
                .as(message + "\nis\n" + theirs.toString(StandardCharsets.UTF_8))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(theirs.toByteArray()));
    }

    @Test
    void textAttributesAndInstructionsAreWrittenInOneWay() throws Exception {
        requireSame(
                envelope(
                        "",
                        "<a z='1' b=\"&lt;&amp;&quot;'&#9;&#10;&#13; x\ny\tz\">&lt;&gt;&amp;&#13;\r\n\"'"
                                + "<!-- gone --><![CDATA[<kept>]]><?p  data ?><?q?><e></e><e/>é\ud83d\ude97</a>"),
                List.of());
    }

    @Test
    void namespacesStandWhereTheyAreUsed() throws Exception {
        String outside = "xmlns='urn:d' xmlns:p='urn:p' xmlns:q='urn:q'";
        for (List<String> prefixes : List.of(List.<String>of(), List.of("p"), List.of("", "q", "none"))) {
            requireSame(envelope(outside, "<a/><b xmlns=''><c/></b><p:a q:x='1' x='2'/>"), prefixes);
            requireSame(envelope(outside, "<p:a><p:b xmlns:p='urn:r'><p:c/></p:b><p:d/></p:a>"), prefixes);
            requireSame(envelope(outside, "<p:a><b xmlns='' p:b='1'><c xmlns='urn:d'/></b></p:a>"), prefixes);
            requireSame(envelope(outside, "<a xml:lang='fr' xml:space='preserve'/>"), prefixes);
        }
    }

    @Test
    void aRandomMessageHasTheSameForm() throws Exception {
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            String outside = (random.nextBoolean() ? "xmlns='urn:d'" : "") + " xmlns:p='urn:p' xmlns:q='urn:q'";
            List<String> prefixes =
                    random.nextInt(3) == 0 ? List.of("q", "") : random.nextBoolean() ? List.of() : List.of("p");
            requireSame(envelope(outside, element(random, 0)), prefixes);
        }
    }

    private static String element(Random random, int depth) {
        String name = List.of("a", "p:a", "q:b", "c").get(random.nextInt(4));
        var text = new StringBuilder("<" + name);
        for (String declared : List.of("xmlns", "xmlns:p", "xmlns:q")) {
            if (random.nextInt(4) == 0) {
                boolean ends = declared.equals("xmlns") && random.nextBoolean();
                text.append(' ')
                        .append(declared)
                        .append("='")
                        .append(ends ? "" : "urn:r" + random.nextInt(3))
                        .append('\'');
            }
        }
        for (String attribute : List.of("z", "p:y", "q:x", "b", "xml:lang")) {
            if (random.nextInt(4) == 0) {
                text.append(' ')
                        .append(attribute)
                        .append("=\"")
                        .append(random.nextInt(9))
                        .append("&#13;>'\"");
            }
        }
        text.append('>');
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(
                    switch (random.nextInt(6)) {
                        case 0 -> "<!-- no -->";
                        case 1 -> "<![CDATA[ <&> ]]>";
                        case 2 -> "<?p > ?>";
                        case 3 -> "text &lt;\r\n é";
                        default -> depth < 5 ? element(random, depth + 1) : "";
                    });
        }
        return text + "</" + name + ">";
    }

    @Test
    void aCharacterOfTwoHalvesStaysWholeWhereverTheReaderBreaks() throws Exception {
        for (int before = 0; before < 4; before++) {
            requireSame(envelope("", "<a>" + "x".repeat(before) + "\ud83d\ude97".repeat(40_000) + "</a>"), List.of());
        }
    }

    @Test
    void everyPublishedExampleHasTheSameForm() throws Exception {
        Path examples = StarSamples.find()
                .map(samples -> samples.resolve("examples-published"))
                .orElse(null);
        Assumptions.assumeTrue(examples != null, "the samples are not beside the checkout");
        try (Stream<Path> files = Files.list(examples)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file).replaceFirst("(?s)^\ufeff?<\\?xml.*?\\?>", "");
                if (text.stripLeading().startsWith("<")) {
                    requireSame(envelope("", text), List.of());
                }
            }
        }
    }
}
