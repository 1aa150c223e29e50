package aiguillage.app.command;

import aiguillage.app.dataset.AtGateway;
import aiguillage.app.dataset.GatewayDataset;
import aiguillage.app.dataset.Standing;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `aiguillage dataset verify`: whether a replica is what the hub signed.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Whether this dealer's rows are those that the hub signed, and up to date. The gateway keeps"
                + " the hash of all rows and compares it with the signed root after each version and at each start.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aiguillage dataset verify opel/parts-prices",
            "",
            "Exit codes: 0 they are, 1 they are not, or nobody can tell, 69 the gateway is down, or has no such list."
        })
final class VerifyCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private AtGateway replica = new AtGateway();

    @Option(names = "--json", description = Texts.JSON)
    private boolean json;

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        try (GatewayDataset dataset = replica.open()) {
            JsonNode told = dataset.standing();
            var standing = new Standing(told);
            if (json) {
                terminal.json(told);
            } else {
                standing.lines().forEach(terminal::say);
            }
            return standing.isGood() ? Exit.OK.code() : Exit.NO.code();
        }
    }
}
