package aiguillage.hub.door.as4;

import aiguillage.hub.as4.As4Message.Errors;
import aiguillage.hub.as4.As4Message.Receipt;
import aiguillage.hub.as4.As4Message.Reported;
import aiguillage.hub.as4.As4Writer;
import aiguillage.hub.as4.Outgoing;
import aiguillage.hub.as4.Suite;
import aiguillage.hub.delivery.Deliveries;
import aiguillage.hub.delivery.Deliveries.Rejection;
import aiguillage.hub.delivery.Offers;
import aiguillage.hub.directory.As4Certificate;
import aiguillage.hub.directory.Party;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.memory.Latest;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Gives deliveries out as AS4's user messages, and ends them by receipts and errors. Waits for the journal, so
/// on threads that may. Safe from any thread.
public final class As4Deliveries {

    /// So long a delivery that was given out and not ended is not given out again: others come first, and
    /// several pulls at a time get different ones.
    static final Duration GIVEN_FOR = Duration.ofMinutes(1);

    private static final String MPC = "urn:aiguillage:flow:";
    private static final int PAGE = 100;

    /// Of one mailbox so many deliveries are looked through for one that is not on its way.
    private static final int LOOKED_THROUGH_MAX = 1_000;

    /// Of one reader so many deliveries on their way are remembered; of more the oldest are forgotten, and may
    /// be given twice.
    private static final int GIVEN_MAX = 2_000;

    private static final int LARGE_MAX = 2;
    private static final int LARGE_BYTES = 1 << 20;

    /// Large payloads of which it is remembered what they are once they are packed.
    private static final int PACKED_MAX = 1_000;

    private static final Pattern MESSAGE_ID = Pattern.compile("([0-9]{1,18})\\.([^@]{1,200})@(.{1,200})");

    private final HubParts hub;
    private final Deliveries deliveries;
    private final Offers offers;
    private final As4Writer writer;
    private final Map<PartyId, OnTheirWay> given = new ConcurrentHashMap<>();
    private final Map<Position, As4Writer.Digested> packed = Collections.synchronizedMap(Latest.put(PACKED_MAX));
    private final Set<PartyId> packing = ConcurrentHashMap.newKeySet();

    /// Held while a large payload is packed and digested, which takes a processor for seconds.
    private final Semaphore large = new Semaphore(LARGE_MAX, true);

    /// @param failures how often it was tried in vain
    record Given(Instant until, int failures) {}

    /// What one reader was given. Safe from any thread.
    private static final class OnTheirWay {

        private final Map<Position, Given> byPosition = Latest.put(GIVEN_MAX);

        private synchronized boolean has(Position position, Instant now) {
            Given known = byPosition.get(position);
            return known != null && known.until.isAfter(now);
        }

        private synchronized boolean take(Position position, Instant now) {
            if (has(position, now)) {
                return false;
            }
            Given before = byPosition.remove(position); // so that it stands last
            byPosition.put(position, new Given(now.plus(GIVEN_FOR), before == null ? 0 : before.failures));
            return true;
        }

        private synchronized Given hold(Position position, Instant now, IntFunction<Duration> pause) {
            Given before = byPosition.remove(position);
            int failures = before == null ? 1 : before.failures + 1;
            var held = new Given(now.plus(pause.apply(failures)), failures);
            byPosition.put(position, held);
            return held;
        }

        /// What was tried in vain may be tried again; what is on its way stays so.
        private synchronized void free(Instant now) {
            byPosition.replaceAll((_, one) -> one.failures > 0 ? new Given(now, one.failures) : one);
        }

        private synchronized void forget(Position position) {
            byPosition.remove(position);
        }

        private synchronized Optional<Instant> first(Instant now) {
            return byPosition.values().stream()
                    .map(Given::until)
                    .filter(until -> until.isAfter(now))
                    .min(Comparator.naturalOrder());
        }
    }

    private OnTheirWay given(PartyId reader) {
        return given.computeIfAbsent(reader, _ -> new OnTheirWay());
    }

    public As4Deliveries(HubParts hub, Deliveries deliveries, Offers offers, As4Writer writer) {
        this.hub = hub;
        this.deliveries = deliveries;
        this.offers = offers;
        this.writer = writer;
    }

    /// The flow that a channel names.
    ///
    /// @return empty when it names none
    static Optional<FlowName> flow(String mpc) {
        if (!mpc.startsWith(MPC)) {
            return Optional.empty();
        }
        try {
            return Optional.of(FlowName.of(mpc.substring(MPC.length())));
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    /// The channel that has the deliveries of one flow.
    static String mpc(FlowName flow) {
        return MPC + flow;
    }

    /// The next delivery for a reader, oldest first, and takes note that it is on its way.
    ///
    /// @param flow only of this flow; null: of any
    Optional<DeliveryRow> next(PartyId reader, @Nullable FlowName flow) {
        Instant now = hub.clock().instant();
        OnTheirWay given = given(reader);
        long after = 0;
        for (int looked = 0; looked < LOOKED_THROUGH_MAX; looked += PAGE) {
            List<DeliveryRow> rows = hub.mailboxes().pending(reader, after, flow, PAGE);
            for (DeliveryRow row : rows) {
                after = row.delivery().position().value();
                Position position = row.delivery().position();
                if (!given.has(position, now) && !isGone(row.delivery()) && given.take(position, now)) {
                    return Optional.of(row);
                }
            }
            if (rows.size() < PAGE) {
                break;
            }
        }
        return Optional.empty();
    }

    /// When the first of those that are on their way to a reader may be given again; empty when none is.
    Optional<Instant> nextDue(PartyId reader) {
        return given(reader).first(hub.clock().instant());
    }

    /// A delivery could not be handed over: it is not given out again for a while.
    ///
    /// @param pause how long, after so many times
    /// @return until when, and after how many times
    Given hold(Delivery delivery, IntFunction<Duration> pause) {
        return given(delivery.reader()).hold(delivery.position(), hub.clock().instant(), pause);
    }

    /// Whatever could not be handed over to a reader may be given out again at once.
    void free(PartyId reader) {
        given(reader).free(hub.clock().instant());
    }

    /// A delivery was not given out after all, or is over.
    void forget(Delivery delivery) {
        given(delivery.reader()).forget(delivery.position());
    }

    /// A delivery as a message.
    ///
    /// @param mpc as it was asked for, or null for the default one
    /// @throws IOException when its payload cannot be read
    /// @throws Refused when it cannot be packed now, or not be encrypted for its reader
    As4Writer.Parcel message(Suite suite, Delivery delivery, @Nullable String mpc) throws IOException {
        X509Certificate encryption = hub.flows()
                .table()
                .party(delivery.reader())
                .map(Party::as4)
                .flatMap(terms -> Optional.ofNullable(terms.encryption()))
                .map(As4Certificate::x509)
                .orElse(null);
        if (encryption != null) {
            requireUsable(encryption);
        }
        return writer.userMessage(
                suite, outgoing(delivery, mpc), encryption, digested(delivery), () -> payload(delivery));
    }

    private void requireUsable(X509Certificate encryption) {
        try {
            hub.trust().requireUsable(encryption);
        } catch (Refused refused) {
            throw new Refused(
                    refused.problem(),
                    "It is the one that payloads to the reader are encrypted to. " + refused.detail()
                            + " The hub's operator puts another into the flows file.");
        }
    }

    /// What its payload is once it is packed. Large ones two at a time, one for each reader, on threads of
    /// their own: packing would keep those of everybody busy.
    private As4Writer.Digested digested(Delivery delivery) throws IOException {
        if (!isLarge(delivery)) {
            return As4Writer.digested(() -> payload(delivery));
        }
        As4Writer.Digested known = packed.get(delivery.document());
        if (known != null) {
            return known;
        }
        if (!packing.add(delivery.reader())) {
            throw new Refused(Problem.JOURNAL_BUSY, "A large payload is being packed for " + delivery.reader() + ".");
        }
        try {
            large.acquireUninterruptibly();
            try {
                As4Writer.Digested digested = aside(() -> As4Writer.digested(() -> payload(delivery)));
                packed.put(delivery.document(), digested);
                return digested;
            } finally {
                large.release();
            }
        } finally {
            packing.remove(delivery.reader());
        }
    }

    private static As4Writer.Digested aside(As4Writer.Packing work) throws IOException {
        var task = new FutureTask<>(work::digested);
        Thread.ofPlatform().name("hub-as4-packing").daemon().start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("a payload was being packed when the hub stopped", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cannotBeRead) {
                throw cannotBeRead;
            }
            throw new IllegalStateException("a payload could not be packed", e.getCause());
        }
    }

    /// The same for the same delivery and channel, whenever it is asked for. What it answers is a property,
    /// since gateways take a `RefToMessageId` for the second half of a two-way exchange, which this is not.
    private Outgoing outgoing(Delivery delivery, @Nullable String mpc) {
        Entry.DocumentAccepted document =
                hub.documents().document(delivery.document()).entry();
        Envelope about = document.envelope();
        String contentId = "payload." + delivery.position() + "@" + hub.name();
        boolean isNotice = delivery.flow().isNotices();
        Map<String, String> properties = new TreeMap<>();
        String conversation = about.extension(As4Documents.CONVERSATION);
        String refTo = isNotice ? about.id().value() : about.extension(Envelope.IN_REPLY_TO);
        if (!isNotice) {
            properties.putAll(about.extensions());
            properties.remove(As4Documents.CONVERSATION);
            properties.remove(Envelope.IN_REPLY_TO);
            properties.remove(Envelope.RECIPIENT);
            properties.keySet().removeAll(As4Documents.OWN_PROPERTIES);
        }
        if (refTo != null) {
            properties.put(As4Documents.IN_REPLY_TO, refTo);
        }
        if (about.subject() != null) {
            properties.put("subject", about.subject());
        }
        if (offers.isRepeated(delivery)) {
            properties.put(Envelope.REPLAY_OF, delivery.document().toString());
        }
        properties.put("documentId", delivery.id().value());
        properties.put(As4Documents.ORIGINAL_SENDER, PartyId.URN_PREFIX + delivery.sender());
        properties.put(As4Documents.FINAL_RECIPIENT, PartyId.URN_PREFIX + delivery.reader());
        String type = isNotice ? "application/json" : about.contentType();
        return new Outgoing(
                delivery.position() + "." + delivery.reader() + "@" + hub.name(),
                hub.documents().entry(delivery.position()).time(),
                PartyId.URN_PREFIX + hub.name(),
                PartyId.URN_PREFIX + delivery.reader(),
                As4Documents.BRAND_URN + delivery.flow().brand(),
                delivery.flow().kind(),
                conversation == null ? about.id().value() : conversation,
                mpc,
                properties,
                type == null ? "application/octet-stream" : type,
                contentId);
    }

    private boolean isGone(Delivery delivery) {
        if (delivery.flow().isNotices()) {
            return false;
        }
        Payload payload = hub.documents().document(delivery.document()).entry().payload();
        String file = payload.file();
        return file == null
                ? hub.documents().inlinePayload(delivery.document()) == null
                : !hub.documents().knowsFile(file);
    }

    private InputStream payload(Delivery delivery) throws IOException {
        if (delivery.flow().isNotices()) {
            return new ByteArrayInputStream(offers.noticeContent(delivery));
        }
        Payload payload = hub.documents().document(delivery.document()).entry().payload();
        String file = payload.file();
        if (file != null) {
            return hub.payloads().read(file, payload.bytes(), 0, payload.bytes());
        }
        byte[] inline = hub.documents().inlinePayload(delivery.document());
        if (inline == null) {
            throw new IOException("the payload at position " + delivery.document() + " went while it was read");
        }
        return new ByteArrayInputStream(inline);
    }

    /// The delivery that a message of ours was; empty when the id is of none to this reader.
    private Optional<Delivery> find(PartyId reader, String messageId) {
        Matcher parts = MESSAGE_ID.matcher(messageId);
        if (!parts.matches()
                || !parts.group(2).equals(reader.value())
                || !parts.group(3).equals(hub.name().value())
                || Long.parseLong(parts.group(1)) == 0) {
            return Optional.empty();
        }
        return deliveries.find(reader, new Position(Long.parseLong(parts.group(1))));
    }

    private boolean isPending(Delivery delivery) {
        return hub.mailboxes().pending(delivery.reader(), delivery.position().value() - 1, delivery.flow(), 1).stream()
                .anyMatch(row -> row.delivery().position().equals(delivery.position()));
    }

    /// Has the delivery that a receipt is for acknowledged (I3). One that has ended already stays as it ended.
    ///
    /// @return false when the receipt is for nothing that this reader was sent, or not for what it was sent
    /// @throws IOException when the payload cannot be read
    boolean acknowledge(PartyId reader, Receipt receipt) throws IOException {
        Optional<Delivery> found = find(reader, receipt.refTo());
        if (found.isEmpty()) {
            return false;
        }
        Delivery delivery = found.get();
        if (!isPending(delivery)) {
            return true;
        }
        if (isGone(delivery)
                || (!isReceipt(receipt, delivery, null) && !isReceipt(receipt, delivery, mpc(delivery.flow())))) {
            return false;
        }
        deliveries.end(reader, List.of(delivery.position()), List.of(), null);
        forget(delivery);
        return true;
    }

    private boolean isReceipt(Receipt receipt, Delivery delivery, @Nullable String mpc) throws IOException {
        return writer.isReceiptOf(receipt, outgoing(delivery, mpc), () -> digested(delivery));
    }

    /// Whether making it a message takes a processor for a while, or a wait for one.
    boolean takesLong(Delivery delivery) {
        return isLarge(delivery) && !packed.containsKey(delivery.document());
    }

    private boolean isLarge(Delivery delivery) {
        return !delivery.flow().isNotices()
                && hub.documents()
                                .document(delivery.document())
                                .entry()
                                .payload()
                                .bytes()
                        > LARGE_BYTES;
    }

    /// Has the deliveries that a reader could not take rejected: they wait in quarantine, and the next goes on
    /// (I3).
    ///
    /// @return how many
    int reject(PartyId reader, Errors errors) {
        int rejected = 0;
        for (Reported one : errors.reported()) {
            Optional<Delivery> delivery = one.isFailure() ? find(reader, one.refTo()) : Optional.empty();
            if (delivery.isPresent()) {
                String reason = one.code() + ": " + one.description();
                rejected += deliveries
                        .end(
                                reader,
                                List.of(),
                                List.of(new Rejection(
                                        delivery.get().position(),
                                        reason.substring(
                                                0,
                                                Math.min(reason.length(), Entry.DeliveryRejected.REASON_CHARS_MAX)))),
                                null)
                        .rejected();
                forget(delivery.get());
            }
        }
        return rejected;
    }

    /// The id of a receipt of ours: the same for every retry (I2).
    String receiptId(Position document) {
        return "receipt." + document + "@" + hub.name();
    }
}
