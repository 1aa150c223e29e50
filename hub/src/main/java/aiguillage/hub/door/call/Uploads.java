package aiguillage.hub.door.call;

import aiguillage.hub.payload.Payloads;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.PartyId;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// The bodies that are being read, and the memory they hold. One that comes too slowly is given up: a server's
/// idle limit starts anew with every byte, so one byte now and then would hold a connection for ever. One for
/// which there is no memory is refused before it is read. Each listener has its own, so that nobody fills that
/// of another. Safe from any thread.
public final class Uploads {

    /// Every body has this long, however small.
    public static final Duration PATIENCE = Duration.ofSeconds(15);

    /// Beyond that a body must have come at this rate on average.
    static final long BYTES_PER_SECOND_MIN = 16_000;

    /// What bodies that stand in memory may hold together, from their first byte until the journal counts them;
    /// and as much for those that go through to a file, so that slow large ones never keep small ones out.
    static final long HELD_BYTES_MAX = 64L << 20;

    /// When half of that is held, one party gets no more than this: nobody can keep the others out.
    static final long PARTY_BYTES_MAX = HELD_BYTES_MAX / 8;

    /// What a body holds on its way to a file.
    public static final int STREAMED_BYTES = Payloads.COPY_BYTES;

    private static final Duration CLOSED_AFTER = Duration.ofSeconds(1);

    private final Set<Upload> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong whole = new AtomicLong();
    private final AtomicLong streamed = new AtomicLong();

    private final long bytesPerSecondMin;

    public Uploads() {
        this(BYTES_PER_SECOND_MIN);
    }

    /// @param bytesPerSecondMin the rate below which a body is given up
    public Uploads(long bytesPerSecondMin) {
        this.bytesPerSecondMin = bytesPerSecondMin;
    }

    /// A body that is being read; end it in any case, and free its memory once. Whoever ends it first decides:
    /// it came in time, or it is given up.
    public final class Upload {

        private final Call call;
        private final @Nullable PartyId party;
        private final boolean isStreamed;
        private final AtomicLong bytes;
        private final long beganNanos = System.nanoTime();
        private boolean isHeld = true; // guarded by this

        private Upload(Call call, boolean isStreamed, long bytes) {
            Visitor visitor = call.visitor();
            this.call = call;
            this.party = visitor == null ? null : visitor.caller().party();
            this.isStreamed = isStreamed;
            this.bytes = new AtomicLong(bytes);
        }

        /// Its bytes are no longer held, or somebody else counts them. The second time changes nothing.
        public synchronized void free() {
            if (isHeld) {
                isHeld = false;
                held().addAndGet(-bytes.get());
            }
        }

        /// Holds so many bytes in all, where that is more than it holds already. Only whoever reads the body asks
        /// for them, and frees all.
        ///
        /// @throws Refused when there is no memory for them, or the body was given up meanwhile
        public synchronized void hold(long all) {
            if (!isHeld) {
                throw new Refused(Problem.TOO_SLOW, "The body came too slowly, and was given up.");
            }
            long more = all - bytes.get();
            if (more > 0) {
                bytes.addAndGet(more);
                requireRoom(this, more);
            }
        }

        private AtomicLong held() {
            return isStreamed ? streamed : whole;
        }

        /// Whether nobody has ended it.
        public boolean isOpen() {
            return open.contains(this);
        }

        /// @return whether nobody had ended it before
        public boolean end() {
            boolean isFirst = open.remove(this);
            Visitor visitor = call.visitor();
            if (isFirst && visitor != null) {
                visitor.quota().uploadEnds();
            }
            return isFirst;
        }

        /// How far it is behind one that came at the least rate from its first moment.
        private long behindNanos() {
            double due = Request.getContentBytesRead(call.request()) * 1_000_000_000.0 / bytesPerSecondMin;
            return System.nanoTime() - beganNanos - (long) due;
        }

        /// @return whether it was open
        private boolean giveUp(String why) {
            if (!end()) {
                return false;
            }
            free();
            call.refuse(new Refused(Problem.TOO_SLOW, why));
            closeSoon(call.request().getConnectionMetaData());
            return true;
        }
    }

    /// Begins to read a body into memory.
    ///
    /// @param bytes as announced, or the most that is read
    /// @throws Refused when there is no memory for it, or its party has too many open
    public Upload begin(Call call, long bytes) {
        return begin(new Upload(call, false, bytes));
    }

    /// Begins to read a body that goes through memory, of which it holds so many bytes at a time.
    ///
    /// @throws Refused when there is no memory for it, or its party has too many open
    public Upload beginStreamed(Call call, int bytes) {
        return begin(new Upload(call, true, bytes));
    }

    private Upload begin(Upload upload) {
        requireRoom(upload, upload.bytes.get());
        count(upload);
        return upload;
    }

    private void requireRoom(Upload upload, long more) {
        long held = upload.held().addAndGet(more);
        if (held > HELD_BYTES_MAX / 2 && (held > HELD_BYTES_MAX || hasItsShare(upload))) {
            upload.free();
            throw new Refused(Problem.JOURNAL_BUSY, "Too many bodies are coming in at this moment.");
        }
    }

    private void count(Upload upload) {
        Visitor visitor = upload.call.visitor();
        if (visitor != null) {
            try {
                visitor.quota().uploadBegins();
            } catch (Refused refused) {
                upload.free();
                throw refused;
            }
        }
        open.add(upload);
    }

    /// Strangers are no party, and do not share.
    private boolean hasItsShare(Upload upload) {
        if (upload.party == null) {
            return false;
        }
        long bytes = upload.bytes.get();
        for (Upload other : open) {
            if (other != upload && other.isStreamed == upload.isStreamed && Objects.equals(other.party, upload.party)) {
                bytes += other.bytes.get();
            }
        }
        return bytes > PARTY_BYTES_MAX;
    }

    /// Gives up what is too slow; to be called every second.
    public void sweep() {
        for (Upload upload : open) {
            if (upload.behindNanos() > PATIENCE.toNanos()) {
                upload.giveUp("A body has " + PATIENCE.toSeconds() + " seconds, and then needs " + bytesPerSecondMin
                        + " bytes per second.");
            }
        }
    }

    /// Gives up the body that is furthest behind the least rate, so that another has its place.
    ///
    /// @param leastBehind less than that gives no place up
    /// @return whose it was; null: none is so far behind
    public @Nullable Call giveUpSlowest(Duration leastBehind) {
        Upload slowest = null;
        long most = leastBehind.toNanos();
        for (Upload upload : open) {
            long behind = upload.behindNanos();
            if (behind > most) {
                most = behind;
                slowest = upload;
            }
        }
        if (slowest == null
                || !slowest.giveUp(
                        "All places are taken, and of the bodies that come in this was the slowest: it needs "
                                + bytesPerSecondMin + " bytes per second.")) {
            return null;
        }
        return slowest.call;
    }

    /// A connection of HTTP/1.1 is of no more use once a body was given up; one of HTTP/2 has other streams.
    private static void closeSoon(ConnectionMetaData connection) {
        if (connection.getHttpVersion() != HttpVersion.HTTP_2) {
            connection.getConnection().getEndPoint().setIdleTimeout(CLOSED_AFTER.toMillis());
        }
    }
}
