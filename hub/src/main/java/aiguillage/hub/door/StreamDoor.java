package aiguillage.hub.door;

import aiguillage.hub.mailbox.Feed;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.nio.ByteBuffer;
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

/// `GET /v1/inbox/stream`: the permanent flow, as server-sent events; a [Feed] per stream. Safe from any thread.
final class StreamDoor {

    /// A party's streams beyond this number replace its oldest.
    static final int STREAMS_PER_PARTY_MAX = 4;

    private final HubParts hub;
    private final Feed.Source source;
    private final Map<PartyId, Deque<Stream>> streams = new ConcurrentHashMap<>();

    StreamDoor(HubParts hub, Offers offers, Pace pace, Executor waiting) {
        this.hub = hub;
        this.source = new Feed.Source(
                hub.mailboxes(),
                offers::event,
                pace::reconnectMillis,
                waiting,
                Feed.Source.ROWS_PER_WRITE,
                Feed.Source.BYTES_PER_WRITE);
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
            replaced.feed.end("replaced");
        }
        stream.begin();
        if (hub.stopping().begun()) {
            stream.feed.end("stopping"); // it came after everybody was told
        }
    }

    private @Nullable Stream add(Stream stream) {
        var replaced = new ArrayList<Stream>(1);
        streams.compute(stream.feed.reader(), (reader, open) -> {
            Deque<Stream> more = open == null ? new ArrayDeque<>(1) : open;
            more.addLast(stream);
            if (more.size() > STREAMS_PER_PARTY_MAX) {
                replaced.add(more.removeFirst());
            }
            return more;
        });
        hub.signals().add(stream.feed.reader(), stream.feed);
        return replaced.isEmpty() ? null : replaced.getFirst();
    }

    private void remove(Stream stream) {
        hub.signals().remove(stream.feed.reader(), stream.feed);
        streams.computeIfPresent(stream.feed.reader(), (reader, open) -> {
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
        all().forEach(stream -> stream.feed.beat());
    }

    /// Tells every reader to come back later, and ends the streams.
    void goodbye() {
        all().forEach(stream -> stream.feed.end("stopping"));
    }

    /// One reader's stream: its feed, carried by the answer to its call.
    private final class Stream implements Feed.Line {

        private final Call call;
        private final Feed feed;

        Stream(Call call, PartyId reader, @Nullable FlowName flow, long after) {
            this.call = call;
            this.feed = new Feed(source, reader, flow, after, this);
        }

        void begin() {
            call.response().setStatus(200);
            call.response().getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
            call.response().getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            call.request().addIdleTimeoutListener(timeout -> false);
            call.request().addFailureListener(feed::lost);
            feed.begin();
        }

        @Override
        public void write(byte[] bytes, boolean last) {
            call.response().write(last, ByteBuffer.wrap(bytes), new Callback() {
                @Override
                public void succeeded() {
                    feed.written(last);
                }

                @Override
                public void failed(Throwable failure) {
                    feed.lost(failure);
                }
            });
        }

        @Override
        public void over(@Nullable Throwable failure) {
            remove(this);
            if (failure == null) {
                call.callback().succeeded();
                return;
            }
            call.callback().failed(failure);
            if (HubParts.mustStop(failure)) {
                hub.onFailure().accept(failure);
            }
        }
    }
}
