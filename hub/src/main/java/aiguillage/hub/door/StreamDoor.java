package aiguillage.hub.door;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// `GET /v1/inbox/stream`: the permanent flow, as server-sent events. A stream holds one position and at most one
/// write: what waits for a slow reader waits on disk. Safe from any thread.
final class StreamDoor {

    /// A party's streams beyond this number replace its oldest.
    static final int STREAMS_PER_PARTY_MAX = 4;

    private static final int ROWS_PER_WRITE = 64;

    /// No event is added beyond this: with one large event more it is the most that a stalled reader costs in memory.
    private static final int BYTES_PER_WRITE = 64 << 10;

    private static final byte[] BEAT = ": beat\n\n".getBytes(StandardCharsets.US_ASCII);

    private final HubParts hub;
    private final Offers offers;
    private final Pace pace;
    private final Executor waiting;
    private final Unwritten unwritten = new Unwritten();
    private final Map<PartyId, Deque<Stream>> streams = new ConcurrentHashMap<>();

    StreamDoor(HubParts hub, Offers offers, Pace pace, Executor waiting) {
        this.hub = hub;
        this.offers = offers;
        this.pace = pace;
        this.waiting = waiting;
    }

    void open(Call call) {
        PartyId reader = hub.trust().identify(Sessions.of(call.request())).party();
        hub.stopping().requireOpen();
        FlowName flow = InboxDoor.flow(call.query(Query.FLOW));
        String last = call.request().getHeaders().get("Last-Event-ID");
        long after = 0;
        if (last != null && !last.isEmpty()) {
            try {
                after = Position.of(last).value();
            } catch (IllegalArgumentException e) {
                throw new Refused(Problem.BAD_REQUEST, "Last-Event-ID is not a position.");
            }
        }
        if (!call.claim()) {
            return;
        }
        var stream = new Stream(call, reader, flow, after);
        Stream replaced = add(stream);
        if (replaced != null) {
            replaced.end("replaced");
        }
        stream.begin();
        if (hub.stopping().begun()) {
            stream.end("stopping"); // it came after everybody was told
        }
    }

    private @Nullable Stream add(Stream stream) {
        var replaced = new ArrayList<Stream>(1);
        streams.compute(stream.reader, (reader, open) -> {
            Deque<Stream> more = open == null ? new ArrayDeque<>(1) : open;
            more.addLast(stream);
            if (more.size() > STREAMS_PER_PARTY_MAX) {
                replaced.add(more.removeFirst());
            }
            return more;
        });
        hub.signals().add(stream.reader, stream);
        return replaced.isEmpty() ? null : replaced.getFirst();
    }

    private void remove(Stream stream) {
        hub.signals().remove(stream.reader, stream);
        streams.computeIfPresent(stream.reader, (reader, open) -> {
            open.remove(stream);
            return open.isEmpty() ? null : open;
        });
    }

    private List<Stream> all() {
        var all = new ArrayList<Stream>();
        streams.forEach((reader, open) -> streams.computeIfPresent(reader, (same, now) -> {
            all.addAll(now);
            return now;
        }));
        return all;
    }

    /// The number of open streams.
    int count() {
        return all().size();
    }

    /// Shows every reader that the hub is there, and finds out who is gone; to be called every 15 s.
    void beat() {
        all().forEach(stream -> stream.write(Stream.Next.BEAT));
    }

    /// Tells every reader to come back later, and ends the streams.
    void goodbye() {
        all().forEach(stream -> stream.end("stopping"));
    }

    /// One reader's stream.
    private final class Stream implements Runnable {

        private enum Next {
            /// Look for deliveries, and write them.
            LOOK,
            /// Write a sign of life, if nothing else is being written.
            BEAT
        }

        private final Call call;
        private final PartyId reader;
        private final @Nullable FlowName flow;
        // All below is guarded by this. Until it has begun, a stream counts as writing: signals only mark it.
        private long position;
        private boolean writing = true;
        private boolean again = true;
        private @Nullable String farewell;
        private boolean over;

        Stream(Call call, PartyId reader, @Nullable FlowName flow, long after) {
            this.call = call;
            this.reader = reader;
            this.flow = flow;
            this.position = after;
        }

        void begin() {
            call.response().setStatus(200);
            call.response().getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
            call.response().getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            call.request().addIdleTimeoutListener(timeout -> false);
            call.request().addFailureListener(this::lost);
            send(("retry: " + pace.reconnectMillis() + "\n\n").getBytes(StandardCharsets.US_ASCII), false);
        }

        /// Something may have come.
        @Override
        public void run() {
            waiting.execute(() -> write(Next.LOOK));
        }

        void end(String reason) {
            synchronized (this) {
                farewell = reason;
            }
            waiting.execute(() -> write(Next.LOOK));
        }

        /// Starts a write unless one is under way; then the end of that one looks again.
        void write(Next next) {
            synchronized (this) {
                if (over) {
                    return;
                }
                if (writing) {
                    again = again || next == Next.LOOK;
                    return;
                }
                writing = true;
                again = false;
            }
            try {
                writeNow(next);
            } catch (RuntimeException | Error e) {
                lost(e);
                if (HubParts.mustStop(e)) {
                    hub.onFailure().accept(e);
                }
            }
        }

        private void writeNow(Next next) {
            String reason = farewell();
            if (reason != null) {
                send(goodbye(reason), true);
                return;
            }
            byte[] events = next == Next.LOOK ? events() : BEAT;
            if (events.length > 0) {
                send(events, false);
            } else {
                written();
            }
        }

        private synchronized @Nullable String farewell() {
            return farewell;
        }

        private byte[] goodbye(String reason) {
            return ("event: goodbye\nretry: " + pace.reconnectMillis() + "\ndata: " + reason + "\n\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }

        /// The next deliveries, as events; empty when there are none.
        private byte[] events() {
            long after;
            synchronized (this) {
                after = position;
            }
            List<DeliveryRow> rows = hub.mailboxes().pending(reader, after, flow, ROWS_PER_WRITE);
            if (rows.isEmpty()) {
                return new byte[0];
            }
            boolean isShort = unwritten.isShort();
            var events = new ByteArrayOutputStream(isShort ? 1 << 10 : 16 << 10);
            for (DeliveryRow row : rows) {
                after = row.delivery().position().value();
                events.writeBytes(("id: " + after + "\nevent: delivery\ndata: ").getBytes(StandardCharsets.US_ASCII));
                events.writeBytes(isShort ? offers.eventByReference(row) : offers.event(row));
                events.write('\n');
                events.write('\n');
                if (isShort || events.size() > BYTES_PER_WRITE) {
                    break;
                }
            }
            synchronized (this) {
                position = after;
                again = true;
            }
            return events.toByteArray();
        }

        private void send(byte[] bytes, boolean last) {
            unwritten.begin(bytes.length);
            call.response().write(last, ByteBuffer.wrap(bytes), new Callback() {
                @Override
                public void succeeded() {
                    unwritten.end(bytes.length);
                    if (last) {
                        if (close()) {
                            call.callback().succeeded();
                        }
                    } else {
                        written();
                    }
                }

                @Override
                public void failed(Throwable failure) {
                    unwritten.end(bytes.length);
                    lost(failure);
                }
            });
        }

        private void written() {
            boolean look;
            synchronized (this) {
                writing = false;
                look = again || farewell != null;
                again = false;
            }
            if (look) {
                waiting.execute(() -> write(Next.LOOK));
            }
        }

        /// The reader is gone, or cannot be served.
        private void lost(Throwable failure) {
            if (close()) {
                call.callback().failed(failure);
            }
        }

        /// @return whether it was open: who closes it completes the call
        private boolean close() {
            synchronized (this) {
                if (over) {
                    return false;
                }
                over = true;
            }
            remove(this);
            return true;
        }
    }
}
