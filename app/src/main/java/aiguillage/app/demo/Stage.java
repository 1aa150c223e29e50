package aiguillage.app.demo;

import aiguillage.app.call.Caller;
import aiguillage.app.dataset.HubDataset;
import aiguillage.app.operator.OperatorClient;
import aiguillage.app.start.Plan;
import aiguillage.app.start.StartingFolder;
import aiguillage.app.terminal.Terminal;
import aiguillage.config.Address;
import aiguillage.config.ConfigReader;
import aiguillage.conformance.driver.Identity;
import aiguillage.conformance.driver.Place;
import aiguillage.gateway.Enrolled;
import aiguillage.gateway.GatewayConfig;
import aiguillage.gateway.dms.Folders;
import aiguillage.gateway.identity.IdentityFiles;
import aiguillage.gateway.status.StatusFile;
import aiguillage.hub.DataFolder;
import aiguillage.hub.HubConfig;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.Credential;
import aiguillage.pki.DurableFile;
import aiguillage.pki.Fingerprint;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.est.EnrolmentCode;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The demo's processes, from the empty folder to the last goodbye. What it does by itself is what an operator
/// would type: make an authority, write a configuration, make enrolment codes.
final class Stage implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofSeconds(40);
    private static final int HUB_MEGABYTES = 192;
    private static final int GATEWAY_MEGABYTES = 96;

    private final StartingFolder start;
    private final Cast cast;
    private final Plan plan;
    private final HubConfig config;
    private final Path logs;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<PartyId, Child> gateways = new LinkedHashMap<>();
    private final List<DoorDms> systems = new ArrayList<>();
    private final Child hub;
    private @Nullable Archive archive;

    /// Writes the configuration into an empty folder and starts the hub.
    ///
    /// @param hasConsole whether the hub has pages for people
    Stage(Path folder, Cast cast, boolean hasConsole) throws IOException, InterruptedException {
        this.cast = cast;
        start = new StartingFolder(folder);
        Path scratch = Files.createTempDirectory("aiguillage-ca-");
        CertificateAuthority authority = CertificateAuthority.init(scratch.resolve("ca"), "Demo", null, Instant.now());
        plan = cast.plan(Fingerprint.of(authority.chain().certificates().getLast()), hasConsole);
        start.write(plan);
        Files.move(scratch.resolve("ca"), start.authority());
        Files.delete(scratch);
        config = new ConfigReader().file(start.hubYaml(), HubConfig.class).value();
        logs = Files.createDirectory(folder.resolve("logs"));
        hub = Child.start(
                "hub",
                HUB_MEGABYTES,
                logs.resolve("hub.log"),
                "hub",
                "run",
                "--config",
                start.hubYaml().toString());
    }

    /// Enrols every party with a code of its own and starts its gateway, or, where the dealer has none, its
    /// system; the manufacturer needs neither.
    void enrolAll() throws IOException, InterruptedException {
        awaitHub();
        try (OperatorClient operator = OperatorClient.of(config)) {
            for (Plan.Member party : plan.parties()) {
                JsonNode code = operator.post(
                        "/operator/enrolments",
                        JsonMapper.shared()
                                .createObjectNode()
                                .put("party", party.id().value()));
                DurableFile.writeSecret(
                        start.code(party.id()), code.path("code").asString().getBytes(StandardCharsets.US_ASCII));
                if (party.role() == Plan.Role.MANUFACTURER || !cast.hasGateway(party.id())) {
                    enrol(party.id());
                } else {
                    gateways.put(party.id(), gateway(party));
                }
            }
        }
        for (Map.Entry<PartyId, Child> gateway : gateways.entrySet()) {
            gateway.getValue().await("connected to the hub", START_MAX, () -> isConnected(gateway.getKey()));
        }
        for (Cast.Workshop workshop : cast.withoutGateway()) {
            systems.add(system(workshop));
        }
        if (plan.archive().isPresent()) {
            archive = new Archive(archived(), identity(Cast.ARCHIVE), place(Cast.ARCHIVE));
        }
    }

    /// Where the archive's copies lie.
    Path archived() {
        return new Folders(start.party(Cast.ARCHIVE).resolve("dms")).in(Cast.ARCHIVED);
    }

    private DoorDms system(Cast.Workshop workshop) throws IOException {
        PartyId dealer = workshop.dealer().party();
        return new DoorDms(
                workshop,
                start.party(dealer).resolve("dms"),
                Objects.requireNonNull(workshop.door()),
                identity(dealer),
                place(dealer));
    }

    private Identity identity(PartyId party) throws IOException {
        IdentityFiles files = Enrolled.files(settings(party));
        return new Identity(party.value(), Credential.read(files.credential(), files.credential()), cast.sshKeyPair());
    }

    private Place place(PartyId party) throws IOException {
        HubConfig.Listeners listen = config.listen();
        return new Place(
                new Address("localhost", listen.main().port()),
                listen.sftp(),
                null,
                listen.ftps(),
                TrustAnchors.read(Enrolled.files(settings(party)).root()));
    }

    private void enrol(PartyId party) throws IOException, InterruptedException {
        var code = EnrolmentCode.parse(Files.readString(start.code(party)).strip());
        Enrolled.enrol(settings(party), code, plan.fingerprint(), InstantSource.system());
    }

    private GatewayConfig settings(PartyId party) throws IOException {
        return new ConfigReader()
                .file(start.gatewayYaml(party), GatewayConfig.class)
                .value();
    }

    /// The prices at the hub, for the manufacturer.
    HubDataset publisher() throws IOException {
        IdentityFiles files = Enrolled.files(settings(Cast.MAKER));
        var caller = Caller.withCertificate(
                URI.create("https://localhost:" + config.listen().main().port()),
                Credential.read(files.credential(), files.credential()),
                TrustAnchors.read(files.root()),
                null);
        var nobody = new PrintWriter(Writer.nullWriter());
        return HubDataset.ofParty(caller, Cast.PRICES, new Terminal(nobody, nobody));
    }

    /// The local doors of all who have the prices.
    List<DealerDoor> doors() throws IOException {
        List<DealerDoor> doors = new ArrayList<>();
        for (PartyId dealer : Cast.READERS) {
            doors.add(DealerDoor.of(dealer, start.gatewayYaml(dealer)));
        }
        return doors;
    }

    /// The operator's `aiguillage dataset trace`.
    Child.Ended trace(long version, Path excerpt) throws IOException, InterruptedException {
        return Child.typed(
                GATEWAY_MEGABYTES,
                logs.resolve("trace.log"),
                "dataset",
                "trace",
                Cast.PRICES.toString(),
                "--of",
                Long.toString(version),
                excerpt.toString(),
                "--config",
                start.hubYaml().toString(),
                "--json");
    }

    private Child gateway(Plan.Member party) throws IOException {
        String[] command = party.role() == Plan.Role.CENTRE
                ? new String[] {"demo", "centre", "--config", config(party)}
                : new String[] {"gateway", "run", "--config", config(party)};
        return Child.start(party.id().value(), GATEWAY_MEGABYTES, logs.resolve(party.id() + ".log"), command);
    }

    private String config(Plan.Member party) {
        return start.gatewayYaml(party.id()).toString();
    }

    private boolean isConnected(PartyId party) {
        try {
            return new StatusFile(settings(party).data())
                    .read()
                    .filter(status -> status.hubs().getFirst().connectedSince() != null)
                    .isPresent();
        } catch (IOException notYet) {
            return false;
        }
    }

    void awaitHub() throws IOException, InterruptedException {
        hub.await("ready for documents", START_MAX, this::isReady);
    }

    private boolean isReady() {
        var request = HttpRequest.newBuilder(
                        URI.create("http://" + config.listen().operations() + "/health/ready"))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Kills the hub without warning and starts it again.
    void killHub() throws IOException, InterruptedException {
        hub.killAndRestart();
    }

    /// What waits in mailboxes for anybody, quarantine included.
    long waitingInMailboxes() {
        try (OperatorClient operator = OperatorClient.of(config)) {
            long waiting = 0;
            for (JsonNode mailbox : operator.get("/operator/mailboxes")) {
                waiting += mailbox.path("pending").asLong()
                        + mailbox.path("quarantined").asLong();
            }
            return waiting;
        }
    }

    /// Where the first person makes a security key, as the hub wrote it for who stands at its machine.
    ///
    /// @throws IOException when it has no console, or somebody was there
    String consoleLink() throws IOException {
        return Files.readString(new DataFolder(config.data()).firstOperator()).strip();
    }

    StartingFolder folder() {
        return start;
    }

    /// Whether every process runs.
    boolean isWhole() {
        return hub.isAlive()
                && gateways.values().stream().allMatch(Child::isAlive)
                && systems.stream().allMatch(DoorDms::isAlive)
                && (archive == null || archive.isAlive());
    }

    /// Ends every process: the gateways first, so that none complains of a missing hub.
    @Override
    public void close() {
        try {
            systems.forEach(DoorDms::close);
            if (archive != null) {
                archive.close();
            }
            gateways.values().forEach(Child::stop);
            for (Child gateway : gateways.values()) {
                gateway.end();
            }
            hub.stop();
            hub.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            http.close();
        }
    }
}
