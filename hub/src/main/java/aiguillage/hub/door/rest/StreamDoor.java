package aiguillage.hub.door.rest;

import aiguillage.hub.delivery.Offers;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.Pace;
import aiguillage.hub.door.call.PerParty;
import aiguillage.hub.door.call.Query;
import aiguillage.hub.mailbox.Feed;
import aiguillage.hub.presence.Door;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// `GET /v1/inbox/stream`: the permanent flow, as server-sent events; a [Feed] per stream. Safe from any thread.
public final class StreamDoor {

    /// A party's streams beyond this number replace its oldest.
    static final int STREAMS_PER_PARTY_MAX = 4;

    private final HubParts hub;
    private final Feed.Source source;
    private final Unwritten unwritten = new Unwritten();
    private final PerParty<Stream> streams = new PerParty<>(STREAMS_PER_PARTY_MAX);

    public StreamDoor(HubParts hub, Offers offers, Feed.Besides besides, Pace pace, Executor waiting) {
        this.hub = hub;
        this.source = new Feed.Source(
                hub.mailboxes(),
                besides,
                row -> unwritten.isShort() ? offers.eventByReference(row) : offers.event(row),
                pace::reconnectMillis,
                waiting,
                Feed.Source.ROWS_PER_WRITE,
                () -> unwritten.isShort() ? 1 : Feed.Source.BYTES_PER_WRITE);
    }

    void open(Call call) {
        PartyId reader = call.party();
        hub.stopping().requireOpen();
        FlowName flow = InboxDoor.flow(call.query(Query.FLOW));
        String last = call.request().getHeaders().get("Last-Event-ID");
        long after = 0;
        if (last != null && !last.isEmpty()) {
            try {
                after = InboxDoor.reached(hub, Position.of(last).value());
            } catch (IllegalArgumentException e) {
                throw new Refused(Problem.BAD_REQUEST, "Last-Event-ID is not a position.");
            }
        }
        if (!call.claim()) {
            return;
        }
        var stream = new Stream(call, reader, flow, after);
        Stream replaced = streams.add(reader, stream);
        hub.presence().opened(reader, Door.REST);
        hub.signals().add(reader, stream.feed);
        if (replaced != null) {
            replaced.feed.end("replaced");
        }
        stream.begin();
        if (hub.stopping().begun()) {
            stream.feed.end("stopping"); // it came after everybody was told
        }
    }

    private void remove(Stream stream) {
        PartyId reader = stream.feed.reader();
        hub.signals().remove(reader, stream.feed);
        streams.remove(reader, stream);
        hub.presence().closed(reader, Door.REST);
    }

    /// The number of open streams.
    public int count() {
        return streams.all().size();
    }

    /// Shows every reader that the hub is there, and finds out who is gone; to be called every 15 s.
    public void beat() {
        streams.all().forEach(stream -> stream.feed.beat());
    }

    /// Tells every reader to come back later, and ends the streams.
    public void goodbye() {
        streams.all().forEach(stream -> stream.feed.end("stopping"));
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
            unwritten.begin(bytes.length);
            call.response().write(last, ByteBuffer.wrap(bytes), new Callback() {
                @Override
                public void succeeded() {
                    unwritten.end(bytes.length);
                    feed.written(last);
                }

                @Override
                public void failed(Throwable failure) {
                    unwritten.end(bytes.length);
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
