package aiguillage.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.check.Report;
import aiguillage.hub.store.Changes;
import aiguillage.hub.store.RocksStore;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.testing.Damage;
import aiguillage.hub.testing.DamagedFolder;
import aiguillage.hub.testing.RunningHub;
import aiguillage.protocol.proof.Checkpoint;
import aiguillage.protocol.proof.Hash;
import aiguillage.protocol.proof.LedgerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whatever file of a data folder is damaged, cut or gone: it is named, by the check or by the hub that refuses
/// it, and a wrong byte is never served. `-Daiguillage.damages=20` tries more places in each file,
/// `-Daiguillage.seed=` the same ones again.
@Timeout(600)
class DamagedFolderTest {

    private static final int TIMES = Integer.getInteger("aiguillage.damages", 1);

    @TempDir
    static Path root;

    private static DamagedFolder damaged;

    private Path folder;
    private Path data;

    @BeforeAll
    static void live() throws Exception {
        damaged = new DamagedFolder(root);
    }

    @BeforeEach
    void copy() throws IOException {
        folder = damaged.copy();
        data = folder.resolve("data");
    }

    @Test
    void everyDamageOfEveryFileIsNamedAndNoWrongByteIsServed() throws Exception {
        long seed = Long.getLong("aiguillage.seed", System.nanoTime());
        DamagedFolder.Outcome outcome = damaged.damageAll(TIMES, seed, what -> {});
        System.out.println("seed " + seed + ", " + damaged.files().size() + " files, " + outcome);
        assertThat(outcome.wrong()).as("seed %s", seed).isEmpty();
        assertThat(outcome.silent()).as("seed %s", seed).isEmpty();
        assertThat(outcome.named()).isGreaterThan(damaged.files().size());
    }

    private Report checked() throws IOException {
        return new Check(data, null, Progress.none()).run(damaged.checkpoint(), folder);
    }

    @Test
    void aWholeFolderIsFoundWholeAndLeftAsItWas() throws Exception {
        data = damaged.lived().resolve("data");
        var before = damaged.files();
        Report report = checked();
        assertThat(report.findings()).isEmpty();
        assertThat(report.entries()).isGreaterThan(20);
        assertThat(report.rows()).isGreaterThan(100);
        assertThat(report.payloads()).isEqualTo(21);
        assertThat(report.files()).isEqualTo(3);
        assertThat(damaged.files()).isEqualTo(before);
    }

    /// RocksDB opens a store without its newest log as it was before: the entries in it would silently be gone.
    @Test
    void aHubThatLostItsNewestLogDoesNotStart() throws Exception {
        try (Stream<Path> files = Files.list(data.resolve("store"))) {
            Files.delete(files.filter(file -> file.toString().endsWith(".log"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow());
        }
        refuses("its newest part is lost");
        assertThat(checked().findings().toString()).contains("the newest are lost");
    }

    /// RocksDB takes a folder without the file CURRENT for a new store: the hub would begin another history,
    /// and remove all payload files as unknown.
    @Test
    void aHubThatLostItsStoreDoesNotBeginAnew() throws Exception {
        Files.delete(data.resolve("store/CURRENT"));
        refuses("a hub has run on this data folder");
        try (Stream<Path> files = Files.list(data.resolve("payloads"))) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void aHubThatLostItsLedgerKeyDoesNotMakeAnother() throws Exception {
        Files.delete(data.resolve("ledger.key"));
        refuses("Put your copy of it back");
        Files.delete(data.resolve("ledger.vkey"));
        Files.delete(data.resolve("head"));
        refuses("Put your copy of it back");
        assertThat(data.resolve("ledger.key")).doesNotExist();
    }

    /// Every record's own checksum is right here: only the entries tell.
    @Test
    void aViewThatDoesNotFollowFromTheEntriesIsNamed() throws Exception {
        try (RocksStore store = RocksStore.open(data.resolve("store"))) {
            var changes = new Changes();
            byte[] behind = {(byte) 0xff};
            Store.Row pending = Objects.requireNonNull(store.last(Table.PENDING, new byte[0], behind));
            Store.Row mailbox = Objects.requireNonNull(store.last(Table.MAILBOXES, new byte[0], behind));
            changes.delete(Table.PENDING, pending.key());
            changes.put(Table.MAILBOXES, mailbox.key(), pending.value());
            changes.put(Table.SEARCH, new byte[] {'x', 0, 0, 0, 0, 0, 0, 0, 0, 9}, pending.value());
            store.write(changes);
        }
        assertThat(checked().findings())
                .anyMatch(finding -> finding.contains("of table PENDING is missing"))
                .anyMatch(finding -> finding.contains("of table MAILBOXES is damaged"))
                .anyMatch(finding -> finding.contains("of table SEARCH does not follow from the journal"));
    }

    /// A folder of a hub that did not list its tables yet is whole.
    @Test
    void tablesOfBeforeTheirListAreNotMissed() throws Exception {
        try (RocksStore store = RocksStore.open(data.resolve("store"))) {
            var changes = new Changes();
            byte[] behind = {(byte) 0xff};
            Store.Row listed = Objects.requireNonNull(store.last(Table.TABLES, new byte[0], behind));
            changes.delete(Table.TABLES, listed.key());
            store.write(changes);
        }
        assertThat(checked().findings()).isEmpty();
    }

    /// One damaged record hides no other.
    @Test
    void everyDamagedRecordIsNamedOnceAndTheRestIsStillCompared() throws Exception {
        Damage.flipLast(data.resolve("store"), "mailboxes");
        Damage.flipLast(data.resolve("store"), "payloads");
        Path film;
        try (Stream<Path> files = Files.list(data.resolve("payloads"))) {
            film = files.findFirst().orElseThrow();
        }
        Files.write(film, new byte[] {1});
        assertThat(checked().findings())
                .hasSize(3)
                .anyMatch(finding -> finding.contains("MAILBOXES"))
                .anyMatch(finding -> finding.contains("PAYLOADS"))
                .anyMatch(finding -> finding.contains(film.getFileName().toString()));
    }

    @Test
    void aCheckpointOfAnotherHistoryIsNamed() throws Exception {
        LedgerKey key = new DataFolder(data).readLedgerKey();
        String other = new Checkpoint(key.verifier().name(), 3, new byte[Hash.BYTES]).signedBy(key);
        assertThat(new Check(data, null, Progress.none()).run(other, folder).findings())
                .singleElement()
                .asString()
                .contains("the checkpoint from outside signs another history");
    }

    @Test
    void aTokenCutShortIsNotTaken() throws Exception {
        Files.writeString(data.resolve("operator.token"), "");
        refuses("Delete it and start again");
    }

    private void refuses(String why) {
        assertThatThrownBy(() -> new RunningHub(folder)).hasMessageContaining(why);
    }
}
