package aiguillage.hub.door.as4;

import aiguillage.hub.as4.As4Fault;
import aiguillage.hub.as4.As4Message.Errors;
import aiguillage.hub.as4.As4Message.Receipt;
import aiguillage.hub.as4.As4Writer;
import aiguillage.hub.as4.Proof;
import aiguillage.hub.as4.SoapMessage;
import aiguillage.hub.as4.Suite;
import aiguillage.hub.delivery.Attempts;
import aiguillage.hub.delivery.Attempts.Attempt;
import aiguillage.hub.delivery.Attempts.Why;
import aiguillage.hub.directory.As4Certificate;
import aiguillage.hub.directory.Party;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.presence.Door;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.pki.tls.MutualTls;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pushes what waits for parties with an AS4 address to them, one delivery of a party at a time; then it is the
/// next party's turn. Acknowledged by their signed receipts, rejected by their errors (I3).
///
/// Whoever is slow holds up nobody: a push that is not over [#SOON] goes on in one of as many places for the
/// slow, and lets the next begin. A party that was slow begins there, until it has been quick once.
///
/// Whatever else comes of a delivery is that delivery's own: it is pushed again, later each time, and those
/// behind it go on. Only when there is no connection at all, all of the party's wait.
public final class As4Pusher implements AutoCloseable {

    /// Parties that are pushed to at the same time; one delivery of each.
    static final int PUSHES_MAX = 16;

    /// Further ones that take their time, or have a large payload packed for them.
    static final int SLOW_MAX = 64;

    /// A push that has no answer by then is slow.
    static final Duration SOON = Duration.ofSeconds(2);

    /// How long one push may take, from the first byte to the answer.
    static final Duration PUSH_MAX = Duration.ofMinutes(5);

    static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    static final Duration LAST_RETRY = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(As4Pusher.class);
    private static final int DOUBLINGS_MAX = 7;
    private static final double JITTER = 0.2;

    /// After so many deliveries in a row without a decision their party has a pause of [#FIRST_RETRY]: its
    /// gateway may take nothing at all.
    private static final int UNDECIDED_MAX = 5;

    private static final int WHY_CHARS_MAX = 500;

    private final HubParts hub;
    private final As4Deliveries deliveries;
    private final As4Signers signers;
    private final Attempts attempts;
    private final Executor waiting;
    private final RandomGenerator random;
    private final As4Posting posting;
    private final Lane quick = new Lane(PUSHES_MAX);
    private final Lane slow = new Lane(SLOW_MAX);
    private final Map<PartyId, Line> lines = new ConcurrentHashMap<>();
    private final AtomicBoolean isClosed = new AtomicBoolean();

    /// @param waiting runs what may wait
    public As4Pusher(
            HubParts hub,
            As4Deliveries deliveries,
            As4Signers signers,
            Attempts attempts,
            SSLContext tls,
            Executor waiting,
            RandomGenerator random) {
        this.signers = signers;
        this.attempts = attempts;
        this.hub = hub;
        this.deliveries = deliveries;
        this.waiting = waiting;
        this.random = random;
        this.posting = new As4Posting(tls, waiting);
    }

    /// Places for pushes, and who waits for one.
    private static final class Lane {

        private final Semaphore places;
        private final Queue<Line> turns = new ConcurrentLinkedQueue<>();

        private Lane(int places) {
            this.places = new Semaphore(places);
        }
    }

    /// One party that is pushed to. Its plain fields are its push's alone.
    private static final class Line implements Runnable {

        private final PartyId id;
        private final AtomicBoolean isWoken = new AtomicBoolean(true);

        /// Whether it has its turn, or waits for it.
        private final AtomicBoolean isBusy = new AtomicBoolean();

        /// Not before.
        private volatile Instant due = Instant.EPOCH;

        /// Then in any case: what was given out by then and has not ended is given again.
        private volatile Instant again = Instant.MAX;

        private boolean isSlow;
        private int failures;
        private int undecided;
        private @Nullable X509Certificate gateway;

        private Line(PartyId id) {
            this.id = id;
        }

        /// Something may have come.
        @Override
        public void run() {
            isWoken.set(true);
        }

        private boolean isDue(Instant now) {
            return !due.isAfter(now) && (isWoken.get() || !again.isAfter(now));
        }
    }

    /// Begins what is due; to be called every second. Does not wait.
    public void look() {
        Instant now = hub.clock().instant();
        for (Party party : hub.flows().table().directory().parties()) {
            if (party.as4().url() == null || hub.trust().isSuspended(party.id())) {
                continue;
            }
            Line line = lines.computeIfAbsent(party.id(), id -> {
                var made = new Line(id);
                hub.signals().add(id, made);
                return made;
            });
            if (line.isDue(now) && line.isBusy.compareAndSet(false, true)) {
                lane(line).turns.add(line);
            }
        }
        begin(quick);
        begin(slow);
        lines.forEach((id, line) -> {
            if (url(id).isEmpty() && lines.remove(id, line)) {
                hub.signals().remove(id, line);
            }
        });
    }

    /// Pushes to a party as soon as it has its turn again, whatever failed before.
    public void tryNow(PartyId id) {
        Line line = lines.get(id);
        if (line != null) {
            deliveries.free(id);
            line.due = Instant.EPOCH;
            line.run();
        }
    }

    private Optional<URI> url(PartyId id) {
        return hub.flows()
                .table()
                .party(id)
                .flatMap(party -> Optional.ofNullable(party.as4().url()));
    }

    private Lane lane(Line line) {
        return line.isSlow ? slow : quick;
    }

    private void begin(Lane lane) {
        while (!isClosed.get() && lane.places.tryAcquire()) {
            Line line = lane.turns.poll();
            if (line == null) {
                lane.places.release();
                return;
            }
            waiting.execute(() -> turn(new Turn(line, lane)));
        }
    }

    /// One push of a party, in the place that it holds. For one thread.
    private final class Turn {

        private final Line line;
        private final long beganNanos = System.nanoTime();
        private Lane held;

        private Turn(Line line, Lane held) {
            this.line = line;
            this.held = held;
        }

        /// Gives its place to somebody quicker.
        ///
        /// @throws IOException when there are too many slow ones already
        private void goSlow() throws IOException {
            if (held == slow) {
                return;
            }
            line.isSlow = true;
            if (!slow.places.tryAcquire()) {
                throw new IOException("its gateway is slow, as " + SLOW_MAX + " others are at this moment");
            }
            held = slow;
            quick.places.release();
            begin(quick);
        }

        private void end() {
            line.isSlow = System.nanoTime() - beganNanos > SOON.toNanos();
            held.places.release();
        }
    }

    private void turn(Turn turn) {
        Line line = turn.line;
        boolean goesOn = false;
        try {
            goesOn = push(turn);
        } catch (RuntimeException | Error e) {
            later(line, e.toString());
            hub.stopIfDamaged(e);
        } finally {
            turn.end();
            if (goesOn) {
                lane(line).turns.add(line);
            } else {
                line.isBusy.set(false);
            }
        }
        begin(quick);
        begin(slow);
    }

    /// Pushes the next delivery of a party.
    ///
    /// @return whether there may be another at once
    private boolean push(Turn turn) {
        Line line = turn.line;
        if (hub.trust().isSuspended(line.id)) {
            line.isWoken.set(true); // once it is resumed
            return false;
        }
        line.isWoken.set(false);
        line.again = Instant.MAX;
        Optional<URI> url = url(line.id);
        if (url.isEmpty() || isClosed.get() || hub.stopping().begun() || isGatewayRevoked(line)) {
            return false;
        }
        Optional<DeliveryRow> next = deliveries.next(line.id, null);
        if (next.isEmpty()) {
            line.again = deliveries.nextDue(line.id).orElse(Instant.MAX);
            return false;
        }
        Delivery delivery = next.get().delivery();
        try {
            push(turn, url.get(), delivery);
            line.failures = 0;
            line.undecided = 0;
            attempts.arrived(delivery);
            return true;
        } catch (As4Posting.Unreachable e) {
            deliveries.forget(delivery);
            later(line, String.valueOf(e.getMessage()));
            return false;
        } catch (As4Posting.ShutOut e) {
            deliveries.forget(delivery);
            line.isWoken.set(true); // the next turn says why nothing is pushed
            return false;
        } catch (IOException | As4Fault | Refused e) {
            As4Deliveries.Given held = deliveries.hold(delivery, this::pause);
            String why = e instanceof As4Fault fault ? fault.detail() : String.valueOf(e.getMessage());
            attempts.failed(delivery, attempt(held.failures(), Why.UNDECIDED, why, held.until()));
            warn(line, delivery, why);
            return !hasTooManyUndecided(line);
        } catch (InterruptedException e) {
            deliveries.forget(delivery);
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// A connection may outlive its certificate, and be taken up again without another look at it.
    private boolean isGatewayRevoked(Line line) {
        X509Certificate gateway = line.gateway;
        if (gateway == null || !hub.trust().isRevoked(gateway)) {
            return false;
        }
        line.gateway = null;
        line.due = hub.clock().instant().plus(MutualTls.RESUMED_FOR);
        line.isWoken.set(true);
        attempts.failed(line.id, attempt(1, Why.REVOKED, "its certificate was revoked", line.due));
        LOG.atWarn()
                .addKeyValue("party", line.id)
                .addKeyValue("again", line.due)
                .log("The certificate of a party's AS4 gateway was revoked. Nothing is pushed to it.");
        return true;
    }

    private boolean hasTooManyUndecided(Line line) {
        line.undecided++;
        if (line.undecided < UNDECIDED_MAX) {
            return false;
        }
        line.undecided = 0;
        line.due = hub.clock().instant().plus(FIRST_RETRY);
        line.isWoken.set(true);
        return true;
    }

    /// @param failures in a row
    private Duration pause(int failures) {
        Duration doubled = FIRST_RETRY.multipliedBy(1L << (Math.min(failures, DOUBLINGS_MAX + 1) - 1));
        Duration most = doubled.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : doubled;
        return Duration.ofMillis((long) (most.toMillis() * (1 + JITTER * (random.nextDouble() - 0.5))));
    }

    private void later(Line line, String why) {
        line.failures++;
        line.due = hub.clock().instant().plus(pause(line.failures));
        line.isWoken.set(true);
        attempts.failed(line.id, attempt(line.failures, Why.UNREACHABLE, why, line.due));
        if (!isClosed.get()) {
            LOG.atWarn()
                    .addKeyValue("party", line.id)
                    .addKeyValue("why", cut(why))
                    .addKeyValue("again", line.due)
                    .log("Nothing can be pushed to a party by AS4. It waits, and is pushed again.");
        }
    }

    private Attempt attempt(int failures, Why why, String detail, Instant next) {
        return new Attempt(failures, hub.clock().instant(), why, detail, next);
    }

    private void warn(Line line, Delivery delivery, String why) {
        if (!isClosed.get()) {
            LOG.atWarn()
                    .addKeyValue("party", line.id)
                    .addKeyValue("position", delivery.position())
                    .addKeyValue("why", cut(why))
                    .log("A document could not be pushed by AS4. It waits, and is pushed again.");
        }
    }

    private static String cut(String why) {
        return why.substring(0, Math.min(why.length(), WHY_CHARS_MAX));
    }

    /// @throws IOException when there is no answer that decides
    /// @throws As4Fault when the answer cannot be believed
    /// @throws Refused when it is signed by somebody else
    private void push(Turn turn, URI url, Delivery delivery) throws IOException, InterruptedException, As4Fault {
        Line line = turn.line;
        if (deliveries.takesLong(delivery)) {
            turn.goSlow();
        }
        As4Writer.Parcel message = deliveries.message(suite(line.id), delivery, null);
        As4Posting.Answer answer =
                posting.post(url, message, SOON, turn::goSlow, PUSH_MAX, () -> requireAdmitted(line));
        line.gateway = answer.gateway();
        if (answer.body().length > 0) {
            decide(line.id, delivery, SoapMessage.read(answer.body()));
        } // else its receipt comes by itself, or the delivery is pushed again
    }

    private void requireAdmitted(Line line) throws As4Posting.ShutOut {
        X509Certificate gateway = line.gateway;
        if (hub.trust().isSuspended(line.id) || (gateway != null && hub.trust().isRevoked(gateway))) {
            throw new As4Posting.ShutOut();
        }
    }

    private void decide(PartyId id, Delivery delivery, SoapMessage answer) throws As4Fault, IOException {
        switch (answer.said()) {
            case Receipt receipt -> {
                signers.require(id, Proof.of(answer).signer());
                hub.presence().heard(id, Door.AS4, null);
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
                        .addKeyValue("position", delivery.position())
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
        posting.close();
        lines.forEach((id, line) -> hub.signals().remove(id, line));
    }
}
