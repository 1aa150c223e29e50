package aiguillage.app.dataset;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which replica a dealer asks about: parameters of several commands.
public final class AtGateway {

    @Parameters(index = "0", paramLabel = "DATASET", description = "As brand/name.")
    private String name = "";

    @Option(
            names = "--config",
            defaultValue = "gateway.yaml",
            paramLabel = "FILE",
            description = "The gateway's configuration (default: ${DEFAULT-VALUE}).")
    private Path config = Path.of("gateway.yaml");

    /// The replica.
    public GatewayDataset open() throws IOException {
        return GatewayDataset.of(config, name);
    }

    /// The dataset's name.
    public String name() {
        return name;
    }
}
