package aiguillage.hub.door.call;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.config.Bytes;
import aiguillage.hub.HubConfig;
import aiguillage.hub.journal.Applied;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.journal.Limits;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.testing.CorporateAuthority;
import aiguillage.hub.testing.Damage;
import aiguillage.hub.testing.DescribedHub;
import aiguillage.hub.testing.Documents;
import aiguillage.hub.testing.MemoryStore;
import aiguillage.hub.testing.RawConnection;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.SignedRequests;
import aiguillage.hub.testing.StandingStill;
import aiguillage.hub.testing.TestClock;
import aiguillage.pki.CertificateChain;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import aiguillage.pki.EcKeys;
import aiguillage.pki.est.EnrolmentCode;
import aiguillage.pki.est.EstMessages;
import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyTrustManager;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.LedgerKey;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Every problem of the catalogue, provoked: over the wire, at a hub of its own, and nothing kept. One cannot
/// be brought about over the wire at will and is provoked in its component; the table says why. A problem
/// without a provocation fails.
@Timeout(120)
class EveryProblemTest {

    private static final String CLAIMS = "opel/warranty-claim";
    private static final int ATTEMPTS_MAX = 20;

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));

    @FunctionalInterface
    private interface Provocation {
        /// Brings it about.
        ///
        Answer provoke() throws Exception;
    }

    /// @param retryAfter the header, or null
    private record Answer(
            int status, String contentType, @Nullable String retryAfter, String body) {

        static Answer of(HttpResponse<String> answer) {
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.headers().firstValue("Retry-After").orElse(null),
                    answer.body());
        }

        /// Of an answer in HTTP/1.1, head in lower case.
        static Answer of(String raw) {
            String head = raw.substring(0, raw.indexOf("\r\n\r\n"));
            return new Answer(
                    Integer.parseInt(head.substring(9, 12)),
                    header(head, "content-type"),
                    head.contains("retry-after: ") ? header(head, "retry-after") : null,
                    raw.substring(head.length() + 4));
        }

        private static String header(String head, String name) {
            return head.replaceFirst("(?s).*\r\n" + name + ": ([^\r]*).*", "$1");
        }
    }

    private Map<Problem, Provocation> provocations() {
        Map<Problem, Provocation> all = new EnumMap<>(Problem.class);
        all.put(Problem.BAD_REQUEST, () -> get("dealer-7", "/v1/inbox?limit=0"));
        all.put(Problem.BAD_ENVELOPE, () -> submit("dealer-7", CLAIMS, "ce-time", "yesterday"));
        all.put(Problem.DIGEST_MISMATCH, () -> submit("dealer-7", CLAIMS, "Content-Digest", "sha-256=:AAAA:"));
        all.put(Problem.CERTIFICATE_UNUSABLE, () -> enrol("simplereenroll", null));
        all.put(Problem.CERTIFICATE_EXPIRED, this::anExpiredCertificate);
        all.put(Problem.CERTIFICATE_REVOKED, this::aRevokedCertificate);
        all.put(Problem.CODE_REFUSED, () -> enrol("simpleenroll", "dealer-7:" + anyCode()));
        all.put(Problem.NOT_AUTHORISED, () -> submit("dealer-7", "citroen/no-such-flow", "ce-subject", "x"));
        all.put(
                Problem.SENDER_MISMATCH,
                () -> submit("dealer-7", CLAIMS, "ce-source", PartyId.URN_PREFIX + "dealer-8"));
        all.put(Problem.PARTY_UNKNOWN, () -> submit("stranger-1", CLAIMS, "ce-subject", "x"));
        all.put(Problem.PARTY_SUSPENDED, this::aSuspendedParty);
        all.put(Problem.NOT_FOUND, () -> get("dealer-7", "/v1/documents/nothing"));
        all.put(Problem.METHOD_NOT_ALLOWED, this::anotherMethod);
        all.put(Problem.TOO_SLOW, () -> raw("Content-Length: 100\r\n\r\nx"));
        all.put(Problem.ID_TAKEN, this::anotherContent);
        all.put(Problem.VERSION_OVERTAKEN, () -> datasets(DatasetConversation::beforeTheNewest));
        all.put(Problem.TABLE_OVERTAKEN, this::aTableOverAnother);
        all.put(Problem.SECOND_PERSON_NEEDED, () -> datasets(DatasetConversation::releasedByItsPublisher));
        all.put(Problem.STILL_SEALED, () -> datasets(DatasetConversation::readBeforeItsTime));
        all.put(Problem.PUBLICATION_REFUSED, () -> datasets(DatasetConversation::wrongType));
        all.put(Problem.PAYLOAD_GONE, this::aPayloadThatWasRemoved);
        all.put(Problem.PAYLOAD_TOO_LARGE, () -> raw("Content-Length: 999999999\r\n\r\n"));
        all.put(Problem.RANGE_NOT_SATISFIABLE, this::aRangeOutside);
        all.put(Problem.PAYLOAD_INVALID, this::notWhatTheSchemaSays);
        all.put(Problem.NO_ROUTE, this::aRouteThatRefuses);
        all.put(
                Problem.RECIPIENT_UNKNOWN,
                () -> submit("opel-centre", "opel/warranty-decision", "ce-recipient", "nobody"));
        all.put(Problem.SIGNATURE_REQUIRED, () -> submit("dealer-7", "opel/signed", "ce-subject", "x"));
        all.put(Problem.SIGNATURE_INVALID, () -> submit("dealer-7", "opel/signed", "Signature", "x"));
        all.put(Problem.SIGNATURE_NOT_FRESH, this::anOldSignature);
        all.put(Problem.TOO_MANY_REQUESTS, this::manyTries);
        all.put(Problem.HEADERS_TOO_LARGE, () -> raw("x: " + "x".repeat(20_000) + "\r\nContent-Length: 0\r\n\r\n"));
        // Over the wire only by a load larger than the disk's speed: here the disk stands still.
        all.put(Problem.JOURNAL_BUSY, EveryProblemTest::aJournalThatDoesNotGetOn);
        all.put(Problem.STOPPING, this::whileStopping);
        all.put(Problem.REVOCATION_UNKNOWN, this::aCorporateCertificateWithoutList);
        all.put(Problem.AUTHORITY_UNUSABLE, this::anAuthorityPastItsTime);
        all.put(Problem.DATASET_UNUSABLE, this::aDamagedDataset);
        all.put(Problem.DISK_FULL, this::aFullDisk);
        all.put(Problem.FAILED, this::aDamagedStore);
        return all;
    }

    @Test
    void everyProblemHasItsProvocation() {
        assertThat(provocations()).containsOnlyKeys(Problem.values());
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void itIsAnsweredAsTheCatalogueSays(Problem problem) throws Exception {
        Provocation provocation = provocations().get(problem);
        if (provocation == null) {
            throw new AssertionError(problem + " has no provocation: add one to the table");
        }
        Answer answer = provocation.provoke();
        assertThat(answer.status()).as(answer.body()).isEqualTo(problem.status());
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        JsonNode page = Call.JSON.readTree(answer.body());
        assertThat(page.path("code").asString()).isEqualTo(problem.code());
        assertThat(page.path("type").asString()).isEqualTo(problem.type());
        assertThat(page.path("title").asString()).isEqualTo(problem.what());
        assertThat(page.path("status").asInt()).isEqualTo(problem.status());
        assertThat(page.path("detail").asString()).isNotBlank().hasSizeLessThan(1_000);
        assertThat(page.path("why").asString()).isEqualTo(problem.why());
        assertThat(page.path("remedy").asString()).isEqualTo(problem.remedy());
        if (List.of(429, 503, 507).contains(problem.status())) {
            assertThat(answer.retryAfter()).matches("[1-9][0-9]*");
        }
    }

    private RunningHub hub() throws Exception {
        return hub(RunningHub.FLOWS);
    }

    private RunningHub hub(String flows) throws Exception {
        return new RunningHub(RunningHub.config(folder, flows, clock), clock);
    }

    @FunctionalInterface
    private interface Said {
        HttpResponse<String> in(DatasetConversation conversation) throws Exception;
    }

    private Answer datasets(Said said) throws Exception {
        try (RunningHub hub = hub(DatasetConversation.FLOWS);
                HttpClient dealer = hub.client("dealer-7")) {
            return Answer.of(said.in(new DatasetConversation(hub, new DescribedHub(hub, dealer))));
        }
    }

    private Answer get(String party, String path) throws Exception {
        try (RunningHub hub = hub();
                HttpClient client = hub.client(party)) {
            return Answer.of(new DescribedHub(hub, client).get(client, path));
        }
    }

    /// Submits a document with one header more, or another, and requires that nothing was kept.
    private Answer submit(String party, String flow, String header, String value) throws Exception {
        try (RunningHub hub = hub();
                HttpClient client = hub.client(party);
                HttpClient known = hub.client("dealer-8")) {
            DescribedHub wire = new DescribedHub(hub, known);
            String before = entries(hub);
            HttpRequest request = hub.submission(party, flow, "bad", Documents.payload("content"))
                    .setHeader(header, value)
                    .build();
            HttpResponse<String> answer = wire.send(client, request);
            assertThat(entries(hub)).as("nothing is recorded").isEqualTo(before);
            return Answer.of(answer);
        }
    }

    private static String entries(RunningHub hub) throws Exception {
        return Call.JSON
                .readTree(hub.operator("/operator/status", null).body())
                .path("entries")
                .asString();
    }

    /// The rest of a submission's head and its body, as it is.
    private Answer raw(String rest) throws Exception {
        try (RunningHub hub = hub();
                RawConnection connection =
                        RawConnection.tls(hub.parties().context(hub.credential("dealer-7")), hub.mainPort())) {
            connection.send(RawConnection.submission("dealer-7", CLAIMS, "bad") + rest);
            return Answer.of(connection.answer());
        }
    }

    private Answer anotherMethod() throws Exception {
        try (RunningHub hub = hub();
                HttpClient dealer = hub.client("dealer-7")) {
            HttpRequest request =
                    HttpRequest.newBuilder(hub.uri("/v1/inbox")).DELETE().build();
            HttpResponse<String> answer = new DescribedHub(hub, dealer).send(dealer, request);
            assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
            return Answer.of(answer);
        }
    }

    private Answer anotherContent() throws Exception {
        try (RunningHub hub = hub();
                HttpClient dealer = hub.client("dealer-7")) {
            assertThat(hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "one").statusCode())
                    .isEqualTo(201);
            return Answer.of(hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "two"));
        }
    }

    private Answer aRangeOutside() throws Exception {
        try (RunningHub hub = hub();
                HttpClient dealer = hub.client("dealer-7")) {
            hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "one");
            HttpRequest request = HttpRequest.newBuilder(hub.uri("/v1/documents/claim-1/payload"))
                    .header("Range", "bytes=3-")
                    .build();
            return Answer.of(new DescribedHub(hub, dealer).send(dealer, request));
        }
    }

    private Answer notWhatTheSchemaSays() throws Exception {
        Files.createDirectories(folder.resolve("schemas"));
        Files.writeString(folder.resolve("schemas/claim.json"), "{\"type\":\"object\"}");
        try (RunningHub hub = hub(
                        RunningHub.FLOWS + "  opel/checked: { from: dealer, to: opel-centre, schema: claim.json }\n");
                HttpClient dealer = hub.client("dealer-7")) {
            HttpRequest request = hub.submission("dealer-7", "opel/checked", "bad", Documents.payload("[]"))
                    .header("Content-Type", "application/json")
                    .build();
            return Answer.of(new DescribedHub(hub, dealer).send(dealer, request));
        }
    }

    private Answer aRouteThatRefuses() throws Exception {
        String routes = "  opel/routed: { from: dealer, routes: [{ when: { modelyear: 2020..2026 }, to: opel-centre },"
                + " { otherwise: true, refuse: Settled on paper. }] }\n";
        try (RunningHub hub = hub(RunningHub.FLOWS + routes);
                HttpClient dealer = hub.client("dealer-7")) {
            return Answer.of(hub.submit(dealer, "dealer-7", "opel/routed", "bad", "content"));
        }
    }

    private Answer aTableOverAnother() throws Exception {
        try (RunningHub hub = hub()) {
            return Answer.of(hub.operator("/operator/flows?over=7", RunningHub.FLOWS));
        }
    }

    private Answer anOldSignature() throws Exception {
        try (RunningHub hub = hub()) {
            Credential credential = hub.credential("dealer-7");
            var signed = new SignedRequests(hub, credential, Instant.now().minus(Duration.ofHours(1)));
            try (HttpClient dealer = hub.client(credential)) {
                return Answer.of(dealer.send(
                        signed.request("old", "content", signed.components("old", "content"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()));
            }
        }
    }

    private Answer aPayloadThatWasRemoved() throws Exception {
        String brief = "  opel/brief: { from: dealer, to: opel-centre, offered-for: 1h, kept-for: 2h }\n";
        try (RunningHub hub = hub(RunningHub.FLOWS + brief);
                HttpClient dealer = hub.client("dealer-7")) {
            hub.submit(dealer, "dealer-7", "opel/brief", "claim-1", "content");
            DescribedHub wire = new DescribedHub(hub, dealer);
            clock.advance(Duration.ofHours(3));
            HttpResponse<String> answer = wire.get(dealer, "/v1/documents/claim-1/payload");
            while (answer.statusCode() == 200) { // the hub's clock looks once a second
                wire.get(dealer, "/v1/inbox?after=999999&wait=1");
                answer = wire.get(dealer, "/v1/documents/claim-1/payload");
            }
            return Answer.of(answer);
        }
    }

    /// Past its certificate's time a connection is closed within a moment; what comes on it before that is
    /// told.
    private Answer anExpiredCertificate() throws Exception {
        try (RunningHub hub = hub()) {
            for (int i = 0; i < ATTEMPTS_MAX; i++) {
                Credential brief = hub.parties()
                        .credential("dealer-7", new CertificateUse.Client(), clock.instant(), Duration.ofHours(1));
                try (RawConnection connection = RawConnection.tls(hub.parties().context(brief), hub.mainPort())) {
                    String inbox = "GET /v1/inbox HTTP/1.1\r\nHost: localhost\r\n\r\n";
                    assertThat(connection.send(inbox).answer()).startsWith("http/1.1 200");
                    clock.advance(Duration.ofMinutes(61));
                    String answer = connection.send(inbox).answer();
                    if (!answer.isEmpty()) {
                        return Answer.of(answer);
                    }
                }
            }
            throw new AssertionError("each connection was closed at once");
        }
    }

    private Answer aRevokedCertificate() throws Exception {
        try (RunningHub hub = hub()) {
            Credential lost = hub.credential("dealer-7");
            String serial = lost.chain().leaf().getSerialNumber().toString(16);
            hub.operator("/operator/revocations", "{\"serial\":\"" + serial + "\",\"reason\":\"lost\"}");
            try (HttpClient dealer = hub.client(lost)) {
                return Answer.of(hub.submit(dealer, "dealer-7", CLAIMS, "bad", "content"));
            }
        }
    }

    private Answer aSuspendedParty() throws Exception {
        try (RunningHub hub = hub();
                HttpClient dealer = hub.client("dealer-7")) {
            hub.operator("/operator/parties/dealer-7/suspend", "{\"reason\":\"lost\"}");
            return Answer.of(hub.submit(dealer, "dealer-7", CLAIMS, "bad", "content"));
        }
    }

    private static String anyCode() {
        return EnrolmentCode.random(new SecureRandom()).printed();
    }

    private Answer enrol(String operation, @Nullable String credentials) throws Exception {
        try (RunningHub hub = hub();
                HttpClient nobody = nobody(hub, clock)) {
            return enrol(hub, nobody, operation, credentials);
        }
    }

    private static Answer enrol(RunningHub hub, HttpClient client, String operation, @Nullable String credentials)
            throws Exception {
        byte[] body = EstMessages.body(CertificateRequest.create(EcKeys.generate(), new PartyId("dealer-7")));
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.enrolmentUri("/.well-known/est/" + operation))
                .header("Content-Type", EstMessages.REQUEST_TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (credentials != null) {
            String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.US_ASCII));
            request.header("Authorization", "Basic " + basic);
        }
        Answer answer = Answer.of(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        assertThat(hub.operator("/operator/certificates", null).body())
                .as("nothing is issued")
                .isEqualTo("[]");
        return answer;
    }

    private static HttpClient nobody(RunningHub hub, InstantSource clock) {
        return HttpClient.newBuilder()
                .sslContext(MutualTls.context(null, new PartyTrustManager(hub.anchors(), clock)))
                .sslParameters(MutualTls.parameters(true))
                .build();
    }

    private Answer manyTries() throws Exception {
        try (RunningHub hub = hub();
                HttpClient nobody = nobody(hub, clock)) {
            Answer answer = enrol(hub, nobody, "simpleenroll", "x:x");
            for (int i = 0; i < ATTEMPTS_MAX && answer.status() == 401; i++) {
                answer = enrol(hub, nobody, "simpleenroll", "x:x");
            }
            return answer;
        }
    }

    private Answer anAuthorityPastItsTime() throws Exception {
        InstantSource theClients = InstantSource.fixed(clock.instant());
        try (RunningHub hub = hub();
                HttpClient nobody = nobody(hub, theClients)) {
            clock.advance(Duration.ofDays(365 * 5));
            return enrol(hub, nobody, "simpleenroll", "dealer-7:" + anyCode());
        }
    }

    private Answer aCorporateCertificateWithoutList() throws Exception {
        var company = new CorporateAuthority(clock.instant());
        CorporateAuthority.Below issuing = company.below("Corporate issuing");
        company.writeRoot(folder.resolve("root.pem"));
        new CertificateChain(List.of(issuing.certificate())).write(folder.resolve("issuing.pem"));
        var authority = new HubConfig.Authority(
                folder.resolve("root.pem"),
                folder.resolve("issuing.pem"),
                folder.resolve("none.crl").toUri(),
                Duration.ofHours(1));
        HubConfig plain = RunningHub.config(folder, RunningHub.FLOWS, clock);
        try (RunningHub hub = new RunningHub(RunningHub.trusting(authority, plain), clock);
                HttpClient dealer = hub.client(company.issue(issuing, "dealer-7"))) {
            return Answer.of(hub.submit(dealer, "dealer-7", CLAIMS, "bad", "content"));
        }
    }

    private Answer aFullDisk() throws Exception {
        HubConfig plain = RunningHub.config(folder, RunningHub.FLOWS, clock);
        try (RunningHub hub = new RunningHub(RunningHub.reserving(Bytes.of("900000GB"), plain), clock);
                HttpClient dealer = hub.client("dealer-7")) {
            return Answer.of(hub.submit(dealer, "dealer-7", CLAIMS, "bad", "content"));
        }
    }

    private Answer aDamagedDataset() throws Exception {
        datasets(DatasetConversation::beforeTheNewest);
        Path rows = folder.resolve("data/datasets/opel/parts-prices/rows/CURRENT");
        Files.writeString(rows, "nothing that names a file");
        try (RunningHub hub = hub(DatasetConversation.FLOWS);
                HttpClient dealer = hub.client("dealer-7")) {
            return Answer.of(hub.get(dealer, "/v1/datasets/opel/parts-prices/versions?after=0"));
        }
    }

    private Answer aDamagedStore() throws Exception {
        try (RunningHub hub = hub();
                HttpClient dealer = hub.client("dealer-7")) {
            hub.submit(dealer, "dealer-7", CLAIMS, "claim-1", "content");
        }
        Damage.flipLast(folder.resolve("data/store"), "entries");
        RunningHub hub = hub();
        try (HttpClient dealer = hub.client("dealer-7")) {
            Answer answer = Answer.of(hub.get(dealer, "/v1/documents/claim-1"));
            hub.awaitFailure();
            return answer;
        } finally {
            hub.closeFailed();
        }
    }

    /// An upload that does not end keeps the stop from ending; meanwhile another connection asks.
    private Answer whileStopping() throws Exception {
        RunningHub hub = hub();
        var context = hub.parties().context(hub.credential("dealer-7"));
        try (RawConnection upload = RawConnection.tls(context, hub.mainPort());
                RawConnection stream = RawConnection.tls(context, hub.mainPort());
                RawConnection other = RawConnection.tls(context, hub.mainPort())) {
            assertThat(other.send("GET /v1/inbox HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .answer())
                    .startsWith("http/1.1 200");
            String head = RawConnection.submission("dealer-7", CLAIMS, "begun");
            upload.send(head + "Content-Length: 4\r\n\r\nbo");
            stream.send("GET /v1/inbox/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
            stream.until("retry: ");
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(hub::close);
            assertThat(stream.until("data: stopping\n\n")).contains("event: goodbye");
            other.send(RawConnection.submission("dealer-7", CLAIMS, "late") + "Content-Length: 0\r\n\r\n");
            Answer answer = Answer.of(other.answer());
            upload.send("dy");
            assertThat(upload.answer()).as("what began comes to its end").startsWith("http/1.1 201");
            stopped.join();
            return answer;
        }
    }

    private static Answer aJournalThatDoesNotGetOn() throws Exception {
        var mayWrite = new CountDownLatch(1);
        var store = new StandingStill(new MemoryStore(), mayWrite);
        var key = LedgerKey.generate("hub.example/ledger", new SecureRandom());
        var ledger = new Ledger(store, key, Documents.HUB);
        try (var journal = new Journal(store, ledger, Documents.HUB, new SecureRandom(), entry -> {}, failure -> {
            throw new AssertionError(failure);
        })) {
            CompletableFuture<Applied> refused = null;
            for (int i = 0; refused == null && i < 3 * Limits.USUAL.waitingEntries(); i++) {
                CompletableFuture<Applied> appended = journal.append(Documents.claim("claim-" + i, "content"));
                refused = appended.isCompletedExceptionally() ? appended : null;
            }
            mayWrite.countDown();
            if (refused == null) {
                throw new AssertionError("the journal took everything");
            }
            Journal.await(refused);
            throw new AssertionError("it was taken");
        } catch (Refused e) {
            Problem problem = e.problem();
            return new Answer(
                    problem.status(),
                    "application/problem+json",
                    Integer.toString(new Pace(new SecureRandom()).busySeconds()),
                    Call.page(e).toString());
        }
    }
}
