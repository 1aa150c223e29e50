package aiguillage.app.start;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.warranty.ClaimGenerator;
import aiguillage.app.warranty.ClaimLines;
import aiguillage.app.warranty.Dealer;
import aiguillage.app.warranty.WarrantyDocuments;
import aiguillage.config.Address;
import aiguillage.gateway.GatewayConfig;
import aiguillage.hub.HubConfig;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Where the files of a starting configuration lie.
///
/// ```
/// hub.yaml            the hub
/// flows.yaml          brands, parties, and which documents go where
/// schemas/            what payloads are checked against
/// formats/            by what flat files are read, where there are any
/// <party>/gateway.yaml  one gateway per party; its DMS folders appear beside it
/// claim.xml           a warranty claim to send
/// README.md           the next commands
/// ```
public record StartingFolder(Path folder) {

    private static final long SAMPLE_SEED = 7;

    public Path hubYaml() {
        return folder.resolve("hub.yaml");
    }

    /// The folder for `aiguillage ca init`.
    public Path authority() {
        return folder.resolve("ca");
    }

    /// The formats of flat files, where the plan has any.
    public Path formats() {
        return folder.resolve("formats");
    }

    public Path party(PartyId party) {
        return folder.resolve(party.value());
    }

    public Path gatewayYaml(PartyId party) {
        return party(party).resolve("gateway.yaml");
    }

    /// Where the one-time enrolment code of a party is expected.
    public Path code(PartyId party) {
        return party(party).resolve("code.txt");
    }

    /// Writes everything.
    ///
    /// @throws Failure when the folder is not empty: nothing is overwritten
    public void write(Plan plan) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> there = Files.list(folder)) {
            if (there.findAny().isPresent()) {
                throw new Failure(
                        Exit.NO,
                        "The folder " + folder + " is not empty, and nothing is overwritten. Name another one.");
            }
        }
        Files.writeString(hubYaml(), hub(plan));
        Files.writeString(folder.resolve("flows.yaml"), new FlowsText(plan).yaml());
        Path schemas = Files.createDirectory(folder.resolve("schemas"));
        copySchema(WarrantyDocuments.CLAIM_SCHEMA, schemas);
        copySchema(WarrantyDocuments.DECISION_SCHEMA, schemas);
        if (plan.archive().isPresent()) {
            ClaimLines.write(formats());
        }
        for (Plan.Member party : plan.parties()) {
            Files.createDirectory(party(party.id()));
            Files.writeString(gatewayYaml(party.id()), gateway(plan, party));
        }
        Files.write(folder.resolve("claim.xml"), sample(plan));
        Files.writeString(folder.resolve("README.md"), NextCommands.markdown(plan));
    }

    private static String hub(Plan plan) {
        var sample = new FilledSample(HubConfig.class)
                .with("name", plan.hub())
                .with("listen.main", plan.listen().main())
                .with("listen.enrolment", plan.listen().enrolment())
                .with("listen.operations", plan.listen().operations())
                .with("limits.free-space-min", "200MB");
        Address console = plan.listen().console();
        if (console != null) {
            String origin = new HubConfig.Console(console, null, null, null).home();
            sample.with("console", "{ listen: \"" + console + "\", origin: \"" + origin + "\" }");
        }
        if (plan.listen().sftp() != null) {
            sample.with("listen.sftp", plan.listen().sftp())
                    .with("doors.star", true)
                    .with("doors.as4", true);
        }
        return sample.yaml();
    }

    private static String gateway(Plan plan, Plan.Member party) {
        String brands =
                String.join(", ", party.brands().stream().map(Brand::value).toList());
        var sample = new FilledSample(GatewayConfig.class)
                .with("party", party.id())
                .with(
                        "hubs",
                        "[{ name: main, addresses: [https://localhost:"
                                + plan.listen().main().port() + "], brands: [" + brands + "] }]")
                .with(
                        "identity.enrolment",
                        "https://localhost:" + plan.listen().enrolment().port())
                .with("door.listen", party.door())
                .with("settle", "0ms")
                .with("line.retry-longest", plan.retryLongest().toSeconds() + "s");
        if (plan.fingerprint() != null) {
            sample.with("identity.code", "file:code.txt").with("identity.fingerprint", plan.fingerprint());
        }
        return sample.yaml();
    }

    private static void copySchema(String name, Path folder) throws IOException {
        try (InputStream in = WarrantyDocuments.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("the resource " + name + " is missing beside " + WarrantyDocuments.class);
            }
            Files.copy(in, folder.resolve(name));
        }
    }

    private static byte[] sample(Plan plan) {
        Plan.Member dealer = plan.parties().stream()
                .filter(party -> party.role() == Plan.Role.DEALER)
                .findFirst()
                .orElseThrow();
        return new ClaimGenerator(SAMPLE_SEED)
                .claim(Dealer.french(dealer.id()), dealer.brands().getFirst(), 1)
                .xml();
    }
}
