package aiguillage.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.app.testing.Ran;
import aiguillage.app.testing.Shell;
import aiguillage.conformance.ground.PracticeHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The kit as an editor types it.
@Timeout(120)
class ConformanceCommandTest {

    @TempDir
    Path folder;

    @Test
    void theKitAgainstItselfEndsWithAReportThatVerifies() {
        Path report = folder.resolve("report.json");
        Ran ran = Ran.command(
                "conformance",
                "--self",
                "--door",
                "rest,sftp",
                "--only",
                "accept,conflict",
                "--report",
                report,
                "--language",
                "en");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.out())
                .contains("accept                      pass   pass   A document is accepted, and read")
                .contains("conflict                    pass   n/a ")
                .contains("rest   2 passed, 0 failed", "sftp   1 passed, 0 failed, 1 not expressible");
        assertThat(ran.out().lines())
                .allSatisfy(line -> assertThat(line)
                        .hasSizeLessThanOrEqualTo(80 + report.toString().length()));
        Ran verified = Ran.command("conformance", "verify", report);
        assertThat(verified.exit()).isZero();
        assertThat(verified.out()).contains("as it was signed, by the kit's key SHA256:", "self", "rest: 2 passed");
    }

    @Test
    void aSystemThatComesByFtpsIsNotListenedToAndIsToldWhy() {
        Ran ran = Ran.command("conformance", "--listen", "--door", "ftps");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("cannot be listened to yet", "--self");
    }

    @Test
    void aChangedReportIsRefused() throws Exception {
        Path report = folder.resolve("report.json");
        Ran.command("conformance", "--self", "--door", "rest", "--only", "stranger", "--report", report);
        Files.writeString(report, Files.readString(report).replace("\"passed\"", "\"failed\""));
        Ran verified = Ran.command("conformance", "verify", report);
        assertThat(verified.exit()).isEqualTo(1);
        assertThat(verified.err()).contains("changed after it was signed");
    }

    @Test
    void aHubOfOthersIsPlayedAgainstAndItsReportIsSignedByTheParty() throws Exception {
        try (var hub = PracticeHub.start(folder.resolve("hub"), PracticeHub.Ports.FREE)) {
            Path keys = folder.resolve("keys");
            hub.writeIdentities(keys);
            Path report = folder.resolve("report.json");
            Ran ran = Ran.command(
                    "conformance",
                    "--against",
                    "https://localhost:" + hub.ports().main(),
                    "--sftp",
                    "127.0.0.1:" + hub.ports().sftp(),
                    "--ftps",
                    "127.0.0.1:" + hub.ports().ftps(),
                    "--identities",
                    keys,
                    "--only",
                    "accept,broken-off,revoked,of-another-party",
                    "--sign-with",
                    keys.resolve("dealer-a.pem"),
                    "--report",
                    report,
                    "--json");
            assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
            JsonNode doors = ran.json().path("doors");
            for (String door : new String[] {"rest", "star", "star2", "sftp", "ftps"}) {
                assertThat(doors.path(door).path("passed").asInt()).as(door).isEqualTo(3);
                assertThat(doors.path(door).path("not-run").asInt()).as(door).isEqualTo(1);
            }
            Ran verified = Ran.command("conformance", "verify", report, "--root", keys.resolve("root.pem"), "--json");
            assertThat(verified.exit()).as(verified.err()).isZero();
            assertThat(verified.json().path("signer").asString()).isEqualTo("dealer-a");
        }
    }

    @Test
    void theJournalOfAHubOfOthersIsLookedIntoByItsOperator() throws Exception {
        try (var hub = PracticeHub.start(folder.resolve("hub"), PracticeHub.Ports.FREE)) {
            Path keys = folder.resolve("keys");
            hub.writeIdentities(keys);
            Ran ran = Ran.command(
                    "conformance",
                    "--against",
                    "https://localhost:" + hub.ports().main(),
                    "--door",
                    "rest",
                    "--identities",
                    keys,
                    "--only",
                    "accept,conflict",
                    "--operations",
                    "http://127.0.0.1:" + hub.ports().operations(),
                    "--token",
                    folder.resolve("hub/data/operator.token"),
                    "--ledger-key",
                    folder.resolve("hub/data/ledger.vkey"),
                    "--report",
                    folder.resolve("report.json"),
                    "--json");
            assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
            assertThat(ran.json().at("/results/0/seen").asString())
                    .isEqualTo("accepted, offered, done · journal: 1 accepted, 1 acknowledged");
        }
    }

    @Test
    void whoListensAsksOneStepAfterTheOtherAndCanBeToldToSkip() throws Exception {
        try (var shell = new Shell(folder)) {
            Shell.Said said = shell.run("printf 's\\ns\\n' | aiguillage conformance --listen 0 --door sftp"
                    + " --only accept,hub-away --identities keys --language en");
            assertThat(said.exit()).as(said.toString()).isEqualTo(1);
            assertThat(said.out())
                    .contains(
                            "A practice hub waits for you", "[1/2] accept:", "[2/2] hub-away:", "the editor skipped it")
                    .contains("/in/alpha/claim/", "sftp   0 passed, 0 failed, 0 not expressible, 2 not run");
            assertThat(folder.resolve("keys/dealer-a.ssh.pub")).exists();
        }
    }

    @Test
    void withoutAHubOrAKeyItSaysWhatIsMissing() throws Exception {
        Ran noKey = Ran.command("conformance", "--against", "https://localhost:1", "--identities", folder);
        assertThat(noKey.exit()).isEqualTo(2);
        assertThat(noKey.err()).contains("has no dealer-a.pem");
        assertThat(Ran.command("conformance").exit()).isEqualTo(2);
        assertThat(Ran.command("conformance", "--self", "--only", "teleport").err())
                .contains("--list");
        assertThat(Ran.command("conformance", "--self", "--door", "fax").err()).contains("rest, star, star2, sftp");
    }

    private Ran against(PracticeHub hub, Path keys, String... more) {
        List<Object> words = new ArrayList<>(List.of(
                "conformance", "--against", "https://localhost:" + hub.ports().main(), "--identities", keys));
        words.addAll(List.of("--only", "accept", "--language", "en"));
        words.addAll(List.of(more));
        if (!words.contains("--report")) {
            words.addAll(List.of("--report", folder.resolve("report.json")));
        }
        return Ran.command(words.toArray());
    }

    @Test
    void whatIsMissingOrWrongInTheEditorsSetUpIsToldBeforeAnythingIsPlayed() throws Exception {
        try (var hub = PracticeHub.start(folder.resolve("hub"), PracticeHub.Ports.FREE)) {
            Path keys = folder.resolve("keys");
            hub.writeIdentities(keys);
            Ran unnamed = against(hub, keys, "--door", "ftps,flat");
            assertThat(unnamed.exit()).isEqualTo(2);
            assertThat(unnamed.err()).contains("With --door ftps, flat name where it is: --ftps, --sftp HOST:PORT.");

            String sftp = "127.0.0.1:" + hub.ports().sftp();
            Ran stranger = against(hub, keys, "--door", "sftp", "--sftp", sftp, "--host-key", "SHA256:other");
            assertThat(stranger.exit()).isEqualTo(69);
            assertThat(stranger.err()).contains("sftp at " + sftp, "its host key is not the one");
            Ran nobody = against(hub, keys, "--sftp", "127.0.0.1:1");
            assertThat(nobody.exit()).isEqualTo(69);
            assertThat(nobody.err()).contains("sftp at 127.0.0.1:1");
            assertThat(against(hub, keys, "--sftp", "localhost:abc").exit()).isEqualTo(2);
            assertThat(against(hub, keys, "--door", "rest", "--sign-with", "none.pem")
                            .exit())
                    .isEqualTo(2);
            assertThat(against(hub, keys, "--door", "rest", "--report", "/none/r.json")
                            .err())
                    .contains("There is no folder for the report /none");

            Files.delete(keys.resolve("dealer-a.ssh"));
            Ran keyless = against(hub, keys, "--sftp", sftp);
            assertThat(keyless.exit()).isEqualTo(2);
            assertThat(keyless.err()).contains("has no dealer-a.ssh");
            Files.delete(keys.resolve("centre-a.pem"));
            Ran alone = against(hub, keys, "--door", "rest");
            assertThat(alone.out()).contains("1 not run: it needs another party");
            assertThat(folder.resolve("report.json")).exists();
        }
    }

    @Test
    void theListSaysWhatIsDemandedInBothLanguages() {
        Ran french = Ran.command("conformance", "--list", "--language", "fr", "--door", "star", "--only", "reject");
        assertThat(french.out()).contains("Un document inutilisable", "n/a: PullMessage n'a que des accusés");
        JsonNode all = Ran.command("conformance", "--list", "--json", "--language", "en")
                .json();
        assertThat(all).hasSize(60);
        assertThat(all.get(0).path("title").asString()).isEqualTo("A document is accepted, and read");
    }
}
