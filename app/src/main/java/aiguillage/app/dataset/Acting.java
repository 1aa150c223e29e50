package aiguillage.app.dataset;

import aiguillage.app.operator.OperatorClient;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// As whom a command acts: as the operator, with the hub's configuration, or as a party. Options of several commands.
public final class Acting {

    private static final String HUB_YAML = "hub.yaml";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Act as the operator, with the hub's configuration (default: " + HUB_YAML + ").")
    private @Nullable Path config;

    @Mixin
    private AsParty party = new AsParty();

    /// The dataset as whoever acts sees it.
    public HubDataset dataset(String name, Terminal terminal) throws IOException {
        if (!party.isGiven()) {
            if (config == null && Files.notExists(Path.of(HUB_YAML))) {
                throw new Failure(
                        Exit.CONFIGURATION,
                        "There is no " + HUB_YAML + " here. Name the hub's with --config, or act as a publisher:"
                                + " --gateway gateway.yaml.");
            }
            return operators(name, config == null ? Path.of(HUB_YAML) : config, terminal);
        }
        if (config != null) {
            throw new Failure(Exit.USAGE, "Act either as the operator (--config) or as a party, not as both.");
        }
        return party.dataset(name, terminal);
    }

    /// The dataset for the operator.
    public static HubDataset operators(String name, Path hubYaml, Terminal terminal) {
        var dataset = Named.dataset(name);
        return HubDataset.ofOperator(OperatorClient.of(hubYaml).caller(), dataset, terminal);
    }
}
