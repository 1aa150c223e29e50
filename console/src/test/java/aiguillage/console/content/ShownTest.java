package aiguillage.console.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What strangers send is shown within bounds.
class ShownTest {

    private static Shown shown(@Nullable String type, String content) throws IOException {
        return Shown.of(type, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static Shown.Folded folded(String type, String content) throws IOException {
        return (Shown.Folded) shown(type, content);
    }

    /// Gives a beginning, then the same for ever; counts what is read.
    private static InputStream endless(String beginning, String repeated, AtomicLong read) {
        byte[] first = beginning.getBytes(StandardCharsets.UTF_8);
        byte[] more = repeated.getBytes(StandardCharsets.UTF_8);
        return new InputStream() {
            @Override
            public int read() {
                long at = read.getAndIncrement();
                return at < first.length ? first[(int) at] : more[(int) ((at - first.length) % more.length)];
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    into[offset + i] = (byte) read();
                }
                return length;
            }
        };
    }

    @Test
    void elementsAndMembersFold() throws IOException {
        Node claim = folded("application/xml", "<s:claim xmlns:s='u' n='1'><vin> VF1 </vin></s:claim>")
                .root()
                .parts()
                .getFirst();
        assertThat(claim.name()).isEqualTo("claim");
        assertThat(claim.attributes()).isEqualTo("n=\"1\"");
        assertThat(claim.parts().getFirst().value()).isEqualTo("VF1");
        Node object = folded("application/json", "{\"a\":[1,{\"b\":null}]}")
                .root()
                .parts()
                .getFirst();
        assertThat(object.parts().getFirst().parts().get(1).parts().getFirst().value())
                .isEqualTo("null");
    }

    @Test
    void withoutATypeTheFirstBytesDecide() throws IOException {
        assertThat(shown(null, " <a/>")).isInstanceOf(Shown.Folded.class);
        assertThat(shown(null, "\n[1]")).isInstanceOf(Shown.Folded.class);
        assertThat(shown(null, "UNA:+.? 'UNB")).isEqualTo(new Shown.Text("UNA:+.? 'UNB", true));
        assertThat(shown("text/plain", "<a/>")).isInstanceOf(Shown.Text.class);
    }

    @Test
    void listsOfPlainThingsAreTables() throws IOException {
        Node list = folded("text/xml", "<l><p><no>1</no><eur>2</eur></p><p><no>2</no></p></l>")
                .root()
                .parts()
                .getFirst();
        assertThat(list.isTable()).isTrue();
        assertThat(list.columns()).containsExactly("no", "eur");
        assertThat(list.parts().get(1).cell("eur")).isEmpty();
        assertThat(folded("text/json", "[{\"no\":1},{\"no\":2}]")
                        .root()
                        .parts()
                        .getFirst()
                        .isTable())
                .isTrue();
        assertThat(folded("text/xml", "<l><p>1</p><p>2</p></l>")
                        .root()
                        .parts()
                        .getFirst()
                        .isTable())
                .isFalse();
    }

    @Test
    void depthHasABound() throws IOException {
        Shown.Folded xml = folded("text/xml", "<a>".repeat(100_000));
        assertThat(xml.fault()).isNotEmpty();
        Shown.Folded json = folded("text/json", "[".repeat(100_000));
        assertThat(json.fault()).isNotEmpty();
        Shown.Folded deep = folded("text/xml", "<a>".repeat(60) + "</a>".repeat(60));
        Node node = deep.root();
        int depth = 0;
        while (!node.parts().isEmpty()) {
            node = node.parts().getFirst();
            depth++;
        }
        assertThat(depth).isEqualTo(Tree.DEPTH_MAX);
        assertThat(node.left()).isEqualTo(1);
    }

    @Test
    void entitiesAndTypesAreNotFollowed() throws IOException {
        Shown.Folded xml = folded("text/xml", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>");
        assertThat(xml.fault()).contains("DOCTYPE");
        assertThat(xml.root().parts()).isEmpty();
    }

    @Test
    void onlySoMuchIsRead() throws IOException {
        for (String[] one : new String[][] {
            {"text/xml", "<a>", "x"},
            {"text/xml", "<a>", "<b c='d'>e</b>"},
            {"text/xml", "<a>", "<!-- x -->"},
            {"text/json", "[0", ",1"},
            {"text/json", "[\"", "x"},
            {"text/csv", "", "a;b\n"},
            {"text/csv", "", "a;"},
            {"text/plain", "", "x"},
            {"image/png", "", "\u0001"}
        }) {
            var read = new AtomicLong();
            Shown shown = Shown.of(one[0], endless(one[1], one[2], read));
            assertThat(read.get()).as(one[0] + " " + one[2]).isLessThan(10 << 20);
            assertThat(shown.toString().length()).as(one[0] + " " + one[2]).isLessThan(2_000_000);
        }
    }

    @Test
    void whatIsNotWellFormedIsShownAsFarAsItIs() throws IOException {
        Shown.Folded xml = folded("text/xml", "<a><b>1</b><c></a>");
        assertThat(xml.isWhole()).isFalse();
        assertThat(xml.fault()).isNotEmpty();
        assertThat(xml.root().parts().getFirst().parts().getFirst().value()).isEqualTo("1");
        assertThat(folded("text/json", "{\"a\":1,").root().parts().getFirst().parts())
                .hasSize(1);
        assertThat(folded("text/json", "").root().parts()).isEmpty();
    }

    @Test
    void rowsHaveTheirSeparatorsQuotesAndBounds() throws IOException {
        assertThat(shown("text/csv", "a;b\r\n\"1;2\";\"3\"\"4\"\n"))
                .isEqualTo(new Shown.Rows(List.of("a", "b"), List.of(List.of("1;2", "3\"4")), true));
        var rows = (Shown.Rows) shown("text/csv; charset=utf-8", "h,i\n" + "1,2\n".repeat(500));
        assertThat(rows.rows()).hasSize(CsvRows.ROWS_MAX);
        assertThat(rows.isWhole()).isFalse();
        assertThat(shown("text/csv", "")).isEqualTo(new Shown.Rows(List.of(), List.of(), true));
    }

    @Test
    void bytesThatAreNoTextAreHex() throws IOException {
        var hex = (Shown.Hex) Shown.of("image/png", new ByteArrayInputStream(new byte[] {(byte) 0x89, 'P', 'N', 0}));
        assertThat(hex.lines().getFirst()).startsWith("000000  89 50 4e 00").endsWith(".PN.");
    }

    @Test
    void textInOlderEncodingsIsText() throws IOException {
        byte[] latin = "Citroën 1 €".replace(" €", "").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Shown.of("text/plain", new ByteArrayInputStream(latin)))
                .isEqualTo(new Shown.Text("Citroën 1", true));
    }
}
