package aiguillage.hub.mailbox;

import aiguillage.hub.yard.DeliveryRow;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// One reader's permanent stream of deliveries, as server-sent events. It holds one position and at most one write:
/// what waits for a slow reader waits on disk. Safe from any thread; knows nothing of what carries it ([Line]).
public final class Feed implements Runnable {

    private static final byte[] BEAT = ": beat\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Source source;
    private final PartyId reader;
    private final @Nullable FlowName flow;
    private final Line line;
    // All below is guarded by this. Until it has begun, a feed counts as writing: signals only mark it.
    private long position;
    private long seen = Besides.NOTHING;
    private boolean writing = true;
    private boolean again = true;
    private @Nullable String farewell;
    private boolean over;

    /// What carries a feed's bytes to its reader.
    public interface Line {

        /// Writes these bytes, then calls [Feed#written], or [Feed#lost] when the reader is gone.
        ///
        /// @param last whether nothing follows
        void write(byte[] bytes, boolean last);

        /// Told once, when the feed is over.
        ///
        /// @param failure why, or null when its last bytes were written
        void over(@Nullable Throwable failure);
    }

    /// What a whole stream tells beside deliveries. Told once: a reader that was away asks where things stand.
    public interface Besides {

        /// Seen by a stream that has just begun.
        long NOTHING = -1;

        /// Events, and up to where they tell.
        record Told(byte[] events, long seen) {}

        /// What there is to tell.
        ///
        /// @param seen up to where this stream has told its reader, or [#NOTHING]
        Told told(PartyId reader, long seen);
    }

    /// Where a feed's events come from, and how much of them makes one write.
    ///
    /// @param besides what is told before the next deliveries, on streams of all flows
    /// @param event a delivery as an event's data, one line
    /// @param reconnectMillis after how long a reader that lost its stream comes back
    /// @param waiting runs what reads the store
    /// @param rowsPerWrite the most events in one write
    /// @param bytesPerWrite no event is added beyond this: with one large event more it is the most that a stalled
    ///     reader costs in memory; asked before each write
    public record Source(
            Mailboxes mailboxes,
            Besides besides,
            Function<DeliveryRow, byte[]> event,
            IntSupplier reconnectMillis,
            Executor waiting,
            int rowsPerWrite,
            IntSupplier bytesPerWrite) {

        /// Usual for `rowsPerWrite`.
        public static final int ROWS_PER_WRITE = 64;

        /// Usual for `bytesPerWrite`.
        public static final int BYTES_PER_WRITE = 64 << 10;
    }

    /// A feed that has not begun.
    ///
    /// @param flow only deliveries of this flow, or null for all
    /// @param after only deliveries behind this position; 0 for all
    public Feed(Source source, PartyId reader, @Nullable FlowName flow, long after, Line line) {
        this.source = source;
        this.reader = reader;
        this.flow = flow;
        this.position = after;
        this.line = line;
    }

    public PartyId reader() {
        return reader;
    }

    /// Writes the first bytes; deliveries follow.
    public void begin() {
        line.write(
                ("retry: " + source.reconnectMillis().getAsInt() + "\n\n").getBytes(StandardCharsets.US_ASCII), false);
    }

    /// Something may have come.
    @Override
    public void run() {
        source.waiting().execute(() -> write(true));
    }

    /// Writes a sign of life, if nothing else is being written.
    public void beat() {
        write(false);
    }

    /// Tells the reader to come back later, and ends.
    public void end(String reason) {
        synchronized (this) {
            farewell = reason;
        }
        run();
    }

    /// Starts a write unless one is under way; then the end of that one looks again.
    private void write(boolean look) {
        synchronized (this) {
            if (over) {
                return;
            }
            if (writing) {
                again = again || look;
                return;
            }
            writing = true;
            again = false;
        }
        try {
            writeNow(look);
        } catch (RuntimeException | Error e) {
            lost(e);
        }
    }

    private void writeNow(boolean look) {
        String reason = farewell();
        if (reason != null) {
            line.write(goodbye(reason), true);
            return;
        }
        byte[] events = look ? events() : BEAT;
        if (events.length > 0) {
            line.write(events, false);
        } else {
            written(false);
        }
    }

    private synchronized @Nullable String farewell() {
        return farewell;
    }

    private byte[] goodbye(String reason) {
        return ("event: goodbye\nretry: " + source.reconnectMillis().getAsInt() + "\ndata: " + reason + "\n\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// What is next, as events; empty when there is nothing.
    private byte[] events() {
        if (flow == null) {
            long before;
            synchronized (this) {
                before = seen;
            }
            Besides.Told told = source.besides().told(reader, before);
            synchronized (this) {
                seen = told.seen();
                again = again || told.events().length > 0;
            }
            if (told.events().length > 0) {
                return told.events();
            }
        }
        return deliveries();
    }

    /// The next deliveries; empty when there are none.
    private byte[] deliveries() {
        long after;
        synchronized (this) {
            after = position;
        }
        List<DeliveryRow> rows = source.mailboxes().pending(reader, after, flow, source.rowsPerWrite());
        if (rows.isEmpty()) {
            return new byte[0];
        }
        int bytesMax = source.bytesPerWrite().getAsInt();
        var events = new ByteArrayOutputStream(Math.clamp(bytesMax, 1 << 10, 16 << 10));
        for (DeliveryRow row : rows) {
            after = row.delivery().position().value();
            events.writeBytes(("id: " + after + "\nevent: delivery\ndata: ").getBytes(StandardCharsets.US_ASCII));
            events.writeBytes(source.event().apply(row));
            events.write('\n');
            events.write('\n');
            if (events.size() > bytesMax) {
                break;
            }
        }
        synchronized (this) {
            position = after;
            again = true;
        }
        return events.toByteArray();
    }

    /// The line has written what it was given.
    public void written(boolean last) {
        if (last) {
            close(null);
            return;
        }
        boolean look;
        synchronized (this) {
            writing = false;
            look = again || farewell != null;
            again = false;
        }
        if (look) {
            run();
        }
    }

    /// The reader is gone, or cannot be served.
    public void lost(Throwable failure) {
        close(failure);
    }

    private void close(@Nullable Throwable failure) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        line.over(failure);
    }
}
