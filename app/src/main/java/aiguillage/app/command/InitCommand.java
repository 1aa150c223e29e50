package aiguillage.app.command;

import aiguillage.app.start.Plan;
import aiguillage.app.start.StartingFolder;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Terminal;
import aiguillage.config.Address;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// `aiguillage init`.
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = "Writes a starting configuration that runs as it stands: a hub, a brand, a dealer, a warranty"
                + " centre, two flows, a claim to send, and the next commands.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aiguillage init my-hub",
            "  aiguillage init my-hub --main 0.0.0.0:443 --enrolment 0.0.0.0:444",
        })
final class InitCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", defaultValue = ".", paramLabel = "FOLDER", description = "Empty or new (default: here).")
    private Path folder = Path.of(".");

    @Option(
            names = "--main",
            defaultValue = "0.0.0.0:8443",
            paramLabel = "HOST:PORT",
            description = "Where parties connect (${DEFAULT-VALUE}).")
    private String main = "";

    @Option(
            names = "--enrolment",
            defaultValue = "0.0.0.0:8444",
            paramLabel = "HOST:PORT",
            description = "Where gateways enrol (${DEFAULT-VALUE}).")
    private String enrolment = "";

    @Option(
            names = "--operations",
            defaultValue = "127.0.0.1:9443",
            paramLabel = "HOST:PORT",
            description = "Health, metrics, operator (${DEFAULT-VALUE}).")
    private String operations = "";

    @Option(
            names = "--console",
            defaultValue = "127.0.0.1:9444",
            paramLabel = "HOST:PORT",
            description = "The console, in a browser (${DEFAULT-VALUE}).")
    private String console = "";

    @Option(names = "--json", description = Texts.JSON)
    private boolean json;

    InitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        var listen = new Plan.Listen(
                Address.of(main), Address.of(enrolment), Address.of(operations), null, Address.of(console));
        var start = new StartingFolder(folder);
        start.write(Plan.smallest(listen));
        List<String> next = List.of("cd " + folder, "aiguillage ca init", "aiguillage hub run");
        if (json) {
            var answer = JsonMapper.shared().createObjectNode().put("folder", folder.toString());
            next.forEach(answer.putArray("next")::add);
            terminal.json(answer);
        } else {
            terminal.say("A configuration to start from is in " + folder + ". The next commands:");
            next.forEach(command -> terminal.say("  " + command));
            terminal.say("README.md there has the rest: the dealer's gateway, the first claim, its proof.");
        }
        return Exit.OK.code();
    }
}
