package aiguillage.dataset.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.dataset.schema.Dialect;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LinesTest {

    private static final Charset UTF_8 = StandardCharsets.UTF_8;
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private static Dialect dialect(char separator, boolean quoted, Charset charset) {
        return new Dialect(separator, quoted, charset, true, "dd/MM/uuuu");
    }

    private static List<Item> read(byte[] file, Dialect dialect, boolean endRequired) throws IOException {
        try (var lines = new Lines(new Drops(new ByteArrayInputStream(file)), dialect, endRequired)) {
            List<Item> items = new ArrayList<>();
            for (Item item = lines.next(); item != null; item = lines.next()) {
                items.add(item);
            }
            return items;
        }
    }

    private static List<Item> read(String file) throws IOException {
        return read(file.getBytes(UTF_8), dialect(';', true, UTF_8), false);
    }

    private static List<List<String>> cells(String file) throws IOException {
        return read(file).stream().map(item -> ((Line) item).cells()).toList();
    }

    private static String why(byte[] file, Charset charset) throws IOException {
        return read(file, dialect(';', true, charset), false).stream()
                .map(item -> item instanceof Unreadable bad ? bad.number() + ": " + bad.why() : "")
                .collect(Collectors.joining());
    }

    /// Gives a few bytes at a time, as a network does.
    private static final class Drops extends java.io.FilterInputStream {

        private final Random random = new Random(7);

        Drops(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(7)));
        }
    }

    /// The same byte for ever.
    private static InputStream endless(String first, char then) {
        return new InputStream() {
            private long at;

            @Override
            public int read() {
                return at < first.length() ? first.charAt((int) at++) : then;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    bytes[offset + i] = (byte) read();
                }
                return length;
            }
        };
    }

    @Test
    void linesEndWithLineFeedOrBothAndTheLastMayHaveNoEnd() throws IOException {
        assertThat(cells("a;b\nc;d\r\ne;f")).containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e", "f"));
    }

    @Test
    void emptyCellsAreCellsAndEmptyLinesAreNone() throws IOException {
        assertThat(cells(";\n\n  \n;;\r\n\r\n")).containsExactly(List.of("", ""), List.of("", "", ""));
        assertThat(read(new byte[0], dialect(';', true, UTF_8), true)).isEmpty();
        List<Item> tabs = read("\t\t\n".getBytes(UTF_8), dialect('\t', false, UTF_8), true);
        assertThat(tabs).containsExactly(new Line(1, List.of("", "", ""), "\t\t"));
    }

    @Test
    void aLineHasTheNumberItHasInAnEditor() throws IOException {
        assertThat(read("a\n\n\"b\nc\"\nd\n").stream().map(Item::number)).containsExactly(1L, 3L, 5L);
    }

    @Test
    void quotesHoldSeparatorsQuotesAndEndsOfLines() throws IOException {
        assertThat(cells("\"a;\"\"b\"\"\";\"c\r\nd\";\"\"\n")).containsExactly(List.of("a;\"b\"", "c\nd", ""));
    }

    @Test
    void aQuoteInsideACellIsACharacter() throws IOException {
        assertThat(cells("5\" PIPE;6\"\";x\ny\n")).containsExactly(List.of("5\" PIPE", "6\"\"", "x"), List.of("y"));
        List<Item> unquoted = read("\"a;b\n".getBytes(UTF_8), dialect(';', false, UTF_8), true);
        assertThat(unquoted).containsExactly(new Line(1, List.of("\"a", "b"), "\"a;b"));
    }

    @Test
    void aCellThatGoesOnBehindItsQuoteSpoilsOnlyItsLine() throws IOException {
        List<Item> items = read("a;\"b\"c;d\ne\n");
        assertThat(items).hasSize(2);
        assertThat(items.getFirst())
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        bad -> assertThat(bad.why()).isEqualTo("cell 2 goes on behind its closing quote"));
        assertThat(items.getLast()).isEqualTo(new Line(2, List.of("e"), "e"));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        var random = new Random(4711);
        String letters = "ab;\"\n é€\t1";
        for (int round = 0; round < 500; round++) {
            List<List<String>> rows = new ArrayList<>();
            var file = new StringBuilder();
            for (int row = 0; row < random.nextInt(5); row++) {
                List<String> cells = new ArrayList<>();
                for (int cell = 0; cell < 1 + random.nextInt(4); cell++) {
                    String text = random.ints(random.nextInt(6), 0, letters.length())
                            .mapToObj(i -> letters.substring(i, i + 1))
                            .collect(Collectors.joining());
                    cells.add(text.strip());
                    boolean plain = !text.contains("\"") && !text.contains(";") && !text.contains("\n");
                    file.append(cell == 0 ? "" : ";")
                            .append(plain && random.nextBoolean() ? text : "\"" + text.replace("\"", "\"\"") + "\"");
                }
                rows.add(cells);
                file.append(random.nextBoolean() ? "\n" : "\r\n");
            }
            // A single cell without anything may be an empty line, which is none.
            rows.removeIf(cells -> cells.size() == 1 && cells.getFirst().isEmpty());
            List<List<String>> found = new ArrayList<>(cells(file.toString()));
            found.removeIf(cells -> cells.size() == 1 && cells.getFirst().isEmpty());
            assertThat(found).as(file.toString()).isEqualTo(rows);
        }
    }

    @Test
    void anEndlessLineIsRefusedInBoundedMemory() throws IOException {
        try (var lines = new Lines(endless("a;b\n", 'x'), dialect(';', true, UTF_8), true)) {
            assertThat(lines.next()).isNotNull();
            assertThatThrownBy(lines::next)
                    .isInstanceOf(BadLine.class)
                    .hasMessageStartingWith("line 2: it has more than 1048576 bytes");
        }
    }

    @Test
    void aQuoteThatNeverEndsIsRefusedWithTheLineItBeginsOn() throws IOException {
        try (var lines = new Lines(endless("a\n\"b", '\n'), dialect(';', true, UTF_8), true)) {
            assertThat(lines.next()).isNotNull();
            assertThatThrownBy(lines::next)
                    .isInstanceOf(BadLine.class)
                    .hasMessageStartingWith("line 2: a cell begins with a quote that does not end for");
        }
        assertThatThrownBy(() -> read("a\n\"b;c\nd\n"))
                .isInstanceOf(BadLine.class)
                .hasMessage("line 2: a cell begins with a quote that does not end before the file does");
    }

    @Test
    void aLastLineWithoutEndMayBeCutOff() throws IOException {
        List<Item> items = read("a;1\nb;23".getBytes(UTF_8), dialect(';', true, UTF_8), true);
        assertThat(items.getLast()).isInstanceOfSatisfying(Unreadable.class, bad -> {
            assertThat(bad.number()).isEqualTo(2);
            assertThat(bad.why()).contains("was the file cut off");
            assertThat(bad.text()).isEqualTo("b;23");
        });
    }

    @Test
    void theMarkOfUtf8IsPassedOver() throws IOException {
        assertThat(cells("\ufeffRéférence;b\n")).containsExactly(List.of("Référence", "b"));
    }

    @Test
    void aMarkOfAnotherEncodingThanDeclaredIsRefused() {
        assertThatThrownBy(() -> why("\ufeffa;b\n".getBytes(UTF_8), WINDOWS))
                .isInstanceOf(BadLine.class)
                .hasMessageContaining("begins with the mark of UTF-8, and windows-1252 is declared");
        assertThatThrownBy(() -> why("\ufeffa;b\n".getBytes(StandardCharsets.UTF_16LE), UTF_8))
                .isInstanceOf(BadLine.class)
                .hasMessageContaining("UTF-16");
    }

    @Test
    void utf16WithoutMarkIsNamed() throws IOException {
        assertThat(why("a;b\n".getBytes(StandardCharsets.UTF_16LE), UTF_8)).contains("is the file in UTF-16?");
    }

    @Test
    void latin1ReadAsUtf8IsNamedLineByLine() throws IOException {
        assertThat(why("a\nÉTÉ\nb\nNOËL\n".getBytes(WINDOWS), UTF_8))
                .isEqualTo("2: it holds bytes that are no characters in UTF-8: is the file in another encoding?"
                        + "4: it holds bytes that are no characters in UTF-8: is the file in another encoding?");
    }

    @Test
    void utf8ReadAsWindows1252IsNamedForTheWholeFile() throws IOException {
        byte[] file = "a\nFILTRE À HUILE\nÉTÉ\nb\n".getBytes(UTF_8);
        assertThat(why(file, StandardCharsets.ISO_8859_1)).contains("control characters");
        assertThat(why("PIÈCE\nrétro\n".getBytes(UTF_8), Charset.forName("windows-1252")))
                .contains("all 2 lines with letters beyond ASCII are UTF-8")
                .contains("declare UTF-8, and not windows-1252");
        assertThat(why("PIÈCE\nrétro\n".getBytes(WINDOWS), WINDOWS)).isEmpty();
    }

    @Test
    void textThatWasConvertedTwiceIsNamed() throws IOException {
        String twice = new String("rétroviseur °C".getBytes(UTF_8), WINDOWS);
        assertThat(why((twice + "\n").getBytes(UTF_8), UTF_8)).contains("was converted to UTF-8 twice");
        assertThat(why((twice + "\nété\n").getBytes(UTF_8), UTF_8)).isEmpty();
    }

    @Test
    void windows1252ReadAsLatin1IsNamed() throws IOException {
        assertThat(why("12 €\n".getBytes(WINDOWS), StandardCharsets.ISO_8859_1)).contains("U+0080 to U+009F");
    }

    @Test
    void aCharacterThatWasLostBeforeIsNamed() throws IOException {
        assertThat(why("R\ufffdtroviseur\n".getBytes(UTF_8), UTF_8)).contains("was lost before");
    }
}
