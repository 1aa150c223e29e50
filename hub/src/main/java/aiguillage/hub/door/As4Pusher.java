package aiguillage.hub.door;

import aiguillage.hub.as4.As4Fault;
import aiguillage.hub.as4.As4Message.Errors;
import aiguillage.hub.as4.As4Message.Receipt;
import aiguillage.hub.as4.As4Writer;
import aiguillage.hub.as4.Mime;
import aiguillage.hub.as4.Proof;
import aiguillage.hub.as4.SoapMessage;
import aiguillage.hub.as4.Suite;
import aiguillage.hub.directory.As4Certificate;
import aiguillage.hub.directory.Party;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.pki.tls.MutualTls;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pushes what waits for parties with an AS4 address to them, one delivery of a party at a time. Acknowledged
/// by their signed receipts, rejected by their errors (I3); anything else is tried again, later each time.
final class As4Pusher implements AutoCloseable {

    /// Parties that are pushed to at the same time.
    static final int PUSHES_MAX = 16;

    /// How long one push may take, from the first byte to the answer.
    static final Duration PUSH_MAX = Duration.ofMinutes(5);

    static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    static final Duration LAST_RETRY = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(As4Pusher.class);
    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final int DOUBLINGS_MAX = 7;
    private static final int ANSWER_BYTES_MAX = Mime.ROOT_BYTES_MAX;
    private static final double JITTER = 0.2;

    private final HubParts hub;
    private final As4Deliveries deliveries;
    private final As4Signers signers;
    private final Executor waiting;
    private final RandomGenerator random;
    private final HttpClient http;
    private final Semaphore pushes = new Semaphore(PUSHES_MAX);
    private final Map<PartyId, Line> lines = new ConcurrentHashMap<>();
    private final AtomicBoolean isClosed = new AtomicBoolean();

    /// @param waiting runs what may wait
    As4Pusher(
            HubParts hub,
            As4Deliveries deliveries,
            As4Signers signers,
            SSLContext tls,
            Executor waiting,
            RandomGenerator random) {
        this.signers = signers;
        this.hub = hub;
        this.deliveries = deliveries;
        this.waiting = waiting;
        this.random = random;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_MAX)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(tls)
                .sslParameters(MutualTls.parameters(true))
                .executor(waiting)
                .build();
    }

    /// One party that is pushed to. Its fields but the flags are its push's alone; `due` is read by [#look] as
    /// well.
    private static final class Line implements Runnable {

        private final AtomicBoolean isWoken = new AtomicBoolean(true);
        private final AtomicBoolean isBusy = new AtomicBoolean();
        private volatile Instant due = Instant.EPOCH;
        private int failures;

        /// Something may have come.
        @Override
        public void run() {
            isWoken.set(true);
        }
    }

    /// Begins what is due; to be called every second. Does not wait.
    void look() {
        Instant now = hub.clock().instant();
        for (Party party : hub.flows().table().directory().parties()) {
            if (party.as4().url() == null) {
                continue;
            }
            Line line = lines.computeIfAbsent(party.id(), id -> {
                var made = new Line();
                hub.signals().add(id, made);
                return made;
            });
            if (!isClosed.get() && line.isWoken.get() && !line.due.isAfter(now)) {
                begin(party.id(), line);
            }
        }
        lines.forEach((id, line) -> {
            if (url(id).isEmpty() && lines.remove(id, line)) {
                hub.signals().remove(id, line);
            }
        });
    }

    private Optional<URI> url(PartyId id) {
        return hub.flows()
                .table()
                .party(id)
                .flatMap(party -> Optional.ofNullable(party.as4().url()));
    }

    private void begin(PartyId id, Line line) {
        if (!line.isBusy.compareAndSet(false, true)) {
            return;
        }
        if (!pushes.tryAcquire()) {
            line.isBusy.set(false);
            return;
        }
        waiting.execute(() -> {
            try {
                pushAll(id, line);
            } catch (RuntimeException | Error e) {
                later(id, line, e.toString());
                hub.stopIfDamaged(e);
            } finally {
                pushes.release();
                line.isBusy.set(false);
            }
        });
    }

    private void pushAll(PartyId id, Line line) {
        line.isWoken.set(false);
        while (!isClosed.get() && !hub.stopping().begun()) {
            Optional<URI> url = url(id);
            Optional<DeliveryRow> next = url.isEmpty() ? Optional.empty() : deliveries.next(id, null);
            if (next.isEmpty()) {
                return;
            }
            try {
                push(id, url.get(), next.get());
                line.failures = 0;
            } catch (IOException | As4Fault | Refused e) {
                deliveries.forget(next.get().delivery());
                later(id, line, e instanceof As4Fault fault ? fault.detail() : String.valueOf(e.getMessage()));
                return;
            } catch (InterruptedException e) {
                deliveries.forget(next.get().delivery());
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void later(PartyId id, Line line, String why) {
        line.failures = Math.min(line.failures + 1, DOUBLINGS_MAX + 1);
        Duration pause = FIRST_RETRY.multipliedBy(1L << (line.failures - 1));
        Duration most = pause.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : pause;
        long millis = (long) (most.toMillis() * (1 + JITTER * (random.nextDouble() - 0.5)));
        line.due = hub.clock().instant().plusMillis(millis);
        line.isWoken.set(true);
        if (!isClosed.get()) {
            LOG.atWarn()
                    .addKeyValue("party", id)
                    .addKeyValue("why", why)
                    .addKeyValue("again", line.due)
                    .log("A document could not be pushed by AS4. It waits, and is pushed again.");
        }
    }

    /// @throws IOException when there is no answer that decides
    /// @throws As4Fault when the answer cannot be believed
    /// @throws Refused when it is signed by somebody else
    private void push(PartyId id, URI url, DeliveryRow row) throws IOException, InterruptedException, As4Fault {
        As4Writer.Parcel message = deliveries.message(suite(id), row.delivery(), null);
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PUSH_MAX)
                .header("Content-Type", message.contentType())
                .POST(HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofInputStream(message::body), message.bytes()))
                .build();
        HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            byte[] bytes = body.readNBytes(ANSWER_BYTES_MAX + 1);
            if (answer.statusCode() >= 300 || bytes.length > ANSWER_BYTES_MAX) {
                throw new IOException(
                        "its gateway answered with status " + answer.statusCode() + " and " + bytes.length + " bytes");
            }
            if (bytes.length > 0) {
                decide(id, row, SoapMessage.read(bytes));
            } // else its receipt comes by itself, or the delivery is pushed again
        }
    }

    private void decide(PartyId id, DeliveryRow row, SoapMessage answer) throws As4Fault, IOException {
        switch (answer.said()) {
            case Receipt receipt -> {
                signers.require(id, Proof.of(answer).signer());
                if (!deliveries.acknowledge(id, receipt)) {
                    throw new IOException("its receipt is not for what was pushed");
                }
            }
            case Errors errors -> {
                if (deliveries.reject(id, errors) == 0) {
                    throw new IOException("its gateway answered with an error that is not about what was pushed: "
                            + errors.reported().getFirst().description());
                }
                LOG.atWarn()
                        .addKeyValue("party", id)
                        .addKeyValue("position", row.delivery().position())
                        .log("A document pushed by AS4 was rejected; it is in quarantine.");
            }
            default -> throw new IOException("its gateway answered with neither a receipt nor an error");
        }
    }

    /// As the party signs itself.
    private Suite suite(PartyId id) {
        return hub.flows()
                .table()
                .party(id)
                .flatMap(party -> party.as4().signing().stream()
                        .map(As4Certificate::x509)
                        .flatMap(certificate -> Suite.of(certificate.getPublicKey()).stream())
                        .sorted()
                        .findFirst())
                .orElse(Suite.ED25519);
    }

    /// Breaks off what is being pushed; it is pushed again at the next start.
    @Override
    public void close() {
        isClosed.set(true);
        http.shutdownNow();
        lines.forEach((id, line) -> hub.signals().remove(id, line));
    }
}
