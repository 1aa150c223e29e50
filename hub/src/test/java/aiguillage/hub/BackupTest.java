package aiguillage.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.testing.HubProcess;
import aiguillage.hub.testing.Load;
import aiguillage.hub.testing.Parties;
import aiguillage.hub.testing.RunningHub;
import aiguillage.protocol.proof.Checkpoint;
import aiguillage.protocol.proof.LedgerKey;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// A backup of a running hub is a whole hub as of one moment.
@Timeout(240)
class BackupTest {

    private static final int RECEIPTS_BEFORE = 150;
    private static final int BACKUPS = 3;

    @TempDir
    Path folder;

    @Test
    void takenUnderLoadAndRestoredItHoldsEverythingThatWasReceiptedBefore() throws Exception {
        List<Load.Told> before = new ArrayList<>();
        Path lived = folder.resolve("lived");
        try (var hub = new RunningHub(lived)) {
            var load = new Load(hub.parties());
            var _ = load.hubIsAt(hub.mainPort());
            load.begin();
            for (int i = 1; i <= BACKUPS; i++) {
                load.await(i * RECEIPTS_BEFORE);
                before.add(load.told());
                backUp(hub, backup(i));
            }
            load.end();
        }
        for (int i = 1; i <= BACKUPS; i++) {
            var restored = new Restore(
                            backup(i),
                            again(i).resolve("data"),
                            lived.resolve("data/ledger.key"),
                            InstantSource.system(),
                            Progress.none())
                    .restore(Files.readString(backup(i).resolve("checkpoint")), false);
            assertThat(restored.missing()).isZero();
            assertThat(restored.payloads()).isGreaterThanOrEqualTo((long) i * RECEIPTS_BEFORE);
            assertHolds(lived, again(i), before.get(i - 1));
        }
    }

    private Path backup(int number) {
        return folder.resolve("backups/" + number);
    }

    private Path again(int number) {
        return folder.resolve("again-" + number);
    }

    /// A hub, in a process of its own, on the restored folder: its parties are those of before.
    private static void assertHolds(Path lived, Path again, Load.Told before) throws Exception {
        copyAuthority(lived, again);
        try (HubProcess hub = HubProcess.start(again)) {
            hub.awaitReady();
            var load = new Load(new Parties(again.resolve("ca"), InstantSource.system()), before);
            var _ = load.hubIsAt(hub.mainPort());
            load.verify(Files.readString(lived.resolve("data/ledger.vkey")));
            assertThat(hub.stop()).isZero();
        }
    }

    private static void copyAuthority(Path lived, Path again) throws Exception {
        try (Stream<Path> files = Files.walk(lived.resolve("ca"))) {
            for (Path file : files.toList()) {
                Files.copy(file, again.resolve(lived.relativize(file)));
            }
        }
    }

    @Test
    void itHoldsNoKeyAndItsCheckpointIsTheOneTheHubTold() throws Exception {
        try (var hub = new RunningHub(folder.resolve("hub"));
                HttpClient dealer = hub.client("dealer-7")) {
            hub.submit(dealer, "dealer-7", "opel/warranty-claim", "claim-1", "content");
            String told = JsonMapper.shared()
                    .readTree(backUp(hub, backup(1)))
                    .path("checkpoint")
                    .asString();
            assertThat(backup(1).resolve("checkpoint")).content().isEqualTo(told);
            LedgerKey.Public key = hub.ledgerKey();
            assertThat(Checkpoint.verified(told, key).size()).isEqualTo(3);
            try (Stream<Path> parts = Files.list(backup(1))) {
                assertThat(parts.map(part -> part.getFileName().toString()))
                        .containsExactlyInAnyOrder("store", "payloads", "checkpoint");
            }
        }
    }

    /// After the loss of a machine there is the backup, the ledger's key, and no schema folder.
    @Test
    void theSchemasInForceComeBackWithIt() throws Exception {
        String flows =
                RunningHub.FLOWS + "  opel/checked: { from: dealer, to: opel-centre, schema: parts/claim.json }\n";
        Path lived = folder.resolve("lived");
        Files.createDirectories(lived.resolve("schemas/parts"));
        Files.writeString(lived.resolve("schemas/parts/claim.json"), "{\"$ref\":\"any.json\"}");
        Files.writeString(lived.resolve("schemas/parts/any.json"), "{\"type\":\"object\"}");
        try (var hub = new RunningHub(lived, flows, InstantSource.system())) {
            backUp(hub, backup(1));
        }
        var restore = new Restore(
                backup(1),
                again(1).resolve("data"),
                lived.resolve("data/ledger.key"),
                InstantSource.system(),
                Progress.none());
        restore.restore(null, false);
        try (var hub = new RunningHub(again(1), flows, InstantSource.system());
                HttpClient dealer = hub.client("dealer-7")) {
            assertThat(hub.submit(dealer, "dealer-7", "opel/checked", "one", "7")
                            .statusCode())
                    .isEqualTo(422);
            assertThat(hub.submit(dealer, "dealer-7", "opel/checked", "two", "{}")
                            .statusCode())
                    .isEqualTo(201);
        }
        try (Stream<Path> kept = Files.walk(backup(1).resolve("schemas"))) {
            Files.writeString(kept.filter(Files::isRegularFile).findFirst().orElseThrow(), "{}");
        }
        var damaged = new Restore(
                backup(1),
                again(2).resolve("data"),
                lived.resolve("data/ledger.key"),
                InstantSource.system(),
                Progress.none());
        assertThatThrownBy(() -> damaged.restore(null, false))
                .isInstanceOf(Restore.NotProven.class)
                .hasMessageContaining("schema parts/claim.json");
    }

    @Test
    void oneThatCannotBeWrittenIsExplainedAndTheHubGoesOn() throws Exception {
        try (var hub = new RunningHub(folder.resolve("hub"));
                HttpClient dealer = hub.client("dealer-7")) {
            Path file = Files.writeString(folder.resolve("file"), "mine");
            HttpResponse<String> failed = hub.operator("/operator/backups", json(file.resolve("below")));
            assertThat(failed.statusCode()).isEqualTo(500);
            assertThat(failed.body()).contains("The backup to", "file/below", "nothing of it is kept");
            HttpResponse<String> there = hub.operator("/operator/backups", json(file));
            assertThat(there.statusCode()).isEqualTo(400);
            assertThat(file).content().isEqualTo("mine");
            assertThat(hub.submit(dealer, "dealer-7", "opel/warranty-claim", "claim-1", "content")
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    private static String backUp(RunningHub hub, Path to) throws Exception {
        HttpResponse<String> written = hub.operator("/operator/backups", json(to));
        assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
        return written.body();
    }

    private static String json(Path folder) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("folder", folder.toString())
                .toString();
    }
}
