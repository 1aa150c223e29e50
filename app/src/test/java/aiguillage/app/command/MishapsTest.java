package aiguillage.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.app.call.Caller;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Terminal;
import aiguillage.app.testing.Ran;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What goes wrong is a sentence and an exit code.
class MishapsTest {

    @TempDir
    Path folder;

    @Test
    void aBrokenConfigurationNamesFileAndLine() throws IOException {
        Path yaml = Files.writeString(folder.resolve("hub.yaml"), "name: hub.example\nlisten:\n  mian: 0.0.0.0:1\n");
        Ran ran = Ran.command("hub", "run", "--config", yaml);
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).contains("hub.yaml:3:3").contains("main").doesNotContain("Exception");
    }

    @Test
    void aBrokenFlowsFileNamesFileAndLine() throws IOException {
        Path yaml = Files.writeString(
                folder.resolve("flows.yaml"),
                "brands: {}\nparties: {}\nflows: { opel/x: { from: dealer, to: nobody } }\n");
        Ran ran = Ran.command("flows", "check", yaml);
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).contains("flows.yaml:3:");
    }

    @Test
    void aHubThatDoesNotRunIsUnavailable() throws IOException {
        Path yaml = Files.writeString(folder.resolve("hub.yaml"), "name: hub.example\n");
        Ran ran = Ran.command("hub", "status", "--config", yaml);
        assertThat(ran.exit()).isEqualTo(69);
        assertThat(ran.err()).contains("aiguillage hub run");
    }

    @Test
    void aHubWithoutAnAuthorityOrAConfigurationSaysHowToMakeThem() throws IOException {
        Path yaml = Files.writeString(folder.resolve("hub.yaml"), "name: hub.example\n");
        Ran none = Ran.command("hub", "run", "--config", yaml);
        assertThat(none.exit()).isEqualTo(78);
        assertThat(none.err()).contains("There is no authority in ", "aiguillage ca init --folder ");
        Ran nowhere = Ran.command("hub", "check", "--config", folder.resolve("none.yaml"));
        assertThat(nowhere.exit()).isEqualTo(78);
        assertThat(nowhere.err()).contains("--config", "aiguillage init");
    }

    @Test
    void anAuthorityIsNeverOverwritten() {
        assertThat(Ran.command("ca", "init", "--folder", folder.resolve("ca")).out())
                .contains("fingerprint");
        Ran again = Ran.command("ca", "init", "--folder", folder.resolve("ca"));
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("never overwritten");
    }

    @Test
    void aFolderWithFilesIsNeverInitialised() throws IOException {
        Files.writeString(folder.resolve("mine"), "");
        Ran ran = Ran.command("init", folder);
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("is not empty");
    }

    @Test
    void aMissingFileIsNamed() {
        Ran ran = Ran.command("receipt", "show", folder.resolve("none.json"));
        assertThat(ran.exit()).isEqualTo(69);
        assertThat(ran.err()).startsWith("There is no file ");
    }

    @Test
    void aDocumentIsNoReceipt() throws IOException {
        Path claim = Files.writeString(folder.resolve("claim.xml"), "<claim/>");
        Ran ran = Ran.command("receipt", "show", claim);
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).startsWith(claim + " is no receipt.");
    }

    @Test
    void aLanguageThatNoWordsAreInIsAUsageError() {
        Ran ran = Ran.command("gateway", "status", "--language", "de");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("--language");
    }

    private static Failure refused(int status, String problem) {
        try (var caller = Caller.withToken(Caller.Called.HUB, URI.create("http://127.0.0.1:1"), "any")) {
            return caller.refused(status, problem);
        }
    }

    @Test
    void aRefusalSaysWhatAndNotOnlyOfWhichThing() {
        Failure revoked = refused(401, """
                {"code":"certificate-revoked","title":"The certificate was revoked.",
                 "detail":"Its serial is 4f2a.","remedy":"Enrol again with a new code."}""");
        assertThat(revoked)
                .hasMessage("The certificate was revoked. Its serial is 4f2a.\nEnrol again with a new code.");
        assertThat(revoked.exit()).isEqualTo(Exit.NO);
        assertThat(refused(404, """
                {"code":"not-found","title":"There is nothing here for you.","detail":"No version 1 stands."}""")).hasMessage("No version 1 stands.");
    }

    @Test
    void anotherHubAtTheOperatorsAddressIsNamedAsSuch() {
        Failure other = refused(403, """
                {"code":"not-authorised","title":"This flow is not open to you.","detail":"Send the token."}""");
        assertThat(other.exit()).isEqualTo(Exit.UNAVAILABLE);
        assertThat(other)
                .hasMessageStartingWith("At http://127.0.0.1:1 another hub answers")
                .hasMessageNotContaining("flow");
    }

    @Test
    void aDefectSaysThatItIsOne() {
        var err = new StringWriter();
        var terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err));
        CommandLine command = Aiguillage.commandLine(terminal);
        int exit = new Mishaps(terminal)
                .handleExecutionException(
                        new IllegalStateException("two and two"), command, command.parseArgs("reference", "flows"));
        assertThat(exit).isEqualTo(70);
        assertThat(err.toString())
                .startsWith("This is a defect; please report it")
                .contains("two and two");
    }

    @Test
    void aWrongOptionIsAUsageError() {
        Ran ran = Ran.command("gateway", "status", "--jsno");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("--json");
    }

    @Test
    void aLinkToThePageIsMadeByTheGatewaysUserAlone() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Path yaml = Files.writeString(folder.resolve("gateway.yaml"), """
                party: dealer-7
                hubs: [{ name: main, addresses: [https://localhost:1], brands: [opel] }]
                """);
        Ran own = Ran.command("gateway", "page-link", "--config", yaml);
        assertThat(own.exit()).as(own.err()).isZero();

        Path another = Path.of("/"); // of root, as which some run this test: root may give a folder away
        if (Files.getOwner(another).equals(Files.getOwner(data))) {
            Files.setAttribute(data, "unix:uid", 54_321);
            another = data;
        }
        Files.writeString(yaml, "data: \"" + another + "\"\n", StandardOpenOption.APPEND);
        Ran foreign = Ran.command("gateway", "page-link", "--config", yaml);
        assertThat(foreign.exit()).isEqualTo(1);
        assertThat(foreign.err()).contains("is of the user", "sudo -u").doesNotContain("Exception");
    }

    @Test
    void aGatewayWithoutAnEnrolmentAddressCannotBeEnrolled() throws IOException {
        Path yaml = Files.writeString(folder.resolve("gateway.yaml"), """
                party: dealer-7
                hubs: [{ name: main, addresses: [https://localhost:1], brands: [opel] }]
                """);
        Ran ran = Ran.command("gateway", "enrol", "--config", yaml, "--code", "any");
        assertThat(ran.exit()).isEqualTo(78);
        assertThat(ran.err()).contains("has no identity.enrolment");
    }
}
