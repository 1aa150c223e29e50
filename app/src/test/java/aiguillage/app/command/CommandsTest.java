package aiguillage.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.app.testing.Ran;
import aiguillage.app.testing.StartedHub;
import aiguillage.hub.directory.PasswordHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The operator's commands against a hub started from what `init` wrote.
class CommandsTest {

    @TempDir
    Path folder;

    private StartedHub hub;

    @BeforeEach
    void start() throws Exception {
        hub = new StartedHub(folder.resolve("hub"));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aStartingConfigurationRunsAsItStands() {
        JsonNode status =
                Ran.command("hub", "status", "--json", "--config", hub.yaml()).json();
        assertThat(status.path("hub").asString()).isEqualTo("hub.example");
        assertThat(status.path("parties").asInt()).isEqualTo(2);
        assertThat(status.path("flows").asInt()).isEqualTo(2);
        assertThat(Ran.command("hub", "status", "--config", hub.yaml()).out()).contains("accepts documents", "yes");
    }

    @Test
    void aCodeIsPrintedAloneSoThatAScriptCanTakeIt() {
        Ran ran = Ran.command("party", "code", "dealer-7", "--config", hub.yaml());
        assertThat(ran.exit()).isZero();
        assertThat(ran.out().strip()).matches("[A-Z0-9-]{20,80}");
        assertThat(ran.err()).contains("Good once, for dealer-7");
    }

    @Test
    void operatorsAreInvitedByALinkListedAndRemoved() {
        Ran invited = Ran.command(
                "operator", "invite", "ada", "--rank", "operate", "--brand", "opel", "--config", hub.yaml());
        assertThat(invited.exit()).isZero();
        assertThat(invited.out().strip()).matches("http://localhost:[0-9]+/enrol/[A-Za-z0-9_-]{43}");
        assertThat(invited.err()).contains("Good once, for ada (operate, opel)");
        Ran again = Ran.command("operator", "invite", "ada", "--config", hub.yaml(), "--json");
        assertThat(again.json().path("rank").asString()).isEqualTo("operate");
        assertThat(Ran.command("operator", "list", "--config", hub.yaml()).out())
                .contains("ada", "operate", "opel");
        assertThat(Ran.command("operator", "remove", "ada", "--config", hub.yaml())
                        .exit())
                .isZero();
        assertThat(Ran.command("operator", "remove", "ada", "--config", hub.yaml())
                        .exit())
                .isEqualTo(1);
        assertThat(Ran.command("operator", "invite", "bob", "--config", hub.yaml())
                        .err())
                .contains("rank");
    }

    @Test
    void aPasswordIsMadeWithTheLineThatLetsItIn() {
        Ran ran = Ran.command("party", "password", "dealer-7");
        assertThat(ran.exit()).isZero();
        String hash = ran.out().strip().replaceFirst("^password: ", "");
        String password = ran.err().lines().findFirst().orElseThrow().replaceFirst("^The password: ", "");
        assertThat(password).matches("([a-z2-9]{4}-){4}[a-z2-9]{4}");
        assertThat(PasswordHash.of(hash).matches(password)).isTrue();
        assertThat(ran.out()).doesNotContain(password);
        assertThat(Ran.command("party", "password", "NO PARTY").exit()).isEqualTo(2);
    }

    @Test
    void aCodeForAnUnknownPartyIsRefusedInASentence() {
        Ran ran = Ran.command("party", "code", "dealer-99", "--config", hub.yaml());
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).startsWith("No party dealer-99 is in the routing table");
    }

    @Test
    void aGatewayEnrolsWithTheCodeAndThenItsCertificateIsListedAndRevoked() {
        String code = Ran.command("party", "code", "dealer-7", "--config", hub.yaml())
                .out()
                .strip();
        String fingerprint = Ran.command("ca", "show", "--json", "--folder", hub.file("ca"))
                .json()
                .path("fingerprint")
                .asString();
        Path gateway = hub.file("dealer-7/gateway.yaml");
        Ran enrolled = Ran.command(
                "gateway", "enrol", "--config", gateway, "--code", code, "--fingerprint", fingerprint, "--json");
        assertThat(enrolled.exit()).as(enrolled.err()).isZero();
        assertThat(enrolled.json().path("party").asString()).isEqualTo("dealer-7");
        assertThat(enrolled.json().path("certificateUntil").asString()).startsWith("20");
        assertThat(hub.file("dealer-7/data/identity")).isDirectoryContaining("glob:**.pem");

        Ran again = Ran.command("gateway", "enrol", "--config", gateway, "--code", code);
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).startsWith("dealer-7 has a certificate already");

        assertThat(Ran.command("party", "certificates", "dealer-7", "--config", hub.yaml())
                        .out())
                .contains("dealer-7")
                .endsWith("no" + System.lineSeparator());
        Ran revoked = Ran.command("party", "revoke", "dealer-7", "--reason", "stolen", "--config", hub.yaml());
        assertThat(revoked.exit()).as(revoked.err()).isZero();
        assertThat(Ran.command("party", "certificates", "--json", "--config", hub.yaml())
                        .json()
                        .get(0)
                        .path("revoked")
                        .asBoolean())
                .isTrue();
        String second = Ran.command("party", "code", "dealer-7", "--config", hub.yaml())
                .out()
                .strip();
        Ran replaced = Ran.command("gateway", "enrol", "--config", gateway, "--code", second, "--again");
        assertThat(replaced.exit()).as(replaced.err()).isZero();
    }

    @Test
    void aGatewayThatNeverRanSaysSo() {
        Ran ran = Ran.command("gateway", "status", "--config", hub.file("dealer-7/gateway.yaml"));
        assertThat(ran.exit()).isEqualTo(69);
        assertThat(ran.err()).startsWith("No gateway ever ran on ");
    }

    @Test
    void flowsAreDiffedAppliedAndExplained() throws Exception {
        Path next = folder.resolve("next.yaml");
        String old = Files.readString(hub.file("flows.yaml"));
        Files.writeString(
                next,
                old.replace("  dealer-7:", "  dealer-8: { roles: [dealer], brands: [opel], region: eu }\n  dealer-7:"));
        assertThat(Ran.command("flows", "check", next).exit()).isZero();
        assertThat(Ran.command("flows", "diff", hub.file("flows.yaml"), "--config", hub.yaml())
                        .exit())
                .isZero();
        Ran diff = Ran.command("flows", "diff", next, "--config", hub.yaml());
        assertThat(diff.exit()).isEqualTo(1);
        assertThat(diff.out()).contains("dealer-8");

        String[] question = {"flows", "explain", "--sender", "dealer-8", "--flow", "opel/warranty-claim", "--config"};
        assertThat(explained(question).exit()).isEqualTo(1);
        Ran applied = Ran.command("flows", "apply", next, "--config", hub.yaml());
        assertThat(applied.exit()).as(applied.err()).isZero();
        assertThat(applied.out()).contains("dealer-8").contains("In force since entry ");
        assertThat(explained(question).exit()).isZero();
        assertThat(explained(question).out()).contains("warranty-centre");

        Ran past = Ran.command("flows", "history", "--config", hub.yaml());
        assertThat(past.out()).contains("POSITION").contains("operator").contains("first start");
        String first = Ran.command("flows", "history", "--json", "--config", hub.yaml())
                .json()
                .path(1)
                .path("position")
                .asString();
        assertThat(Ran.command("flows", "history", "--position", first, "--config", hub.yaml())
                        .out())
                .isEqualTo(old);
        String[] large = {
            "flows",
            "explain",
            "--sender",
            "dealer-8",
            "--flow",
            "opel/warranty-claim",
            "--size",
            "2MB",
            "--json",
            "--config"
        };
        assertThat(explained(large).exit()).isEqualTo(1);
        assertThat(explained(large).json().at("/refused/code").asString()).isEqualTo("payload-too-large");
    }

    @Test
    void withoutAFileTheFlowsFileOfTheHubsConfigurationIsMeant() throws Exception {
        Ran same = Ran.command("flows", "diff", "--config", hub.yaml());
        assertThat(same.exit()).as(same.err()).isZero();
        Path flows = hub.file("flows.yaml");
        Files.writeString(
                flows,
                Files.readString(flows)
                        .replace(
                                "  dealer-7:",
                                "  dealer-8: { roles: [dealer], brands: [opel], region: eu }\n  dealer-7:"));
        assertThat(Ran.command("flows", "check", "--config", hub.yaml()).out())
                .startsWith(flows.toString())
                .contains("3 parties");
        assertThat(Ran.command("flows", "apply", "--config", hub.yaml()).out()).contains("dealer-8");
    }

    @Test
    void aDatasetThatComesAndGoesIsCountedAndToldWithTheReplicasItTakesAlong() throws Exception {
        Path without = hub.file("flows.yaml");
        Path with = folder.resolve("with.yaml");
        Files.writeString(with, Files.readString(without).replaceAll("(?m)^#( {2}|datasets:)", "$1"));

        assertThat(Ran.command("flows", "check", without).out()).endsWith("2 parties, 2 flows, 0 datasets.\n");
        assertThat(Ran.command("flows", "check", with).out()).endsWith("3 parties, 2 flows, 1 dataset.\n");
        assertThat(Ran.command("flows", "check", with, "--json")
                        .json()
                        .path("datasets")
                        .asInt())
                .isEqualTo(1);
        Ran diff = Ran.command("flows", "diff", with, "--config", hub.yaml());
        assertThat(diff.exit()).isEqualTo(1);
        assertThat(diff.out())
                .contains("+ dataset opel/parts-prices\n")
                .contains("+ 1 party may now publish opel/parts-prices: opel\n")
                .contains("+ 1 party gets a replica of opel/parts-prices: dealer-7\n");

        assertThat(Ran.command("flows", "apply", with, "--config", hub.yaml()).exit())
                .isZero();
        Ran gone = Ran.command("flows", "apply", without, "--config", hub.yaml(), "--json");
        assertThat(gone.json().path("changes").toString())
                .contains("- dataset opel/parts-prices")
                .contains("- 1 party loses the replica of opel/parts-prices and all it remembers:");
    }

    private Ran explained(String... question) {
        Object[] all = java.util.Arrays.copyOf(question, question.length + 1, Object[].class);
        all[question.length] = hub.yaml();
        return Ran.command(all);
    }

    @Test
    void aDocumentNobodySentIsNowhere() {
        Ran ran = Ran.command("where", "W-1", "--config", hub.yaml());
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).startsWith("No document has the id or the search key \"W-1\".");
    }

    @Test
    void aBackupIsRestoredOnlyIntoTheHistoryTheWorldKnows() throws Exception {
        Path backup = folder.resolve("backup");
        Ran written = Ran.command("hub", "backup", "--to", backup, "--config", hub.yaml());
        assertThat(written.exit()).as(written.err()).isZero();
        Path early = Files.writeString(folder.resolve("early"), written.out());
        // Three entries more: this act, its code, and the act of the next backup.
        Ran.command("party", "code", "dealer-7", "--config", hub.yaml());
        Ran later = Ran.command("hub", "backup", "--to", folder.resolve("later"), "--config", hub.yaml());
        Path newest = Files.writeString(folder.resolve("newest"), later.out());
        hub.stop();

        Path key = hub.file("data/ledger.key");
        Object[] restore = {"hub", "restore", "--from", backup, "--ledger-key", key, "--to", hub.file("again"), "--json"
        };
        JsonNode facts = with(restore, "--checkpoint", early).json();
        assertThat(facts.path("missing").asLong()).isZero();
        assertThat(facts.path("entries").asLong()).isEqualTo(2);
        assertThat(facts.propertyNames())
                .containsExactly(
                        "entries",
                        "payloads",
                        "payloadFiles",
                        "payloadsGone",
                        "missing",
                        "ledger",
                        "operators",
                        "suspended");
        Ran again = with(restore, "--checkpoint", early);
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("again", "nothing is overwritten").doesNotContain("defect");

        restore[7] = hub.file("lossy");
        Ran refused = with(restore, "--checkpoint", newest);
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("knows 3 more");
        assertThat(hub.file("lossy")).doesNotExist();
        Ran accepted = with(restore, "--checkpoint", newest, "--accept-loss");
        assertThat(accepted.json().path("missing").asLong()).isEqualTo(3);
        assertThat(accepted.json().path("ledger").asString()).isEqualTo("hub.example/ledger-2");

        Files.writeString(hub.yaml(), Files.readString(hub.yaml()).replace("#data: data", "data: lossy"));
        hub.restart();
        assertThat(Files.readString(hub.file("lossy/ledger.vkey"))).startsWith("hub.example/ledger-2+");
    }

    @Test
    void aBackupTellsProgramsItsCheckpointAndADamagedOneIsRefusedInASentence() throws Exception {
        Path backup = folder.resolve("backup");
        JsonNode written = Ran.command("hub", "backup", "--json", "--to", backup, "--config", hub.yaml())
                .json();
        assertThat(written.path("folder").asString()).isEqualTo(backup.toString());
        assertThat(written.path("checkpoint").asString())
                .isEqualTo(Files.readString(backup.resolve("checkpoint")))
                .startsWith("hub.example/ledger\n2\n");
        Ran twice = Ran.command("hub", "backup", "--to", backup, "--config", hub.yaml());
        assertThat(twice.exit()).isEqualTo(1);
        assertThat(twice.err()).startsWith("Something is there already; a backup goes into a new folder.");
        Path file = Files.writeString(folder.resolve("file"), "mine");
        Ran nowhere = Ran.command("hub", "backup", "--to", file.resolve("below"), "--config", hub.yaml());
        assertThat(nowhere.exit()).isEqualTo(69);
        assertThat(nowhere.err()).startsWith("The backup to ").contains("nothing of it is kept");

        Path to = folder.resolve("restored");
        Path key = hub.file("data/ledger.key");
        Ran neither = Ran.command("hub", "restore", "--from", backup, "--to", to, "--ledger-key", key);
        assertThat(neither.exit()).isEqualTo(2);
        assertThat(neither.err()).contains("--checkpoint known outside", "--no-checkpoint");
        assertThat(to).doesNotExist();
        Ran said = Ran.command("hub", "restore", "--from", backup, "--to", to, "--ledger-key", key, "--no-checkpoint");
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out())
                .contains(
                        "2 entries, each hashed anew",
                        "No checkpoint from outside was given",
                        "hub.example/ledger-2",
                        "Can sign in, as when the backup was written: nobody.",
                        "Suspended, as then: nobody.");
        Files.delete(backup.resolve("checkpoint"));
        Path other = folder.resolve("other");
        Ran refused =
                Ran.command("hub", "restore", "--from", backup, "--to", other, "--ledger-key", key, "--no-checkpoint");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("is no whole backup", "Nothing was restored.");
        assertThat(other).doesNotExist();
    }

    @Test
    void aCheckTellsOfAMailServerThatCannotBeUsed() throws Exception {
        Path config = folder.resolve("mail.yaml");
        for (Map.Entry<String, String> one : Map.of(
                        "{ host: smtp.example, security: none, from: hub@hub.example }", "Write tls or starttls",
                        "{ host: smtp.example, from: hub }", "hub@example.com",
                        "{ host: smtp.example, from: hub@hub.example, user: hub }", "stand together",
                        "{ host: smtp.example, from: hub@hub.example, user: hub, password: \"file:no\" }",
                                "cannot be read",
                        "{ host: smtp.example, from: hub@hub.example, security: ssl }", "starttls")
                .entrySet()) {
            Files.writeString(config, Files.readString(hub.yaml()) + "\nmail: " + one.getKey() + "\n");
            Ran refused = Ran.command("hub", "check", "--config", config);
            assertThat(refused.exit()).as(one.getKey()).isEqualTo(78);
            assertThat(refused.err()).contains("mail.yaml:", one.getValue());
        }
    }

    private static Ran with(Object[] first, Object... more) {
        Object[] all = java.util.Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return Ran.command(all);
    }

    @Test
    void anEmptyQuarantineAndMailboxesAreShown() {
        assertThat(Ran.command("hub", "quarantine", "list", "--json", "--config", hub.yaml())
                        .json())
                .isEmpty();
        assertThat(Ran.command("hub", "mailboxes", "--config", hub.yaml()).out())
                .startsWith("PARTY");
        Ran ran = Ran.command("hub", "quarantine", "release", "warranty-centre", "4711", "--config", hub.yaml());
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).startsWith("No such delivery is in quarantine.");
    }

    @Test
    void aReplayIsToldBeforeItIsDone() {
        Ran told = Ran.command(
                "hub",
                "replay",
                "--party",
                "warranty-centre",
                "--flow",
                "opel/warranty-claim",
                "--dry-run",
                "--config",
                hub.yaml());
        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(told.out()).contains("would be offered", "as of");
        Ran nothing = Ran.command(
                "hub",
                "replay",
                "--party",
                "warranty-centre",
                "--document",
                "never",
                "--reason",
                "r",
                "--config",
                hub.yaml());
        assertThat(nothing.exit()).isEqualTo(1);
        assertThat(nothing.err()).startsWith("There is no document never.");
        assertThat(Ran.command("hub", "replay", "--party", "warranty-centre", "--config", hub.yaml())
                        .exit())
                .isEqualTo(2);
        assertThat(Ran.command("hub", "replay", "list", "--config", hub.yaml()).out())
                .startsWith("NUMBER");
        assertThat(Ran.command("hub", "replay", "stop", "9", "--config", hub.yaml())
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void aStoppedHubsDataIsCheckedAndDamageIsNamed() throws Exception {
        hub.stop();
        Ran whole = Ran.command("hub", "check", "--config", hub.yaml(), "--json");
        assertThat(whole.exit()).as(whole.err()).isZero();
        assertThat(whole.json().path("whole").asBoolean()).isTrue();
        assertThat(whole.json().path("entries").asLong()).isPositive();

        Files.delete(hub.file("data/head"));
        Ran damaged = Ran.command("hub", "check", "--config", hub.yaml());
        assertThat(damaged.exit()).isEqualTo(1);
        assertThat(damaged.out()).contains("DAMAGED", "head is missing", "is damaged (1 findings above)");
        assertThat(Ran.command("hub", "check", "--data", hub.file("nowhere")).exit())
                .isEqualTo(69);
    }
}
