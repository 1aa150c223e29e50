package aiguillage.gateway.dms;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.status.Trouble;
import aiguillage.gateway.status.Troubles;
import aiguillage.protocol.Brand;
import aiguillage.protocol.FlowName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Only complete files are taken, in order, and nothing but plain files of this brand.
final class OutFolderTest {

    private static final Duration SETTLE = Duration.ofSeconds(2);

    @TempDir
    private Path root;

    private final List<String> taken = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T09:00:00Z");
    private final Troubles troubles = new Troubles(() -> now);
    private Path claims;
    private OutFolder out;

    @BeforeEach
    void folder() throws IOException {
        var folders = new Folders(root);
        claims = Files.createDirectories(folders.out(FlowName.of("opel/claim")));
        out = new OutFolder(new Brand("opel"), folders, SETTLE, () -> now, this::take, troubles);
    }

    @Test
    void aFileIsTakenOnceItStoodStillForTheSettleTime() throws IOException {
        put("a.xml", 0);
        assertThat(out.look()).as("something still settles").isTrue();
        now = now.plus(SETTLE);
        assertThat(out.look()).isFalse();
        assertThat(taken).containsExactly("opel/claim a.xml");
    }

    @Test
    void aFileThatGrowsStartsToSettleAnew() throws IOException {
        put("a.xml", 0);
        out.look();
        now = now.plus(SETTLE.dividedBy(2));
        Files.writeString(put("a.xml", 1), "more");
        out.look();
        now = now.plus(SETTLE.dividedBy(2));
        out.look();
        assertThat(taken).isEmpty();
        now = now.plus(SETTLE);
        out.look();
        assertThat(taken).containsExactly("opel/claim a.xml");
    }

    @Test
    void aLaterFileNeverOvertakesAnEarlierOneThatStillSettles() throws IOException {
        put("later.xml", 10);
        out.look();
        now = now.plus(SETTLE);
        put("earlier.xml", 5); // missed by the first listing
        out.look();
        assertThat(taken).isEmpty();
        now = now.plus(SETTLE);
        out.look();
        assertThat(taken).containsExactly("opel/claim earlier.xml", "opel/claim later.xml");
    }

    @Test
    void unfinishedFilesSideFilesFoldersAndLinksAreLeftAlone() throws IOException {
        for (String name : List.of("a.tmp", "b.PART", ".c.xml", "d.xml.envelope.json")) {
            put(name, 0);
        }
        Files.createDirectories(claims.resolve("folder"));
        Path secret = Files.writeString(root.resolve("secret"), "x");
        Files.createSymbolicLink(claims.resolve("link.xml"), secret);
        out.look();
        now = now.plus(SETTLE);
        out.look();
        assertThat(taken).isEmpty();
    }

    @Test
    void aFolderThatIsNoKindIsToldAbout() throws IOException {
        Path odd = Files.createDirectories(root.resolve("opel/out/Réclamations"));
        out.look();
        assertThat(troubles.open()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(Trouble.Kind.FILE_NAME_UNUSABLE);
            assertThat(trouble.where()).isEqualTo(odd.toString());
        });
        Files.delete(odd);
    }

    @Test
    void aFileBesideTheFoldersOfTheKindsIsToldAboutUntilItIsGone() throws IOException {
        Path misplaced = Files.writeString(root.resolve("opel/out/b.xml"), "x");
        Files.writeString(root.resolve("opel/out/c.xml"), "x");
        Files.writeString(root.resolve("opel/out/a.tmp"), "not complete yet");
        out.look();
        assertThat(troubles.open()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(Trouble.Kind.FILE_MISPLACED);
            assertThat(trouble.where()).isEqualTo(root.resolve("opel/out").toString());
            assertThat(trouble.detail()).isEqualTo("b.xml (+1)");
        });
        Files.delete(misplaced);
        Files.delete(root.resolve("opel/out/c.xml"));
        out.look();
        assertThat(troubles.open()).isEmpty();
        assertThat(taken).isEmpty();
    }

    @Test
    void aFileOfABrandThatIsNotServedIsToldAboutUntilItIsGone() throws IOException {
        var beside = new BrandFolders(new Folders(root), List.of(new Brand("opel"), new Brand("fiat")), troubles);
        put("a.xml", 0);
        Path mistyped = Files.createDirectories(root.resolve("ople/out/claim"));
        Files.createDirectories(root.resolve("notes/in"));
        Files.writeString(root.resolve("notes/in/a.txt"), "not for us");
        Files.createDirectories(root.resolve(".trash/out"));
        Files.writeString(root.resolve(".trash/out/a.xml"), "x");
        Files.createSymbolicLink(root.resolve("Opel"), root.resolve("opel"));
        Files.writeString(mistyped.resolve("a.tmp"), "not complete yet");
        beside.look();
        assertThat(troubles.open()).isEmpty();

        Path lost = Files.writeString(mistyped.resolve("b.xml"), "x");
        beside.look();
        assertThat(troubles.open()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(Trouble.Kind.BRAND_NOT_SERVED);
            assertThat(trouble.where()).isEqualTo(root.resolve("ople/out").toString());
            assertThat(trouble.detail()).isEqualTo(Path.of("claim", "b.xml").toString());
        });

        Files.move(lost, root.resolve("ople/out/b.xml"));
        beside.look();
        assertThat(troubles.open()).extracting(Trouble::detail).containsExactly("b.xml");

        Files.delete(root.resolve("ople/out/b.xml"));
        beside.look();
        assertThat(troubles.open()).isEmpty();
    }

    @Test
    void moreFilesThanOneListingKeepsAreTakenOldestFirstInOneLook() throws IOException {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            put((25 - i) + ".xml", i);
            expected.add("opel/claim " + (25 - i) + ".xml");
        }
        var small = new OutFolder(
                new Brand("opel"), new Folders(root), Duration.ZERO, () -> now, this::takeAway, troubles, 10);
        small.look();
        assertThat(taken).containsExactlyElementsOf(expected);
    }

    private void takeAway(FlowName flow, List<OutFolder.File> files) throws IOException {
        take(flow, files);
        for (OutFolder.File file : files) {
            Files.delete(file.path());
        }
    }

    @Test
    void aFolderThatIsGoneIsToldAboutUntilItIsBack() throws IOException {
        Files.delete(claims);
        Path parent = root.resolve("opel/out");
        Files.delete(parent);
        out.look();
        assertThat(troubles.open()).hasSize(1);
        Files.createDirectories(claims);
        out.look();
        assertThat(troubles.open()).isEmpty();
    }

    private Path put(String name, int seconds) throws IOException {
        Path file = Files.writeString(claims.resolve(name), "x");
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-03-01T08:00:00Z").plusSeconds(seconds)));
        return file;
    }

    private void take(FlowName flow, List<OutFolder.File> files) {
        files.forEach(file -> taken.add(flow + " " + file.path().getFileName()));
    }
}
