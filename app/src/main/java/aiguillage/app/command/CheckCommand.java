package aiguillage.app.command;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Terminal;
import aiguillage.config.ConfigReader;
import aiguillage.hub.Check;
import aiguillage.hub.HubConfig;
import aiguillage.hub.Progress;
import aiguillage.hub.check.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `aiguillage hub check`.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a whole data folder, or a backup, while no hub runs on it: every entry against the ledger, the"
                    + " ledger's root against the signed head, every payload against its digest, every view against the"
                    + " entries it follows from. Names each file or record that is damaged; changes nothing.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aiguillage hub check",
            "  aiguillage hub check --data data --checkpoint /elsewhere/newest.checkpoint",
            "  aiguillage hub check --data /backup/monday --ledger-key /safe/ledger.key",
            "",
            "Exit codes: 0 all is whole, 1 damage was found, 69 the check cannot be",
            "made (no such folder, or a hub runs on it)."
        })
final class CheckCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--config", defaultValue = "hub.yaml", paramLabel = "FILE", description = Texts.HUB_YAML)
    private Path config = Path.of("hub.yaml");

    @Option(names = "--data", paramLabel = "FOLDER", description = "The folder, instead of the configuration's.")
    private @Nullable Path data;

    @Option(
            names = "--ledger-key",
            paramLabel = "FILE",
            description = "The hub's ledger.key, where the folder has none (a backup).")
    private @Nullable Path key;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "The newest checkpoint known outside; without it a loss of the whole folder's newest part"
                    + " cannot be told from a kill.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--scratch",
            paramLabel = "FOLDER",
            description = "Where there is room for the views made again; the system's folder for temporary files"
                    + " unless told otherwise.")
    private @Nullable Path scratch;

    @Option(names = "--json", description = Texts.JSON)
    private boolean json;

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        Path folder = data == null
                ? new ConfigReader().file(config, HubConfig.class).value().data()
                : data;
        var progress = new Progress((step, done, of) -> terminal.err().printf("%s: %d of %d%n", step, done, of));
        Report report = new Check(folder, key, progress)
                .run(
                        checkpoint == null ? null : Files.readString(checkpoint),
                        scratch == null ? Path.of(System.getProperty("java.io.tmpdir")) : scratch);
        if (json) {
            terminal.json(json(report));
        } else {
            report.findings().forEach(finding -> terminal.say("DAMAGED  " + finding));
            report.notes().forEach(note -> terminal.say("note     " + note));
            terminal.say(sentence(folder, report));
        }
        return (report.isWhole() ? Exit.OK : Exit.NO).code();
    }

    private static String sentence(Path folder, Report report) {
        return report.isWhole()
                ? folder + " is whole: " + report.entries() + " entries, each hashed anew; " + report.rows()
                        + " records as they follow from them; " + report.payloads()
                        + " payloads, each with the digest its entry names."
                : folder + " is damaged (" + report.findings().size()
                        + " findings above). Do not start a hub on it; what to do: docs/operations.md, \"A damaged"
                        + " store\".";
    }

    private static ObjectNode json(Report report) {
        ObjectNode answer = JsonMapper.shared()
                .createObjectNode()
                .put("whole", report.isWhole())
                .put("entries", report.entries())
                .put("records", report.rows())
                .put("payloads", report.payloads())
                .put("payloadFiles", report.files())
                .put("root", report.head());
        report.findings().forEach(answer.putArray("findings")::add);
        report.notes().forEach(answer.putArray("notes")::add);
        return answer;
    }
}
