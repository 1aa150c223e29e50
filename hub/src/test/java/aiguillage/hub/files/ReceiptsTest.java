package aiguillage.hub.files;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReceiptsTest {

    private static final PartyId DEALER = new PartyId("dealer-7");
    private static final FlowName NOTES = FlowName.of("opel/note");

    @TempDir
    Path folder;

    private Receipts receipts;

    @BeforeEach
    void open() {
        receipts = new Receipts(
                folder, position -> position.toString().getBytes(StandardCharsets.UTF_8), InstantSource.system());
    }

    private void write(String name, long position) throws IOException {
        receipts.write(DEALER, NOTES, name, new Position(position), 10);
    }

    private List<String> names() throws IOException {
        return receipts.list(DEALER, NOTES).stream().map(Node::name).toList();
    }

    private void append(String text) throws IOException {
        Files.writeString(folder.resolve("dealer-7/opel/note"), text, StandardOpenOption.APPEND);
    }

    @Test
    void whatIsWrittenReplacedAndRemovedIsSeenAtOnceAndAfterARestart() throws IOException {
        write("a", 1);
        write("b", 2);
        assertThat(names()).containsExactly("a", "b");
        write("a", 3);
        assertThat(names()).containsExactly("b", "a");
        assertThat(receipts.read(DEALER, NOTES, "a")).hasValue("3".getBytes(StandardCharsets.UTF_8));
        assertThat(receipts.remove(DEALER, NOTES, "b")).isTrue();
        assertThat(receipts.remove(DEALER, NOTES, "b")).isFalse();
        assertThat(names()).containsExactly("a");
        open();
        assertThat(names()).containsExactly("a");
    }

    @Test
    void linesThatDoNotDecodeCountForNothing() throws IOException {
        write("a", 1);
        append("\n1 1 1 A .\n1 0 1 YQ .\n- A .\nwhat is this");
        assertThat(names()).containsExactly("a");
        write("b", 2);
        assertThat(names()).containsExactly("a", "b");
        open();
        assertThat(names()).containsExactly("a", "b");
    }

    /// As a reader may see it while it is written.
    @Test
    void aLineReadInItsMiddleIsReadAgain() throws IOException {
        write("a", 1);
        append("\n- Y");
        assertThat(names()).containsExactly("a");
        append("Q .");
        assertThat(names()).isEmpty();
    }

    @Test
    void aListWrittenAnewIsReadAnew() throws IOException {
        write("kept", 1);
        for (int i = 0; i < 3_000; i++) {
            write("again", i + 2L);
        }
        assertThat(names()).containsExactly("kept", "again");
        assertThat(Files.size(folder.resolve("dealer-7/opel/note"))).isLessThan(100_000);
    }

    /// Parsing the whole list for each of its names would take half a minute here.
    @Test
    void fetchingAndDeletingAThousandReceiptsParsesEachLineOnce() throws IOException {
        String tail = "x".repeat(200);
        var names = new ArrayList<String>();
        for (int i = 0; i < Results.FILES_MAX; i++) {
            names.add(i + tail);
            write(names.getLast(), i + 1L);
        }
        long begin = System.nanoTime();
        for (String name : names) {
            assertThat(receipts.find(DEALER, NOTES, name)).isPresent();
            assertThat(receipts.read(DEALER, NOTES, name)).isPresent();
            assertThat(receipts.remove(DEALER, NOTES, name)).isTrue();
        }
        assertThat(System.nanoTime() - begin).isLessThan(10_000_000_000L);
        assertThat(names()).isEmpty();
    }
}
