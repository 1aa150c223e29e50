package aiguillage.app.command;

import aiguillage.app.operator.OperatorClient;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Options of what a hub's operator asks: which hub, and how the command answers.
final class OnHub {

    @Option(names = "--config", defaultValue = "hub.yaml", paramLabel = "FILE", description = Texts.HUB_YAML)
    private Path config = Path.of("hub.yaml");

    @Option(names = "--json", description = Texts.JSON)
    private boolean json;

    Path config() {
        return config;
    }

    boolean json() {
        return json;
    }

    /// @throws aiguillage.app.terminal.Failure as [OperatorClient#of] does
    OperatorClient client() {
        return OperatorClient.of(config);
    }
}
