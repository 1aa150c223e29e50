package aiguillage.app.command;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Terminal;
import aiguillage.app.terminal.TextTable;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// `aiguillage ca …`: the built-in authority.
@Command(
        name = "ca",
        mixinStandardHelpOptions = true,
        description = "The certificates' authority: an offline root and the issuing authority of the hub.",
        synopsisSubcommandLabel = "COMMAND")
final class CaCommands {

    private final Terminal terminal;

    CaCommands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "init",
            mixinStandardHelpOptions = true,
            description = "Makes a root (10 years) and an issuing authority below it (3 years). Move the root's key"
                    + " to a safe afterwards: the hub does not need it.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  aiguillage ca init",
                "  aiguillage ca init --folder /etc/aiguillage/ca --name \"Opel dealers\" \\",
                "      --root-passphrase",
            })
    int init(
            @Option(names = "--folder", defaultValue = "ca", paramLabel = "FOLDER", description = FOLDER) Path folder,
            @Option(
                            names = "--name",
                            defaultValue = "Aiguillage",
                            paramLabel = "NAME",
                            description = "The organisation, as people read it in a certificate.")
                    String name,
            @Option(
                            names = "--root-passphrase",
                            arity = "0..1",
                            interactive = true,
                            paramLabel = "WORDS",
                            description = PASSPHRASE)
                    char @Nullable [] passphrase,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        show(CertificateAuthority.init(folder, name, passphrase, Instant.now()), folder, json);
        return Exit.OK.code();
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "The root's fingerprint, which every gateway needs once, and how long the authority holds.",
            footerHeading = "%nExamples:%n",
            footer = {"  aiguillage ca show", "  aiguillage ca show --folder my-hub/ca --json"})
    int show(
            @Option(names = "--folder", defaultValue = "ca", paramLabel = "FOLDER", description = FOLDER) Path folder,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        requireThere(folder);
        show(CertificateAuthority.openIssuing(folder), folder, json);
        return Exit.OK.code();
    }

    @Command(
            name = "renew",
            mixinStandardHelpOptions = true,
            description = "Replaces the issuing authority by a new one with a new key. Needs the root's key; what"
                    + " the old one issued stays valid. Restart the hub afterwards.",
            footerHeading = "%nExamples:%n",
            footer = {"  aiguillage ca renew --root-passphrase"})
    int renew(
            @Option(names = "--folder", defaultValue = "ca", paramLabel = "FOLDER", description = FOLDER) Path folder,
            @Option(
                            names = "--root-passphrase",
                            arity = "0..1",
                            interactive = true,
                            paramLabel = "WORDS",
                            description = PASSPHRASE)
                    char @Nullable [] passphrase,
            @Option(names = "--json", description = Texts.JSON) boolean json)
            throws IOException {
        requireThere(folder);
        show(CertificateAuthority.renew(folder, passphrase, Instant.now()), folder, json);
        return Exit.OK.code();
    }

    /// @throws Failure when no authority was made there
    static void requireThere(Path folder) {
        if (Files.notExists(folder.resolve("issuing"))) {
            throw new Failure(
                    Exit.CONFIGURATION,
                    "There is no authority in " + folder + ". Make it with `aiguillage ca init --folder " + folder
                            + "`.");
        }
    }

    private static final String FOLDER = "The authority's folder (default: ${DEFAULT-VALUE}).";
    private static final String PASSPHRASE = "Of the root's key file; asked for when no value is given.";

    private void show(CertificateAuthority authority, Path folder, boolean json) {
        X509Certificate issuing = authority.certificate();
        X509Certificate root = authority.chain().certificates().getLast();
        if (json) {
            terminal.json(JsonMapper.shared()
                    .createObjectNode()
                    .put("folder", folder.toString())
                    .put("fingerprint", Fingerprint.of(root).toString())
                    .put("root", root.getSubjectX500Principal().getName())
                    .put("rootUntil", root.getNotAfter().toInstant().toString())
                    .put("issuing", issuing.getSubjectX500Principal().getName())
                    .put("issuingUntil", issuing.getNotAfter().toInstant().toString()));
            return;
        }
        terminal.say(new TextTable("authority", folder.toString())
                .row("root", root.getSubjectX500Principal().getName())
                .row("root until", root.getNotAfter().toInstant())
                .row("issuing", issuing.getSubjectX500Principal().getName())
                .row("issuing until", issuing.getNotAfter().toInstant())
                .text());
        terminal.say("fingerprint of the root, for every gateway:");
        terminal.say(Fingerprint.of(root).toString());
    }
}
