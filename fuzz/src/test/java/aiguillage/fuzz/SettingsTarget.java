package aiguillage.fuzz;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.config.ConfigException;
import aiguillage.config.ConfigReader;
import aiguillage.gateway.GatewayConfig;
import aiguillage.hub.HubConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `hub.yaml` and `gateway.yaml`.
record SettingsTarget(Class<? extends Record> type, String seed, Path file) implements Target {

    private static final String HUB = """
            name: hub.example
            listen: { main: 0.0.0.0:8443 }
            certificates: { names: [localhost], lifetime: 30d }
            authorities:
              - { root: a.pem, issuing: b.pem, revocation-list: http://pki.example/list.crl, grace: 2h }
            limits: { free-space-min: 2GB, each-party: { uploads-open: 3 }, role-multiples: { centre: 20 } }
            """;

    private static final String GATEWAY = """
            party: dealer-7
            hubs: [{ name: main, addresses: [https://hub.example:8443], brands: [opel] }]
            signed: [opel/warranty-claim]
            """;

    static SettingsTarget of(String which) throws IOException {
        Path file = Files.createTempDirectory("fuzz").resolve(which + ".yaml");
        return which.equals("hub")
                ? new SettingsTarget(HubConfig.class, HUB, file)
                : new SettingsTarget(GatewayConfig.class, GATEWAY, file);
    }

    @Override
    public List<byte[]> seeds() {
        return Inputs.of(seed);
    }

    @Override
    public void run(byte[] input) throws IOException {
        if (Inputs.text(input).contains("file:")) {
            return; // a secret's file would be opened: the operator's own business
        }
        Files.write(file, input);
        try {
            new ConfigReader().file(file, type);
        } catch (ConfigException refused) {
            require(!refused.problems().isEmpty(), "says what is wrong");
        }
    }
}
