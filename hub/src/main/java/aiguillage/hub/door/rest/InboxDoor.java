package aiguillage.hub.door.rest;

import aiguillage.hub.delivery.Deliveries;
import aiguillage.hub.delivery.Offers;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.Pace;
import aiguillage.hub.door.call.PerParty;
import aiguillage.hub.door.call.Query;
import aiguillage.hub.door.call.Uploads;
import aiguillage.hub.door.call.Wire;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A party's mailbox: pulling, acknowledging, rejecting; its quarantine. Runs on threads that may wait.
public final class InboxDoor {

    /// An answer takes no further delivery once it has this many bytes.
    static final int ANSWER_BYTES_MAX = 1 << 20;

    /// The most deliveries one request may end one by one.
    static final int POSITIONS_MAX = 10_000;

    /// A party's pulls that wait beyond this number end its oldest one.
    static final int POLLS_PER_PARTY_MAX = 4;

    private final HubParts hub;
    private final Deliveries deliveries;
    private final Offers offers;
    private final Uploads uploads;
    private final Pace pace;
    private final ScheduledExecutorService timer;
    private final Executor waiting;
    private final PerParty<LongPoll> polls = new PerParty<>(POLLS_PER_PARTY_MAX);

    public InboxDoor(
            HubParts hub,
            Deliveries deliveries,
            Offers offers,
            Uploads uploads,
            Pace pace,
            ScheduledExecutorService timer,
            Executor waiting) {
        this.hub = hub;
        this.deliveries = deliveries;
        this.offers = offers;
        this.uploads = uploads;
        this.pace = pace;
        this.timer = timer;
        this.waiting = waiting;
    }

    /// `GET /v1/inbox`: what waits behind a position. Changes nothing, so a lost answer loses nothing: ask again.
    void pull(Call call) {
        PartyId reader = call.party();
        long after = reached(hub, call.number(Query.AFTER));
        int limit = (int) call.number(Query.LIMIT);
        long wait = call.number(Query.WAIT);
        FlowName flow = flow(call.query(Query.FLOW));
        List<DeliveryRow> rows = hub.mailboxes().pending(reader, after, flow, limit);
        if (!rows.isEmpty() || wait == 0 || hub.stopping().begun()) {
            give(call, rows);
            return;
        }
        new LongPoll(call, reader, after, flow, limit).begin(wait);
    }

    /// A position that the journal has reached: whoever waits behind a later one would wait without a word.
    ///
    /// @throws Refused when it has not: the caller knows it from another hub, or from before a restore
    static long reached(HubParts hub, long position) {
        long size = hub.ledger().size();
        if (position > size) {
            throw new Refused(
                    Problem.BAD_REQUEST,
                    "Position " + position + " was never reached: this hub's journal ends at " + size
                            + ". If the hub was restored from a backup, begin again without a position (after=0, no"
                            + " Last-Event-ID): what you have already comes with ids you know.");
        }
        return position;
    }

    static @Nullable FlowName flow(@Nullable String name) {
        try {
            return name == null ? null : FlowName.of(name);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_REQUEST, "Parameter flow: " + e.getMessage() + ".");
        }
    }

    /// The number of pulls that wait.
    public int waitingPulls() {
        return polls.all().size();
    }

    /// A pull that waits for something to come.
    private final class LongPoll implements Runnable {

        private final Call call;
        private final PartyId reader;
        private final long after;
        private final @Nullable FlowName flow;
        private final int limit;
        private final AtomicBoolean looking = new AtomicBoolean();
        private volatile @Nullable Future<?> end;

        LongPoll(Call call, PartyId reader, long after, @Nullable FlowName flow, int limit) {
            this.call = call;
            this.reader = reader;
            this.after = after;
            this.flow = flow;
            this.limit = limit;
        }

        void begin(long seconds) {
            LongPoll oldest = polls.add(reader, this);
            if (oldest != null) {
                oldest.cutShort();
            }
            hub.signals().add(reader, this);
            end = timer.schedule(() -> waiting.execute(() -> look(true)), seconds, TimeUnit.SECONDS);
            call.request().addFailureListener(this::lost);
            // Something may have come, or the stop have begun, before the signal was added.
            look(hub.stopping().begun());
        }

        @Override
        public void run() {
            if (looking.compareAndSet(false, true)) {
                waiting.execute(() -> {
                    looking.set(false);
                    look(hub.stopping().begun());
                });
            }
        }

        private void look(boolean isLast) {
            if (call.isClaimed()) {
                over();
                return;
            }
            try {
                List<DeliveryRow> rows = hub.mailboxes().pending(reader, after, flow, limit);
                if (isLast || !rows.isEmpty()) {
                    over();
                    give(call, rows);
                }
            } catch (RuntimeException | Error e) {
                over();
                hub.fail(call, e);
            }
        }

        /// Who asked is gone.
        private void lost(Throwable failure) {
            over();
            if (call.claim()) {
                call.callback().failed(failure);
            }
        }

        /// Its party has begun too many more: it is answered now, with what there is.
        private void cutShort() {
            waiting.execute(() -> look(true));
        }

        private void over() {
            polls.remove(reader, this);
            hub.signals().remove(reader, this);
            Future<?> scheduled = end;
            if (scheduled != null) {
                scheduled.cancel(false);
            }
        }
    }

    private void give(Call call, List<DeliveryRow> rows) {
        var batch = new ByteArrayOutputStream(4_096);
        batch.write('[');
        for (int i = 0; i < rows.size() && batch.size() < ANSWER_BYTES_MAX; i++) {
            if (i > 0) {
                batch.write(',');
            }
            batch.writeBytes(offers.event(rows.get(i)));
        }
        batch.write(']');
        if (rows.isEmpty()) {
            call.response().getHeaders().put(HttpHeader.RETRY_AFTER, pace.nextPullSeconds());
        }
        call.answer(200, "application/cloudevents-batch+json", batch.toByteArray());
    }

    /// `POST /v1/inbox/acknowledgements`: has these, all up to there, and cannot use those. The request is read to its
    /// end before any delivery comes to its own.
    void end(Call call) throws IOException {
        PartyId reader = call.party();
        ObjectNode ends = Wire.json(call, uploads, Wire.BODY_BYTES_MAX);
        Deliveries.UpTo upTo = ends.has("acknowledgeUpTo") ? upTo(object(ends.path("acknowledgeUpTo"))) : null;
        List<Position> acknowledged = positions(ends.path("acknowledge"));
        var rejected = new ArrayList<Deliveries.Rejection>();
        for (JsonNode one : list(ends.path("reject"))) {
            String reason = Wire.text(object(one), "reason");
            if (reason.length() > Entry.DeliveryRejected.REASON_CHARS_MAX) {
                throw new Refused(
                        Problem.BAD_REQUEST,
                        "A reason has at most " + Entry.DeliveryRejected.REASON_CHARS_MAX + " characters.");
            }
            rejected.add(new Deliveries.Rejection(position(one.path("position")), reason));
        }
        Deliveries.Ended ended = deliveries.end(reader, acknowledged, rejected, upTo);
        call.json(
                200,
                Call.JSON
                        .createObjectNode()
                        .put("acknowledged", ended.acknowledged())
                        .put("rejected", ended.rejected())
                        .put("ended", ended.already()));
    }

    private static Deliveries.UpTo upTo(ObjectNode json) {
        return new Deliveries.UpTo(
                position(json.path("position")), flow(json.has("flow") ? Wire.text(json, "flow") : null));
    }

    /// `GET /v1/inbox/{position}/payload`.
    void payload(Call call, PayloadDoor payloads) {
        PartyId reader = call.party();
        Delivery delivery = deliveries
                .find(reader, call.position())
                .orElseThrow(() -> new Refused(Problem.NOT_FOUND, "No such delivery is in your mailbox."));
        if (delivery.flow().isNotices()) {
            call.answer(200, "application/json", offers.noticeContent(delivery));
        } else {
            payloads.give(call, hub.documents().document(delivery.document()));
        }
    }

    private static List<Position> positions(JsonNode list) {
        var positions = new ArrayList<Position>();
        for (JsonNode one : list(list)) {
            positions.add(position(one));
        }
        return positions;
    }

    /// A member that is a list, or missing.
    private static JsonNode list(JsonNode list) {
        if (!list.isArray() && !list.isMissingNode()) {
            throw new Refused(Problem.BAD_REQUEST, "A list was expected, as in {\"acknowledge\": [42, 43]}.");
        }
        if (list.size() > POSITIONS_MAX) {
            throw new Refused(
                    Problem.BAD_REQUEST, "One request ends at most " + POSITIONS_MAX + " deliveries one by one.");
        }
        return list;
    }

    private static Position position(JsonNode number) {
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 1) {
            throw new Refused(Problem.BAD_REQUEST, "A position is a whole number from 1.");
        }
        return new Position(number.longValue());
    }

    private static ObjectNode object(JsonNode json) {
        if (json instanceof ObjectNode object) {
            return object;
        }
        throw new Refused(Problem.BAD_REQUEST, "An object was expected, as in {\"position\": 44}.");
    }
}
