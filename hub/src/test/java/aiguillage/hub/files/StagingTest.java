package aiguillage.hub.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.health.Space;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {

    private static final PartyId DEALER = new PartyId("dealer-7");
    private static final FlowName NOTES = FlowName.of("opel/note");

    @TempDir
    Path folder;

    private Staging staging;

    @BeforeEach
    void open() throws IOException {
        staging = new Staging(folder.resolve("incoming"), new Space(folder, 1));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private Part open(String name, boolean isAnew) throws IOException {
        return staging.open(DEALER, NOTES, name, isAnew, 100);
    }

    private String content(String name) throws IOException {
        return Files.readString(staging.file(DEALER, NOTES, name));
    }

    @Test
    void whatCameStaysAndIsResumedAlsoAfterARestart() throws IOException {
        Part first = open("a", true);
        first.write(0, bytes("one "));
        first.takenOver();
        open();
        assertThat(staging.bytes()).isEqualTo(4);
        Part second = open("a", false);
        second.write(4, bytes("two"));
        second.write(-1, bytes(" three"));
        second.end();
        assertThat(content("a")).isEqualTo("one two three");
        assertThat(staging.find(DEALER, NOTES, "a").orElseThrow().bytes()).isEqualTo(13);
    }

    @Test
    void aShorterFileWrittenFromItsBeginningHasNoTailOfALongerOne() throws IOException {
        Part first = open("a", true);
        first.write(0, bytes("a long one"));
        first.end();
        Part second = open("a", false);
        second.write(0, bytes("short"));
        second.end();
        assertThat(content("a")).isEqualTo("short");
        assertThat(staging.bytes()).isEqualTo(5);
    }

    @Test
    void noHoleNoMoreThanItsFlowTakesAndOneWriter() throws IOException {
        Part first = open("a", true);
        first.write(0, bytes("abc"));
        assertThatThrownBy(() -> first.write(4, bytes("x"))).hasMessageContaining("did not come");
        assertThatThrownBy(() -> first.write(99, bytes("xx"))).isInstanceOf(FileRefused.class);
        assertThatThrownBy(() -> first.write(3, bytes("x".repeat(98)))).hasMessageContaining("at most 100 bytes");
        open("a", false);
        assertThatThrownBy(() -> first.write(3, bytes("x"))).hasMessageContaining("another session");
        assertThatThrownBy(first::end).isInstanceOf(FileRefused.class);
    }

    @Test
    void aFileThatArrivesIsOutOfItsWritersReach() throws IOException {
        Part part = open("a", true);
        part.write(0, bytes("abc"));
        Path file = staging.file(DEALER, NOTES, "a");
        assertThatThrownBy(() -> staging.claim(file, null)).hasMessageContaining("close it there first");
        assertThatThrownBy(() -> staging.rename(file, staging.file(DEALER, NOTES, "b")))
                .hasMessageContaining("close it there first");
        part.end();
        Path claimed = staging.claim(file, part);
        assertThatThrownBy(() -> part.write(3, bytes("x"))).isInstanceOf(FileRefused.class);
        assertThat(staging.list(DEALER, NOTES)).isEmpty();
        staging.giveBack(claimed, file);
        assertThat(content("a")).isEqualTo("abc");
        Path again = staging.claim(file, null);
        open("a", true).write(0, bytes("anew"));
        staging.giveBack(again, file);
        assertThat(content("a")).as("what was begun anew stays").isEqualTo("anew");
        assertThat(staging.bytes()).isEqualTo(4);
    }

    @Test
    void aPartThatNobodyComesBackForGoes() throws IOException {
        Part old = open("old", true);
        old.write(0, bytes("abc"));
        old.end();
        staging.ended(staging.file(DEALER, NOTES, "old"), old);
        open("open", true);
        Instant now = Instant.now();
        FileTime before = FileTime.from(now.minus(Staging.KEPT_FOR).minus(Duration.ofMinutes(1)));
        Files.setLastModifiedTime(staging.file(DEALER, NOTES, "old"), before);
        Files.setLastModifiedTime(staging.file(DEALER, NOTES, "open"), before);
        staging.sweep(now);
        assertThat(staging.list(DEALER, NOTES)).extracting(Node::name).containsExactly("open");
        assertThat(staging.bytes()).isZero();
    }

    @Test
    void resultsAreBoundedInNumberAndTime() throws IOException {
        var results = new Results(folder.resolve("results"));
        for (int i = 0; i <= Results.FILES_MAX; i++) {
            results.write(DEALER, "done", NOTES, i + ".receipt", new byte[] {1});
        }
        assertThat(results.list(DEALER, "done", NOTES)).hasSize(Results.FILES_MAX);
        assertThat(results.read(DEALER, "done", NOTES, Results.FILES_MAX + ".receipt"))
                .containsExactly(1);
        results.sweep(Instant.now().plus(Results.KEPT_FOR).plus(Duration.ofMinutes(1)));
        assertThat(results.list(DEALER, "done", NOTES)).isEmpty();
    }
}
