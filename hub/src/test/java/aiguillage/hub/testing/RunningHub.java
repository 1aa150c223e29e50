package aiguillage.hub.testing;

import aiguillage.config.Address;
import aiguillage.config.Bytes;
import aiguillage.hub.DataFolder;
import aiguillage.hub.Hub;
import aiguillage.hub.HubConfig;
import aiguillage.hub.Inside;
import aiguillage.hub.directory.Role;
import aiguillage.hub.ftps.PortRange;
import aiguillage.hub.quota.Allowance;
import aiguillage.hub.quota.Multiple;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.Credential;
import aiguillage.pki.EcKeys;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.est.EnrolmentCode;
import aiguillage.pki.est.EstAnswer;
import aiguillage.pki.est.EstClient;
import aiguillage.pki.est.EstServer;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.LedgerKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/// A whole hub on free ports of loopback, in this process, with its own authority; and clients for its parties.
public final class RunningHub implements AutoCloseable {

    public static final String FLOWS = """
            brands:
              opel: { text: Opel }
              citroen: { text: Citroën }
            parties:
              dealer-7: { roles: [dealer], brands: [opel, citroen], country: fr, region: eu }
              dealer-8: { roles: [dealer], brands: [opel], country: de, region: eu }
              dealer-9: { roles: [dealer], brands: [citroen], country: fr, region: eu }
              opel-centre: { roles: [centre], brands: [opel], region: eu }
              opel-audit: { roles: [audit], brands: [opel], region: eu }
              citroen-centre: { roles: [centre], brands: [citroen], region: eu }
            flows:
              opel/warranty-claim: { from: dealer, to: opel-centre, copies: [opel-audit] }
              opel/warranty-decision: { from: centre, to: { recipient: dealer } }
              opel/note: { from: dealer, to: opel-centre, notices: [], payload-max: 1kB }
              opel/film: { from: dealer, to: opel-centre, payload-max: 2GB }
              opel/signed: { from: dealer, to: opel-centre, signed: required }
              citroen/warranty-claim: { from: dealer, to: citroen-centre }
            """;

    private static final Address ANY = new Address("127.0.0.1", 0);

    private final Parties parties;
    private final HubConfig config;
    private final Hub hub;
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    /// Starts a hub in a folder; on the same folder again it goes on where it stopped.
    public RunningHub(Path folder) throws Exception {
        this(folder, FLOWS, InstantSource.system());
    }

    public RunningHub(Path folder, String flows, InstantSource clock) throws Exception {
        this(config(folder, flows, clock), clock);
    }

    public RunningHub(HubConfig config, InstantSource clock) throws Exception {
        this.config = config;
        this.parties = new Parties(config.certificates().authority(), clock);
        this.hub = Hub.start(config, clock, failure::complete);
    }

    /// A configuration in a folder, with an authority and a flows file written there.
    public static HubConfig config(Path folder, String flows, InstantSource clock) throws IOException {
        Path ca = folder.resolve("ca");
        if (!Files.exists(ca)) {
            CertificateAuthority.init(ca, "Test", null, clock.instant());
        }
        Path file = folder.resolve("flows.yaml");
        Files.writeString(file, flows);
        Path schemas = Files.createDirectories(folder.resolve("schemas"));
        return new HubConfig(
                Documents.HUB,
                folder.resolve("data"),
                file,
                schemas,
                new HubConfig.Listeners(ANY, ANY, ANY),
                new HubConfig.Certificates(ca, List.of("localhost", "127.0.0.1"), Duration.ofDays(30)),
                List.of(),
                limits());
    }

    /// The same hub, which speaks STAR's transport too.
    public static HubConfig speakingStar(HubConfig config) {
        return with(config, new HubConfig.Ways(true, config.doors().as4()));
    }

    /// The same hub, with its AS4 door open.
    public static HubConfig speakingAs4(HubConfig config) {
        return with(config, new HubConfig.Ways(config.doors().star(), true));
    }

    /// The same hub, which takes signed messages of STAR without a client certificate too.
    public static HubConfig takingSignedStar(HubConfig config) {
        HubConfig.Listeners listen = config.listen();
        return with(
                config,
                new HubConfig.Listeners(
                        listen.main(),
                        listen.enrolment(),
                        listen.operations(),
                        listen.sftp(),
                        ANY,
                        listen.ftps(),
                        listen.ftpsData(),
                        listen.ftpsAddress()));
    }

    /// The same hub, with its doors of files open: SFTP and FTPS.
    public static HubConfig speakingFiles(HubConfig config) {
        HubConfig.Listeners listen = config.listen();
        return with(
                config,
                new HubConfig.Listeners(
                        listen.main(),
                        listen.enrolment(),
                        listen.operations(),
                        ANY,
                        listen.starSigned(),
                        ANY,
                        new PortRange(0, 0),
                        null));
    }

    /// The same hub, with another folder of schemas.
    public static HubConfig checkingBy(Path schemas, HubConfig config) {
        return with(config, schemas, config.listen(), config.authorities(), config.limits(), config.doors());
    }

    /// The same hub, which believes an existing authority too.
    public static HubConfig trusting(HubConfig.Authority authority, HubConfig config) {
        return with(config, config.schemas(), config.listen(), List.of(authority), config.limits(), config.doors());
    }

    /// The same hub, with other limits.
    public static HubConfig limitedTo(HubConfig.Limits limits, HubConfig config) {
        return with(config, config.schemas(), config.listen(), config.authorities(), limits, config.doors());
    }

    /// The same hub, which takes documents while so much is free on its disk.
    public static HubConfig reserving(Bytes freeSpaceMin, HubConfig config) {
        HubConfig.Limits limits = config.limits();
        return limitedTo(
                new HubConfig.Limits(
                        freeSpaceMin,
                        limits.connectionsMax(),
                        limits.eachParty(),
                        limits.roleMultiples(),
                        limits.partyMultiples()),
                config);
    }

    private static HubConfig with(HubConfig config, HubConfig.Ways doors) {
        return with(config, config.schemas(), config.listen(), config.authorities(), config.limits(), doors);
    }

    private static HubConfig with(HubConfig config, HubConfig.Listeners listen) {
        return with(config, config.schemas(), listen, config.authorities(), config.limits(), config.doors());
    }

    private static HubConfig with(
            HubConfig config,
            Path schemas,
            HubConfig.Listeners listen,
            List<HubConfig.Authority> authorities,
            HubConfig.Limits limits,
            HubConfig.Ways doors) {
        return new HubConfig(
                config.name(),
                config.data(),
                config.flows(),
                schemas,
                listen,
                config.certificates(),
                authorities,
                limits,
                doors,
                config.console(),
                config.mail());
    }

    /// The limits of parties are for the field; here a dealer stands for many.
    private static HubConfig.Limits limits() {
        var without = new Multiple(10_000);
        return new HubConfig.Limits(
                Bytes.of("1MB"),
                20_000,
                Allowance.USUAL,
                Map.of(new Role("dealer"), without, new Role("centre"), without),
                Map.of());
    }

    /// A new key and a certificate of the hub's authority for a party.
    public Credential credential(String party) throws IOException {
        return parties.credential(party);
    }

    /// The same by enrolment at the hub itself, which the journal then knows.
    public Credential enrolled(String party) throws Exception {
        String code = JsonMapper.shared()
                .readTree(operator("/operator/enrolments", "{\"party\":\"" + party + "\"}")
                        .body())
                .path("code")
                .asString();
        KeyPair pair = EcKeys.generate();
        EstAnswer answer = enrol(new PartyId(party), EnrolmentCode.parse(code), pair);
        return new Credential(pair.getPrivate(), ((EstAnswer.Issued) answer).chain());
    }

    /// What the hub says to a party that has a code.
    public EstAnswer enrol(PartyId party, EnrolmentCode code, KeyPair pair) throws Exception {
        var client =
                new EstClient(new EstServer(enrolmentUri(""), null, Duration.ofSeconds(30)), InstantSource.system());
        return client.enrol(anchors(), party, code, CertificateRequest.create(pair, party));
    }

    /// A client that proves itself as a party.
    public HttpClient client(String party) throws IOException {
        return parties.client(party);
    }

    public HttpClient client(Credential credential) {
        return parties.client(credential);
    }

    public Parties parties() {
        return parties;
    }

    public TrustAnchors anchors() {
        return parties.anchors();
    }

    public URI uri(String path) {
        return URI.create("https://localhost:" + hub.mainPort() + path);
    }

    public URI enrolmentUri(String path) {
        return URI.create("https://localhost:" + hub.enrolmentPort() + path);
    }

    public URI operationsUri(String path) {
        return URI.create("http://127.0.0.1:" + hub.operationsPort() + path);
    }

    /// A submission with only what every envelope has.
    public HttpRequest.Builder submission(String sender, String flow, String id, byte[] payload) {
        return HttpRequest.newBuilder(uri("/v1/documents"))
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", PartyId.URN_PREFIX + sender)
                .header("ce-type", flow)
                .POST(HttpRequest.BodyPublishers.ofByteArray(payload));
    }

    /// Submits a document and returns the answer, whatever it is.
    public HttpResponse<String> submit(HttpClient client, String sender, String flow, String id, String payload)
            throws IOException, InterruptedException {
        return client.send(
                submission(sender, flow, id, Documents.payload(payload)).build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> get(HttpClient client, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> post(HttpClient client, String path, String json)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /// Returns once the hub counts so many pulls that wait.
    public void requirePullsWaiting(int pulls) throws Exception {
        Until.holds(pulls + " pulls wait", () -> figures().contains("aiguillage_pulls_waiting " + pulls + ".0"));
    }

    /// The page of figures, as anybody on the machine gets it.
    public String figures() throws IOException, InterruptedException {
        try (HttpClient anybody = HttpClient.newHttpClient()) {
            HttpRequest metrics =
                    HttpRequest.newBuilder(operationsUri("/metrics")).build();
            return anybody.send(metrics, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    /// An operator's call; `json` null means GET.
    public HttpResponse<String> operator(String path, @org.jspecify.annotations.Nullable String json)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(operationsUri(path))
                .header(
                        "Authorization",
                        "Bearer " + Files.readString(data().operatorToken()).strip());
        if (json != null) {
            request.POST(HttpRequest.BodyPublishers.ofString(json));
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    public DataFolder data() {
        return new DataFolder(config.data());
    }

    public LedgerKey.Public ledgerKey() throws IOException {
        return LedgerKey.Public.ofText(Files.readString(data().ledgerPublicKey()));
    }

    /// The hub from within.
    public Inside inside() {
        return hub.inside();
    }

    public int sftpPort() {
        return hub.sftpPort();
    }

    /// Where signed messages of STAR come in.
    public URI starSignedUri(String path) {
        return URI.create("https://localhost:" + hub.starSignedPort() + path);
    }

    public int ftpsPort() {
        return hub.ftpsPort();
    }

    public int mainPort() {
        return hub.mainPort();
    }

    /// Why the hub could not go on, or null.
    public @org.jspecify.annotations.Nullable Throwable failure() {
        return failure.getNow(null);
    }

    /// Waits until the hub says that it cannot go on.
    public Throwable awaitFailure() throws Exception {
        return failure.get(30, TimeUnit.SECONDS);
    }

    /// Closes a hub that was made to fail.
    public void closeFailed() {
        hub.close();
    }

    /// Closes the hub, and fails if it had to stop by itself.
    @Override
    public void close() {
        hub.close();
        Throwable cause = failure.getNow(null);
        if (cause != null) {
            throw new AssertionError("the hub stopped by itself", cause);
        }
    }
}
