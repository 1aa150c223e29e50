package aiguillage.hub.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import aiguillage.hub.health.Space;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
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
        return staging.open(DEALER, NOTES, name, new PartyTree.Mode(isAnew, false, true, true), 100);
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
        Claimed claimed = staging.claim(file, part);
        assertThatThrownBy(() -> part.write(3, bytes("x"))).isInstanceOf(FileRefused.class);
        assertThat(staging.list(DEALER, NOTES)).isEmpty();
        staging.giveBack(claimed, file);
        assertThat(content("a")).isEqualTo("abc");
        Claimed again = staging.claim(file, null);
        Part anew = open("a", true);
        anew.write(0, bytes("anew"));
        staging.giveBack(again, file);
        anew.end();
        assertThat(content("a")).as("what was begun anew stays").isEqualTo("anew");
        assertThat(staging.bytes()).isEqualTo(4);
    }

    private Path file(String name) {
        return staging.file(DEALER, NOTES, name);
    }

    private void requireBroken(String name) {
        assertThatThrownBy(() -> staging.claim(file(name), null)).hasMessageContaining("Not all of the file has come");
    }

    @Test
    void onlyWhatItsWriterEndedProperlyArrivesByARenameAlsoAfterARestart() throws IOException {
        Part broken = open("a", true);
        broken.write(0, bytes("half"));
        broken.takenOver();
        staging.left(file("a"), broken);
        requireBroken("a");
        open();
        requireBroken("a");
        staging.rename(file("a"), file("b"));
        requireBroken("b");
        Part untouched = open("b", false);
        untouched.end();
        assertThat(untouched.isWhole()).as("opened and closed is not written").isFalse();
        Part middle = open("b", false);
        middle.write(1, bytes("x"));
        assertThat(middle.isWhole()).as("what came before stands behind it").isFalse();
        Part resumed = open("b", false);
        resumed.write(4, bytes(" and half"));
        assertThat(resumed.isWhole()).isTrue();
        resumed.end();
        staging.finished(file("b"), resumed);
        open();
        staging.rename(file("b"), file("c"));
        assertThat(staging.claim(file("c"), null).open()).hasContent("hxlf and half");
    }

    @Test
    void anAppendOfNothingMakesNoBrokenPartWhole() throws IOException {
        Part broken = open("a", true);
        broken.write(0, bytes("half"));
        broken.takenOver();
        Part appended = staging.open(DEALER, NOTES, "a", PartyTree.Mode.APPENDED, 100);
        appended.write(-1, bytes(""));
        assertThat(appended.isWhole()).isFalse();
        appended.write(-1, bytes(" and half"));
        assertThat(appended.isWhole()).isTrue();
    }

    @Test
    void roomForWhatTheDiskDidNotTakeIsGivenBack() throws IOException {
        Path file = Files.write(folder.resolve("part"), new byte[3]);
        var taken = new AtomicLong(3);
        try (FileChannel readOnly = FileChannel.open(file)) {
            var part = new Part(readOnly, 3, false, 100, taken::addAndGet);
            assertThatThrownBy(() -> part.write(3, bytes("more"))).isInstanceOf(NonWritableChannelException.class);
            assertThat(taken).hasValue(3);
            assertThat(part.bytes()).isEqualTo(3);
        }
    }

    @Test
    void whatTheDiskRefusesStaysTheMemorysUntilItsWriterLeavesAndNothingIsHeldThen() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).as("a disk that is always full, as Linux has one").exists();
        var taken = new AtomicLong();
        FileChannel channel = FileChannel.open(full, StandardOpenOption.WRITE);
        var part = new Part(() -> channel, 1 << 20, taken::addAndGet);
        part.write(0, bytes("abc"));
        ByteBuffer large = bytes("x".repeat(Part.MEMORY_BYTES_MAX));
        assertThatThrownBy(() -> part.write(3, large)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> part.write(3, bytes("d")))
                .as("it has a file now, and is not read from memory")
                .isInstanceOf(IOException.class);
        assertThat(part.isInMemory()).isFalse();
        assertThat(taken).hasValue(3);
        assertThatThrownBy(part::takenOver).isInstanceOf(IOException.class);
        assertThat(channel.isOpen()).isFalse();
        assertThat(taken).hasValue(0);
    }

    @Test
    void aFileThatTheDiskDoesNotTakeHoldsNoRoomAndMayBeOpenedAgain() throws IOException {
        Path blocking = folder.resolve("incoming").resolve(DEALER.value());
        Part claimed = open("a", true);
        claimed.write(0, bytes("abc"));
        Claimed arrived = staging.claim(file("a"), claimed);
        Part left = open("b", true);
        left.write(0, bytes("abcde"));
        Files.createFile(blocking);
        assertThatThrownBy(() -> staging.giveBack(arrived, file("a"))).isInstanceOf(IOException.class);
        assertThat(staging.bytes()).isEqualTo(5);
        assertThatThrownBy(() -> open("b", false)).isInstanceOf(IOException.class);
        assertThat(staging.bytes()).isZero();
        Files.delete(blocking);
        Part again = open("b", false);
        again.write(0, bytes("x"));
        again.end();
        assertThat(content("b")).isEqualTo("x");
        assertThat(staging.bytes()).isEqualTo(1);
    }

    @Test
    void aWriterThatBeginsAnewMakesAWholePartAPartAgain() throws IOException {
        Part whole = open("a", true);
        whole.write(0, bytes("abc"));
        whole.end();
        staging.finished(file("a"), whole);
        Part next = open("a", false);
        next.write(0, bytes("a"));
        next.takenOver();
        staging.left(file("a"), next);
        requireBroken("a");
    }

    @Test
    void whatWasBeingTakenWhenTheHubDiedIsAPartAgain() throws IOException {
        Part whole = open("a", true);
        whole.write(0, bytes("abc"));
        whole.end();
        staging.finished(file("a"), whole);
        staging.claim(file("a"), null);
        open();
        assertThat(staging.bytes()).isEqualTo(3);
        assertThat(content("a")).isEqualTo("abc");
        staging.claim(file("a"), null);
    }

    @Test
    void aFileIsOpenedAsItWasAsked() throws IOException {
        assertThatThrownBy(() -> staging.open(DEALER, NOTES, "a", new PartyTree.Mode(false, false, true, false), 100))
                .hasMessageContaining("There is no a");
        Part made = staging.open(DEALER, NOTES, "a", new PartyTree.Mode(false, false, false, true), 100);
        made.write(0, bytes("abcdef"));
        assertThatThrownBy(() -> staging.open(DEALER, NOTES, "a", new PartyTree.Mode(false, false, false, true), 100))
                .hasMessageContaining("already");
        made.truncate(2);
        assertThat(staging.bytes()).isEqualTo(2);
        assertThat(made.isWhole()).isTrue();
        assertThatThrownBy(() -> made.truncate(3)).hasMessageContaining("grows by what is written");
        made.end();
        assertThat(content("a")).isEqualTo("ab");
    }

    @Test
    void whatIsBeingTakenIsNotSweptHoweverOldItIs() throws IOException {
        Part old = open("old", true);
        old.write(0, bytes("abc"));
        old.end();
        staging.finished(file("old"), old);
        Path claimed = ((Claimed.InFile) staging.claim(file("old"), null)).file();
        Instant now = Instant.now();
        Files.setLastModifiedTime(claimed, FileTime.from(now.minus(Staging.KEPT_FOR.multipliedBy(2))));
        staging.sweep(now);
        assertThat(claimed).exists();
        staging.drop(new Claimed.InFile(claimed), file("old"));
        assertThat(staging.bytes()).isZero();
    }

    /// Small files that come whole never touch the disk here.
    @Test
    void aSmallFileIsInMemoryUntilItsWriterLeavesOrItGrows() throws IOException {
        Part small = open("a", true);
        small.write(0, bytes("abc"));
        assertThat(file("a")).doesNotExist();
        assertThat(staging.find(DEALER, NOTES, "a").orElseThrow().bytes()).isEqualTo(3);
        assertThat(staging.list(DEALER, NOTES)).extracting(Node::name).containsExactly("a");
        assertThat(staging.claim(file("a"), small).open()).hasContent("abc");
        assertThat(staging.find(DEALER, NOTES, "a")).isEmpty();

        Part large = staging.open(DEALER, NOTES, "b", PartyTree.Mode.RESUMED, 1 << 20);
        large.write(0, bytes("x".repeat(Part.MEMORY_BYTES_MAX)));
        assertThat(file("b")).doesNotExist();
        large.write(Part.MEMORY_BYTES_MAX, bytes("y"));
        assertThat(file("b")).hasSize(Part.MEMORY_BYTES_MAX + 1L);
        large.write(Part.MEMORY_BYTES_MAX + 1, bytes("z"));
        assertThat(staging.claim(file("b"), large).open()).hasContent("x".repeat(Part.MEMORY_BYTES_MAX) + "yz");
        assertThat(staging.list(DEALER, NOTES)).isEmpty();
    }

    @Test
    void aSmallFileThatTheHubCannotTakeYetWaitsOnTheDisk() throws IOException {
        Part small = open("a", true);
        small.write(0, bytes("abc"));
        staging.giveBack(staging.claim(file("a"), small), file("a"));
        assertThat(content("a")).isEqualTo("abc");
        open();
        assertThat(staging.bytes()).isEqualTo(3);
        assertThat(staging.claim(file("a"), null).open()).hasContent("abc");
    }

    @Test
    void aSmallFileThatIsRemovedWhileItIsWrittenIsGone() throws IOException {
        Part small = open("a", true);
        small.write(0, bytes("abc"));
        assertThat(staging.remove(file("a"))).isTrue();
        assertThatThrownBy(() -> small.write(3, bytes("x"))).isInstanceOf(FileRefused.class);
        small.takenOver();
        assertThat(file("a")).doesNotExist();
        assertThat(staging.bytes()).isZero();
    }

    @Test
    void unfinishedFilesOfOnePartyAreBoundedInMemoryAndOnTheDiskTogether() throws IOException {
        for (int i = 0; i < Staging.PARTS_MAX; i++) {
            Part part = open("f" + i, true);
            if (i % 2 == 0) {
                part.end();
                staging.finished(file("f" + i), part);
            }
        }
        assertThatThrownBy(() -> open("more", true)).hasMessageContaining("unfinished files");
        staging.remove(file("f0"));
        staging.remove(file("f1"));
        open("more", true);
        open("yet-more", true);
        assertThatThrownBy(() -> open("too-many", true)).hasMessageContaining("unfinished files");
    }

    @Test
    void openFilesOfOnePartyAreBoundedOverAllItsSessions() throws IOException {
        var files = new OpenFiles();
        for (int i = 0; i < OpenFiles.PARTY_MAX; i++) {
            files.opened(DEALER);
        }
        assertThatThrownBy(() -> files.opened(DEALER)).hasMessageContaining("one party may");
        files.opened(new PartyId("dealer-8"));
        files.closed(DEALER);
        files.opened(DEALER);
    }

    @Test
    void theRecipientIsReadFromTheNameAlone() {
        assertThat(Arrivals.recipient("dealer-7@d.json")).containsEntry("recipient", "dealer-7");
        assertThat(Arrivals.recipient("a price@noon.xml")).isEmpty();
        assertThat(Arrivals.recipient("plain.xml")).isEmpty();
    }

    @Test
    void aPartThatNobodyComesBackForGoes() throws IOException {
        Part old = open("old", true);
        old.write(0, bytes("abc"));
        old.end();
        staging.left(staging.file(DEALER, NOTES, "old"), old);
        open("open", true).takenOver();
        Instant now = Instant.now();
        FileTime before = FileTime.from(now.minus(Staging.KEPT_FOR).minus(Duration.ofMinutes(1)));
        Files.setLastModifiedTime(staging.file(DEALER, NOTES, "old"), before);
        Files.setLastModifiedTime(staging.file(DEALER, NOTES, "open"), before);
        staging.sweep(now);
        assertThat(staging.list(DEALER, NOTES)).extracting(Node::name).containsExactly("open");
        assertThat(staging.bytes()).isZero();
    }

    private Results results() throws IOException {
        Path receipts = Files.createDirectories(folder.resolve("receipts"));
        var made = new Receipts(receipts, position -> ("receipt " + position).getBytes(UTF_8), InstantSource.system());
        return new Results(Files.createDirectories(folder.resolve("results")), made);
    }

    @Test
    void receiptsAreBoundedInNumberAndTimeAndMadeAgainWhenTheyAreRead() throws IOException {
        Results results = results();
        int last = 2 * Results.FILES_MAX + 3 * Results.SLACK;
        for (int i = 1; i <= last; i++) {
            results.receipt(DEALER, NOTES, i + ".receipt", new Position(i), 9);
        }
        assertThat(results.list(DEALER, "done", NOTES)).hasSize(Results.FILES_MAX);
        assertThat(results.read(DEALER, "done", NOTES, last + ".receipt"))
                .asString(UTF_8)
                .isEqualTo("receipt " + last);
        assertThat(results.remove(DEALER, "done", NOTES, last + ".receipt")).isTrue();
        assertThat(results.remove(DEALER, "done", NOTES, last + ".receipt")).isFalse();
        assertThat(results.find(DEALER, "done", NOTES, last + ".receipt")).isEmpty();
        assertThat(results.list(DEALER, "refused", NOTES)).isEmpty();
        results.sweep(Instant.now().plus(Results.KEPT_FOR).plus(Duration.ofMinutes(1)));
        assertThat(results.list(DEALER, "done", NOTES)).isEmpty();
    }

    @Test
    void aLineOfReceiptsThatACrashCutShortSpoilsNoOther() throws IOException {
        Results results = results();
        results.receipt(DEALER, NOTES, "a.receipt", new Position(1), 9);
        Path file = folder.resolve("receipts")
                .resolve(DEALER.value())
                .resolve(NOTES.brand().value())
                .resolve(NOTES.kind());
        Files.writeString(file, "\n1764200000000 7 9 Yi5yZW", StandardOpenOption.APPEND);
        results.receipt(DEALER, NOTES, "c.receipt", new Position(3), 9);
        assertThat(results().list(DEALER, "done", NOTES))
                .extracting(Node::name)
                .containsExactly("a.receipt", "c.receipt");
    }

    /// A flat file has a report, another file of its name a receipt: the last that came is told.
    @Test
    void ofAReportAndAReceiptOfOneNameTheNewerIsThere() throws IOException {
        Results results = results();
        results.write(DEALER, "done", NOTES, "a.receipt", "report".getBytes(UTF_8));
        results.receipt(DEALER, NOTES, "a.receipt", new Position(1), 9);
        assertThat(results.list(DEALER, "done", NOTES)).hasSize(1);
        assertThat(results.read(DEALER, "done", NOTES, "a.receipt"))
                .asString(UTF_8)
                .isEqualTo("receipt 1");
        results.write(DEALER, "done", NOTES, "a.receipt", "report again".getBytes(UTF_8));
        assertThat(results.read(DEALER, "done", NOTES, "a.receipt"))
                .asString(UTF_8)
                .isEqualTo("report again");
        assertThat(results.remove(DEALER, "done", NOTES, "a.receipt")).isTrue();
        assertThat(results.list(DEALER, "done", NOTES)).isEmpty();
    }

    @Test
    void resultsAreBoundedInNumberAndTime() throws IOException {
        var results = results();
        int last = Results.FILES_MAX + Results.SLACK;
        for (int i = 0; i <= last; i++) {
            results.write(DEALER, "done", NOTES, i + ".receipt", new byte[] {1});
        }
        assertThat(results.list(DEALER, "done", NOTES)).hasSize(Results.FILES_MAX);
        assertThat(results.read(DEALER, "done", NOTES, last + ".receipt")).containsExactly(1);
        results.sweep(Instant.now().plus(Results.KEPT_FOR).plus(Duration.ofMinutes(1)));
        assertThat(results.list(DEALER, "done", NOTES)).isEmpty();
    }

    @Test
    void resultsAreBoundedInBytesAndTheNewestStays() throws IOException {
        var results = results();
        var large = new byte[(int) (Results.BYTES_MAX / 4)];
        results.write(DEALER, "done", NOTES, "small.receipt", new byte[] {1});
        for (int i = 0; i < 6; i++) {
            results.write(DEALER, "done", NOTES, i + ".receipt", large);
        }
        assertThat(results.list(DEALER, "done", NOTES))
                .extracting(Node::name)
                .containsExactlyInAnyOrder("2.receipt", "3.receipt", "4.receipt", "5.receipt");
        results.write(DEALER, "refused", NOTES, "huge.refused", new byte[(int) Results.BYTES_MAX + 1]);
        assertThat(results.list(DEALER, "refused", NOTES)).hasSize(1);
    }
}
