package aiguillage.app.testing;

import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import aiguillage.pki.EcKeys;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// A hub with datasets: `opel` and `opel-second` publish, `dealer-7` reads. What each of them types is typed here.
public final class DatasetScene implements AutoCloseable {

    public static final String PRICES = "opel/parts-prices";
    public static final String MARKED = "opel/marked-prices";

    private static final String DATASETS = """
            datasets:
              opel/parts-prices:
                from: manufacturer
                to: dealer
                columns:
                  - { name: part, key: true }
                  - { name: price, type: decimal, required: true, sensitive: true }
                csv: { actions: { column: action } }
                json: {}
                guards: { least: { price: 0.01 }, changed-max: { price: 50 } }
              opel/marked-prices:
                from: manufacturer
                to: dealer
                columns:
                  - { name: part, key: true }
                  - { name: description, language: fr }
                  - { name: price, type: decimal }
                csv: {}
                marks: { texts: [description], prices: [price] }
            """;

    private final Path folder;
    private final StartedHub hub;

    public DatasetScene(Path folder) throws Exception {
        this.folder = folder;
        this.hub = new StartedHub(folder.resolve("hub"));
        Path flows = hub.file("flows.yaml");
        String parties = """
                parties:
                  opel: { roles: [manufacturer], brands: [opel], region: eu }
                  opel-second: { roles: [manufacturer], brands: [opel], region: eu }
                """;
        Files.writeString(flows, Files.readString(flows).replace("parties:\n", parties) + DATASETS);
        Ran applied = Ran.command("flows", "apply", flows, "--config", hub.yaml());
        if (applied.exit() != 0) {
            throw new AssertionError(applied);
        }
        for (String party : List.of("opel", "opel-second", "dealer-7")) {
            credential(party).write(pem(party));
        }
    }

    public StartedHub hub() {
        return hub;
    }

    public Path root() {
        return hub.file("ca/root/certificate.pem");
    }

    /// A key and certificates of a party from another authority.
    public Path foreign(String party, Path authority) throws IOException {
        Path file = folder.resolve("foreign-" + party + ".pem");
        credential(party, authority).write(file);
        return file;
    }

    private Credential credential(String party) throws IOException {
        return credential(party, hub.file("ca"));
    }

    private static Credential credential(String party, Path authority) throws IOException {
        KeyPair pair = EcKeys.generate();
        var id = new PartyId(party);
        return new Credential(
                pair.getPrivate(),
                CertificateAuthority.openIssuing(authority)
                        .issue(
                                CertificateRequest.create(pair, id),
                                id,
                                new CertificateUse.Client(),
                                Duration.ofDays(30),
                                Instant.now()));
    }

    /// A party's key and certificates.
    public Path pem(String party) {
        return folder.resolve(party + ".pem");
    }

    /// A `dataset` command as a party.
    public Ran as(String party, Object... arguments) {
        return Ran.command(Stream.of(
                        Stream.of("dataset"),
                        Stream.of(arguments),
                        Stream.of(
                                "--hub",
                                hub.mainUri(),
                                "--credential",
                                pem(party),
                                "--root",
                                hub.file("ca/root/certificate.pem")))
                .flatMap(part -> part)
                .toArray());
    }

    /// A `dataset` command as the operator.
    public Ran operator(Object... arguments) {
        return Ran.command(Stream.of(Stream.of("dataset"), Stream.of(arguments), Stream.of("--config", hub.yaml()))
                .flatMap(part -> part)
                .toArray());
    }

    /// A gateway.yaml for a party that is enrolled already.
    ///
    /// @param settings more of it, in lines
    public Path gateway(String party, String settings) throws IOException {
        Path own = folder.resolve(party);
        Path identity = Files.createDirectories(own.resolve("data/identity"));
        Path credential = Files.copy(pem(party), identity.resolve("credential.pem"));
        Files.setPosixFilePermissions(credential, PosixFilePermissions.fromString("rw-------"));
        Files.copy(root(), identity.resolve("root.pem"));
        return Files.writeString(own.resolve("gateway.yaml"), """
                party: %s
                hubs: [{ name: main, addresses: [%s], brands: [opel] }]
                %s""".formatted(party, hub.mainUri(), settings));
    }

    public Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /// The party `opel` publishes prices.
    public void publish(Path file, Object... more) {
        Ran ran = as(
                "opel",
                Stream.concat(Stream.of("publish", PRICES, file), Stream.of(more))
                        .toArray());
        if (ran.exit() != 0) {
            throw new AssertionError(ran);
        }
    }

    @Override
    public void close() {
        hub.close();
    }
}
