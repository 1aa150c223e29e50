package aiguillage.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.entry.ByteWriter;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.store.Changes;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.RocksStore;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.testing.Damage;
import aiguillage.hub.testing.RunningHub;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.Checkpoint;
import aiguillage.protocol.proof.Hash;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.Receipt;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A restore gives back what was backed up, proven, or names what is wrong and leaves everything as it was.
///
/// The backup holds: 1 the table, 2 a claim with its payload beside it, 3 a film in a file, 4 a claim, 5 its
/// acknowledgement.
@Timeout(120)
class RestoreTest {

    private static final String SUBJECT = "a-subject-that-only-the-entry-holds";
    private static final String CONTENT = "a-payload-that-stands-beside-its-entry ".repeat(50);
    private static final byte[] FILM = "film ".repeat(100_000).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    static Path common;

    private static Path lived;
    private static LedgerKey key;
    private static String receipt;
    private static String newest;

    @TempDir
    Path folder;

    private Path backup;
    private Path again;
    private Path to;

    @BeforeAll
    static void live() throws Exception {
        lived = common.resolve("lived");
        try (var hub = new RunningHub(lived);
                HttpClient dealer = hub.client("dealer-7");
                HttpClient centre = hub.client("opel-centre")) {
            var claim = hub.submission(
                    "dealer-7", "opel/warranty-claim", "claim-1", CONTENT.getBytes(StandardCharsets.US_ASCII));
            receipt = dealer.send(
                            claim.header("ce-subject", SUBJECT).build(),
                            java.net.http.HttpResponse.BodyHandlers.ofString())
                    .body();
            var film = hub.submission("dealer-7", "opel/film", "film-1", FILM).build();
            dealer.send(film, java.net.http.HttpResponse.BodyHandlers.discarding());
            hub.submit(dealer, "dealer-7", "opel/warranty-claim", "claim-2", "content");
            hub.post(centre, "/v1/inbox/acknowledgements", "{\"acknowledge\":[4]}");
            var written = hub.operator("/operator/backups", "{\"folder\":\"" + common.resolve("backup") + "\"}");
            assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
            hub.submit(dealer, "dealer-7", "opel/warranty-claim", "claim-3", "after the backup");
            newest = hub.get(centre, "/v1/ledger/checkpoint").body();
            key = hub.data().readLedgerKey();
        }
    }

    @BeforeEach
    void copyBackup() throws IOException {
        backup = folder.resolve("backup");
        try (Stream<Path> files = Files.walk(common.resolve("backup"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(common.relativize(file)));
            }
        }
        again = Files.createDirectory(folder.resolve("again"));
        to = again.resolve("data");
    }

    private Restore restore(InstantSource clock) {
        return new Restore(backup, to, lived.resolve("data/ledger.key"), clock, Progress.none());
    }

    private Restore.Restored restored() throws IOException {
        return restore(InstantSource.system()).restore(checkpoint(), false);
    }

    private String checkpoint() throws IOException {
        return Files.readString(common.resolve("backup/checkpoint"));
    }

    private void assertRefused(String... named) {
        assertThatThrownBy(this::restored).isInstanceOf(Restore.NotProven.class).satisfies(refused -> {
            assertThat(refused.getMessage()).contains(named).endsWith("Nothing was restored.");
            assertThat(to).doesNotExist();
        });
    }

    @Test
    void whatWasBackedUpComesBackAndItsReceiptIsTheSameBytes() throws Exception {
        Files.createDirectories(to); // empty is as good as new
        assertThat(restored())
                .isEqualTo(new Restore.Restored(6, 3, 1, 0, 0, "hub.example/ledger", List.of(), List.of()));
        try (Stream<Path> parts = Files.list(to)) {
            assertThat(parts.map(part -> part.getFileName().toString()))
                    .containsExactlyInAnyOrder("store", "payloads", "head", "ledger.key", "datasets.key");
        }
        try (Stream<Path> files = Files.walk(lived.resolve("ca"))) {
            for (Path file : files.toList()) {
                Files.copy(file, again.resolve("ca").resolve(lived.resolve("ca").relativize(file)));
            }
        }
        try (var hub = new RunningHub(again);
                HttpClient dealer = hub.client("dealer-7")) {
            assertThat(Receipt.verify(receipt.getBytes(StandardCharsets.UTF_8), hub.ledgerKey())
                            .position()
                            .value())
                    .isEqualTo(2);
            assertThat(hub.operator("/operator/receipts/2", null).body()).isEqualTo(receipt);
            assertThat(hub.get(dealer, "/v1/documents/claim-1/payload").body()).isEqualTo(CONTENT);
            assertThat(hub.get(dealer, "/v1/documents/film-1/payload").body())
                    .isEqualTo(new String(FILM, StandardCharsets.US_ASCII));
            assertThat(hub.get(dealer, "/v1/documents/claim-2").body()).contains("\"delivered\"");
            assertThat(hub.get(dealer, "/v1/documents/claim-3").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aCheckpointNewerThanTheBackupIsRefusedOrGoesOnUnderANewName() throws Exception {
        assertThatThrownBy(() -> restore(InstantSource.system()).restore(newest, false))
                .isInstanceOf(Restore.LossNotAccepted.class)
                .hasMessageContaining("ends at entry 6")
                .hasMessageContaining("knows 1 more");
        assertThat(to).doesNotExist();
        Restore.Restored lossy = restore(InstantSource.system()).restore(newest, true);
        assertThat(lossy.missing()).isEqualTo(1);
        assertThat(lossy.ledger()).isEqualTo("hub.example/ledger-2");
        assertThat(Files.readString(to.resolve("ledger.key"))).contains("hub.example/ledger-2");
    }

    @Test
    void withoutACheckpointFromOutsideTheLedgerGoesOnUnderANewName() throws Exception {
        Restore.Restored restored = restore(InstantSource.system()).restore(null, false);
        assertThat(restored.ledger()).isEqualTo("hub.example/ledger-2");
        assertThat(Files.readString(to.resolve("ledger.key")))
                .contains("hub.example/ledger-2")
                .isNotEqualTo(key.secretText() + "\n");
    }

    @Test
    void aCheckpointOfAnotherHistoryIsRefused() throws IOException {
        String other = new Checkpoint("hub.example/ledger", 3, Hash.ofNothing()).signedBy(key);
        assertThatThrownBy(() -> restore(InstantSource.system()).restore(other, false))
                .isInstanceOf(Restore.NotProven.class)
                .hasMessageContaining("Of the first 3 entries, the checkpoint from outside signs another history");
        assertThat(to).doesNotExist();
    }

    @Test
    void aForeignLedgerKeyIsRefused() throws IOException {
        Path foreign = folder.resolve("foreign.key");
        Files.writeString(
                foreign,
                LedgerKey.generate("hub.example/ledger", new SecureRandom()).secretText());
        assertThatThrownBy(() ->
                        new Restore(backup, to, foreign, InstantSource.system(), Progress.none()).restore(null, false))
                .isInstanceOf(Restore.NotProven.class)
                .hasMessageContaining("The ledger key hub.example/ledger+")
                .hasMessageContaining("and the backup's own checkpoint do not fit");
        assertThat(to).doesNotExist();
    }

    @Test
    void aFlippedByteInAnEntryIsRefused() throws IOException {
        flip(backup.resolve("store"), ".sst", SUBJECT);
        assertRefused("cannot be read behind entry", ".sst");
    }

    @Test
    void anEntryChangedBySomebodyWhoMakesItsChecksumRightIsRefused() throws IOException {
        change(Table.ENTRIES, 2, stored -> {
            String text = new String(stored, StandardCharsets.ISO_8859_1);
            return text.replace(SUBJECT, SUBJECT.toUpperCase(java.util.Locale.ROOT))
                    .getBytes(StandardCharsets.ISO_8859_1);
        });
        assertRefused("entry 2 is not the one that was recorded");
    }

    @Test
    void aSaltChangedIsRefused() throws IOException {
        change(Table.ENTRIES, 5, stored -> {
            stored[EntryCodec.SALTS_BYTES - 1] ^= 1;
            return stored;
        });
        assertRefused("entry 5 is not the one that was recorded");
    }

    @Test
    void anEntryThatIsMissingIsRefused() throws IOException {
        try (RocksStore store = RocksStore.open(backup.resolve("store"))) {
            var changes = new Changes();
            changes.delete(Table.ENTRIES, Key.of(3));
            store.write(changes);
        }
        assertRefused("entry 3 is missing");
    }

    @Test
    void aHistoryCutAtItsEndIsRefused() throws IOException {
        try (RocksStore store = RocksStore.open(backup.resolve("store"))) {
            var changes = new Changes();
            changes.delete(Table.ENTRIES, Key.of(6));
            changes.delete(Table.LEAVES, Key.of(6));
            store.write(changes);
        }
        assertRefused("it holds 5 entries, its checkpoint says 6");
    }

    @Test
    void aFlippedByteInAPayloadBesideItsEntryIsRefused() throws IOException {
        flip(backup.resolve("store"), ".blob", CONTENT);
        assertRefused("the payload of entry 2 cannot be read", "CRC");
    }

    @Test
    void aPayloadChangedBySomebodyWhoMakesItsChecksumRightIsRefused() throws IOException {
        change(Table.PAYLOADS, 4, stored -> "another".getBytes(StandardCharsets.US_ASCII));
        assertRefused("the payload of entry 4 is not what was accepted: it has 7 bytes");
    }

    @Test
    void aPayloadThatIsMissingBesideItsEntryIsRefused() throws IOException {
        change(Table.PAYLOADS, 4, stored -> null);
        assertRefused("the payload of entry 4 is missing");
    }

    @Test
    void aFlippedByteInAPayloadFileIsRefused() throws IOException {
        Path file = payloadFile();
        flip(file, "film");
        assertRefused("the payload file " + file.getFileName() + " of entry 3 is not what was accepted");
    }

    @Test
    void aPayloadFileCutShortIsRefused() throws IOException {
        Path file = payloadFile();
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
            open.truncate(FILM.length - 1L);
        }
        assertRefused(
                "the payload file " + file.getFileName() + " of entry 3",
                "it has " + (FILM.length - 1) + " bytes, not");
    }

    @Test
    void aMissingPayloadFileIsRefusedWhileItIsToBeKept() throws IOException {
        Path file = payloadFile();
        Files.delete(file);
        assertRefused("the payload file " + file.getFileName() + " of entry 3 is missing");
        var later = InstantSource.offset(InstantSource.system(), Duration.ofDays(5_000));
        assertThat(restore(later).restore(checkpoint(), false).gone()).isEqualTo(1);
    }

    @Test
    void aDamagedRecordOfAViewIsRefused() throws Exception {
        Damage.flipLast(backup.resolve("store"), "pending");
        assertRefused("of table PENDING is damaged: its checksum is");
    }

    @Test
    void anOperatorPutInByWhoeverHoldsTheBackupIsRefused() throws Exception {
        try (RocksStore store = RocksStore.open(backup.resolve("store"))) {
            store.write(operator("mallory"));
        }
        assertRefused("table OPERATORS", "does not follow from the journal");
    }

    @Test
    void itSaysWhoCanSignInAndWhoIsSuspended() throws Exception {
        Path scene = folder.resolve("scene");
        Path saved = folder.resolve("saved");
        try (var hub = new RunningHub(scene)) {
            hub.inside().operators().put(new Operator("ada", Rank.SEE, Set.of()), "operator");
            hub.inside().operators().invite("ada", "operator");
            hub.inside().admission().suspend(new PartyId("dealer-7"), "strange orders", "operator");
            hub.operator("/operator/backups", "{\"folder\":\"" + saved + "\"}");
        }
        var restored = new Restore(saved, to, scene.resolve("data/ledger.key"), InstantSource.system(), Progress.none())
                .restore(Files.readString(saved.resolve("checkpoint")), false);
        assertThat(restored.operators()).singleElement().satisfies(one -> {
            assertThat(one.operator().name()).isEqualTo("ada");
            assertThat(one.invitedUntil()).isNotNull();
        });
        assertThat(restored.suspended()).containsExactly(new PartyId("dealer-7"));
    }

    @Test
    void aViewRowTakenOutByWhoeverHoldsTheBackupIsRefused() throws Exception {
        try (RocksStore store = RocksStore.open(backup.resolve("store"))) {
            var changes = new Changes();
            Store.Row row = Objects.requireNonNull(store.last(Table.CURRENT, new byte[0], new byte[] {(byte) 0xff}));
            changes.delete(Table.CURRENT, row.key());
            store.write(changes);
        }
        assertRefused("table CURRENT is missing: the journal says that it is there");
    }

    /// What the yard writes for somebody who is let in; here without an entry.
    private static Changes operator(String name) {
        var changes = new Changes();
        byte[] row = new ByteWriter(16)
                .text("administer")
                .size(0)
                .bytes(null)
                .time(Instant.EPOCH)
                .size(0)
                .done();
        changes.put(Table.OPERATORS, Key.text(name).done(), row);
        return changes;
    }

    @Test
    void aBackupThatWasBrokenOffIsRefused() throws IOException {
        Files.delete(backup.resolve("checkpoint"));
        assertThatThrownBy(() -> restore(InstantSource.system()).restore(null, false))
                .isInstanceOf(Restore.NotProven.class)
                .hasMessageContaining("is no whole backup: it has no checkpoint");
        assertThat(to).doesNotExist();
    }

    @Test
    void aFolderThatIsNotEmptyIsLeftAsItWas() throws IOException {
        Files.createDirectories(to);
        Path mine = Files.writeString(to.resolve("mine"), "mine");
        assertThatThrownBy(this::restored)
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("nothing is overwritten");
        assertThat(mine).content().isEqualTo("mine");
        Files.delete(mine);
        Files.delete(payloadFile());
        assertThatThrownBy(this::restored).isInstanceOf(Restore.NotProven.class);
        assertThat(to).as("it was there before, and empty").isEmptyDirectory();
    }

    @Test
    void noHubStartsOnARestoreThatWasBrokenOffNorOnABackup() throws Exception {
        Files.createDirectories(to.resolve("restoring/store"));
        assertThatThrownBy(() -> new RunningHub(again).close())
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("a restore into this folder was broken off");
        assertThatThrownBy(this::restored)
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("remove what is in");
        assertThat(to.resolve("restoring/store")).exists();

        Files.move(backup, folder.resolve("data"));
        assertThatThrownBy(() -> new RunningHub(folder).close())
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("this is a backup")
                .hasMessageContaining("aiguillage hub restore");
    }

    private Path payloadFile() throws IOException {
        try (Stream<Path> files = Files.list(backup.resolve("payloads"))) {
            return files.findFirst().orElseThrow();
        }
    }

    @FunctionalInterface
    private interface Change {
        byte @org.jspecify.annotations.Nullable [] of(byte[] stored);
    }

    private void change(Table table, long position, Change change) throws IOException {
        try (RocksStore store = RocksStore.open(backup.resolve("store"))) {
            byte[] key = Key.of(position);
            byte[] changed = change.of(Objects.requireNonNull(store.get(table, key)));
            var changes = new Changes();
            if (changed == null) {
                changes.delete(table, key);
            } else {
                changes.put(table, key, changed);
            }
            store.write(changes);
        }
    }

    /// Flips one bit where a text stands, in every file of a folder that holds it.
    private static void flip(Path folder, String ending, String text) throws IOException {
        int flipped = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(ending)).toList()) {
                if (flip(file, text)) {
                    flipped++;
                }
            }
        }
        assertThat(flipped).as("files that hold the text").isPositive();
    }

    private static boolean flip(Path file, String text) throws IOException {
        int at = Files.readString(file, StandardCharsets.ISO_8859_1).indexOf(text);
        if (at < 0) {
            return false;
        }
        byte flipped = (byte) (text.charAt(text.length() / 2) ^ 1);
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
            open.write(ByteBuffer.wrap(new byte[] {flipped}), at + text.length() / 2);
        }
        return true;
    }
}
