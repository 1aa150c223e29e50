package aiguillage.gateway;

import static aiguillage.gateway.testing.GatewayScene.names;
import static aiguillage.gateway.testing.GatewayScene.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aiguillage.gateway.status.GatewayStatus;
import aiguillage.gateway.status.StatusFile;
import aiguillage.gateway.status.StatusText;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.testing.GatewayProcess;
import aiguillage.gateway.testing.GatewayScene;
import aiguillage.gateway.testing.TestAuthority;
import aiguillage.gateway.testing.TestHub;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full and folders that cannot be written: nothing is lost, it is said plainly, and it goes on by
/// itself. A file in a folder's place cannot be written through by anybody, root neither.
final class DiskTest {

    @TempDir
    private Path root;

    private TestAuthority authority;

    @BeforeEach
    void authority() throws IOException {
        authority = new TestAuthority(root.resolve("ca"));
    }

    @Test
    void aFullDiskIsSaidAtTheDoorAndInTheStatusAndLosesNothing() throws Exception {
        assumeTrue(canMount(), "this machine lets nobody mount a small disk of his own");
        try (var hub = new TestHub(authority, TestHub.first())) {
            var scene = new GatewayScene(
                    root.resolve("dealer"), authority, "data: disk/data\ndms: disk/dms\n", hub.address());
            Process gateway = GatewayProcess.startOnDisk(scene, "64m");
            try {
                until("the door", () -> {
                    assertThat(gateway.isAlive()).as(log(scene)).isTrue();
                    return GatewayProcess.door(scene).isPresent();
                });
                Path disk = Path.of(
                        "/proc/" + gateway.pid() + "/root" + scene.file().resolveSibling("disk"));
                Path out = Files.createDirectories(disk.resolve("dms/opel/out/claim"));
                Path filler = disk.resolve("filler");
                fill(disk, filler, 600_000);

                Files.writeString(out.resolve("a.tmp"), "claim a");
                Files.move(out.resolve("a.tmp"), out.resolve("a.xml"));
                hub.mailbox().deliver("opel/decision", "d-1", "approved");
                until("both troubles", () -> full(disk).size() == 2);
                HttpResponse<String> refused = atTheDoor(scene, disk);
                assertThat(refused.statusCode()).isEqualTo(507);
                assertThat(refused.body()).contains("not-stored", "free-space-min", "Free disk space");
                assertThat(words(disk, Locale.ENGLISH))
                        .contains("! The disk of ", "is nearly full", "Free some space", "nothing is lost");
                assertThat(words(disk, Locale.FRENCH))
                        .contains("! Le disque de ", "est presque plein", "Libérez de la place", "rien n’est perdu");

                fill(disk, filler, 0);
                Instant then = Instant.now();
                until(
                        "a status in spite of it",
                        () -> Instant.parse(status(disk).at()).isAfter(then));
                assertThat(full(disk)).hasSize(2);
                assertThat(out.resolve("a.xml")).hasContent("claim a");
                assertThat(hub.mailbox().pending()).isEqualTo(1);

                Files.delete(filler);
                until("sent", () -> Files.exists(disk.resolve("dms/opel/done/claim/a.xml")));
                until("handed over", () -> hub.mailbox().pending() == 0);
                until("no trouble", () -> status(disk).troubles().isEmpty());
                assertThat(atTheDoor(scene, disk).statusCode()).isEqualTo(202);
                assertThat(hub.arrived("opel/claim")).contains("claim a");
                assertThat(names(disk.resolve("dms/opel/in/decision"))).hasSize(2);
                assertThat(gateway.isAlive()).isTrue();
            } finally {
                gateway.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void aFolderInThatCannotBeWrittenKeepsTheDeliveryPendingUntilItCan() throws Exception {
        try (var hub = new TestHub(authority, TestHub.first())) {
            var scene = new GatewayScene(root.resolve("dealer"), authority, hub.address());
            Path folder = scene.dms("opel", "in", "decision");
            try (Gateway gateway = scene.start()) {
                Files.writeString(folder, "a file where a folder should be");
                hub.mailbox().deliver("opel/decision", "d-1", "approved");
                hub.mailbox().deliver("fiat/decision", "d-2", "another brand's");
                until("the other brand's", () -> hub.mailbox().pending() == 1);
                until("the trouble", () -> !gateway.status().troubles().isEmpty());
                assertThat(gateway.status().troubles()).singleElement().satisfies(trouble -> {
                    assertThat(trouble.kind()).isEqualTo(Kind.FOLDER_UNUSABLE);
                    assertThat(trouble.where()).isEqualTo(folder.toString());
                });
                assertThat(new StatusText(Locale.ENGLISH).of(gateway.status(), Instant.now()))
                        .contains("! The folder " + folder + " cannot be used", "Other brands go on");
                assertThat(new StatusText(Locale.FRENCH).of(gateway.status(), Instant.now()))
                        .contains("! Le dossier " + folder + " est inutilisable", "Les autres marques continuent");

                Files.delete(folder);
                until("handed over", () -> hub.mailbox().pending() == 0);
                until("no trouble", () -> gateway.status().troubles().isEmpty());
                assertThat(names(folder)).hasSize(2);
                assertThat(gateway.ended()).isNotDone();
            }
        }
    }

    @Test
    void aBrandsWholeFolderInThatIsGoneIsNotATroubleForEver() throws Exception {
        try (var hub = new TestHub(authority, TestHub.first())) {
            var scene = new GatewayScene(root.resolve("dealer"), authority, hub.address());
            Path in = scene.dms("opel", "in");
            try (Gateway gateway = scene.start()) {
                Files.delete(in);
                Files.writeString(in, "");
                until("the trouble", () -> !gateway.status().troubles().isEmpty());
                Files.delete(in);
                Files.createDirectory(in);
                until("no trouble", () -> gateway.status().troubles().isEmpty());
            }
        }
    }

    @Test
    void aFolderDoneThatCannotBeWrittenHoldsTheAnswerUntilItCan() throws Exception {
        try (var hub = new TestHub(authority, TestHub.first())) {
            var scene = new GatewayScene(root.resolve("dealer"), authority, hub.address());
            Path folder = scene.dms("opel", "done", "claim");
            try (Gateway gateway = scene.start()) {
                Files.writeString(folder, "a file where a folder should be");
                scene.put("opel", "claim", "a.xml", "claim a");
                scene.put("fiat", "claim", "b.xml", "claim b");
                until("the trouble", () -> !gateway.status().troubles().isEmpty());
                until("the other brand's", () -> Files.exists(scene.dms("fiat", "done", "claim", "b.xml")));
                assertThat(gateway.status().troubles()).singleElement().satisfies(trouble -> {
                    assertThat(trouble.kind()).isEqualTo(Kind.FOLDER_UNUSABLE);
                    assertThat(trouble.where()).isEqualTo(scene.dms("opel").toString());
                    assertThat(trouble.detail()).contains(folder.toString());
                });
                Files.delete(folder);
                until("filed", () -> Files.exists(folder.resolve("a.xml")));
                assertThat(folder.resolve("a.xml.receipt.json")).exists();
                assertThat(hub.arrived("opel/claim")).containsExactly("claim a");
                until("no trouble", () -> gateway.status().troubles().isEmpty());
            }
        }
    }

    /// Writes until so many bytes are left.
    private static void fill(Path disk, Path filler, long left) throws IOException {
        byte[] page = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (left == 0 || Files.getFileStore(disk).getUsableSpace() > left) {
                out.write(page);
            }
        } catch (IOException full) {
            assertThat(left).as(full.toString()).isZero();
        }
    }

    private static boolean canMount() throws InterruptedException {
        try {
            return new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // not installed
        }
    }

    private static HttpResponse<String> atTheDoor(GatewayScene scene, Path disk) throws Exception {
        String token = Files.readString(disk.resolve("data/tokens/opel")).strip();
        URI door = URI.create(
                "http://127.0.0.1:" + GatewayProcess.door(scene).orElseThrow() + "/v1/documents?flow=opel/claim");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(door)
                            .header("Authorization", "Bearer " + token)
                            .POST(HttpRequest.BodyPublishers.ofString("claim at the door"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static GatewayStatus status(Path disk) throws IOException {
        return new StatusFile(disk.resolve("data")).read().orElseThrow();
    }

    private static List<String> full(Path disk) throws IOException {
        return status(disk).troubles().stream()
                .filter(trouble -> trouble.kind() == Kind.DISK_FULL)
                .map(GatewayStatus.TroubleStatus::where)
                .toList();
    }

    private static String words(Path disk, Locale locale) throws IOException {
        return new StatusText(locale).of(status(disk), Instant.now());
    }

    private static String log(GatewayScene scene) throws IOException {
        return Files.readString(scene.data().resolve("process.log"));
    }
}
