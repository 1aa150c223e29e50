package aiguillage.hub.quota;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.util.function.LongSupplier;

/// What one party has asked and may ask. Safe from any thread; each call holds the lock for some arithmetic.
public final class Quota {

    /// Refusals that are told at once: so many, then one more each second.
    static final int REFUSALS_AT_ONCE = 60;

    /// Refusals that wait to be told. More than a party has connections, so that over HTTP/1.1 nobody is ever cut
    /// off: a connection that waits costs less than a handshake.
    static final int REFUSALS_LATER_MAX = 256;

    private static final long REFUSALS_PER_MINUTE = 60;

    private final LongSupplier nanos;
    // All below is guarded by this.
    private Allowance allowance;
    private String policy;
    private final Bucket documents;
    private final Bucket requests;
    private final Bucket bytes;
    private final Bucket refusals;
    private int uploadsOpen;
    private int requestsOpen;
    private int connectionsOpen;
    private int refusalsLater;

    Quota(Allowance allowance, LongSupplier nanos) {
        long now = nanos.getAsLong();
        this.nanos = nanos;
        this.allowance = allowance;
        this.documents = new Bucket(allowance.documentsAtOnce(), allowance.documentsPerMinute(), now);
        this.requests = new Bucket(allowance.requestsAtOnce(), allowance.requestsPerMinute(), now);
        this.bytes = new Bucket(
                allowance.bytesPerMinute().count(), allowance.bytesPerMinute().count(), now);
        this.refusals = new Bucket(REFUSALS_AT_ONCE, REFUSALS_PER_MINUTE, now);
        this.policy = policyNow();
    }

    synchronized void allow(Allowance allowed) {
        if (allowed.equals(allowance)) {
            return;
        }
        long now = nanos.getAsLong();
        allowance = allowed;
        documents.resize(allowed.documentsAtOnce(), allowed.documentsPerMinute(), now);
        requests.resize(allowed.requestsAtOnce(), allowed.requestsPerMinute(), now);
        bytes.resize(allowed.bytesPerMinute().count(), allowed.bytesPerMinute().count(), now);
        policy = policyNow();
    }

    private String policyNow() {
        return "\"documents\";q=" + allowance.documentsAtOnce() + ";w=" + documents.window()
                + ", \"bytes\";q=" + allowance.bytesPerMinute().count() + ";w=" + bytes.window()
                + ";qu=\"content-bytes\"";
    }

    /// A request begins; [#requestEnds] must follow unless this throws.
    ///
    /// @throws Refused when there are too many
    public synchronized void requestBegins() {
        if (requestsOpen >= allowance.requestsOpen()) {
            throw tooMany("You have " + requestsOpen + " requests open, which is all that you may.", 1);
        }
        if (!requests.has(1, nanos.getAsLong())) {
            throw tooMany(
                    "You may make " + allowance.requestsPerMinute() + " requests in a minute.",
                    requests.secondsUntil(1));
        }
        requests.take(1);
        requestsOpen++;
    }

    public synchronized void requestEnds() {
        requestsOpen--;
    }

    /// A document is about to come. Counts from the first byte of its header, whatever becomes of it.
    ///
    /// @throws Refused when it is one too many, or the bytes of those before are
    public synchronized void document() {
        documents(1);
    }

    /// Several are about to come together, and are taken together. Of more than the party may have at once the
    /// rest is a debt: otherwise they would never come.
    ///
    /// @throws Refused when they are too many, or the bytes of those before are; then none is counted
    public synchronized void documents(int together) {
        int least = Math.min(together, allowance.documentsAtOnce());
        if (!documents.has(least, nanos.getAsLong())) {
            throw tooManyDocuments(least);
        }
        requireBytes();
        documents.take(together);
    }

    /// What came as one document is several, and this is one more. It is counted and not refused, so that a file
    /// of many is taken whole: the next document waits until there is room again ([#requireDocuments]).
    public synchronized void oneMore() {
        documents.gain(nanos.getAsLong());
        documents.take(1);
    }

    /// The documents counted so far are not more than the party may submit.
    ///
    /// @throws Refused when they are
    public synchronized void requireDocuments() {
        if (!documents.has(0, nanos.getAsLong())) {
            throw tooManyDocuments(0);
        }
    }

    /// Payload may come: what came before is not too much.
    ///
    /// @throws Refused when it is
    public synchronized void requireBytes() {
        if (!bytes.has(1, nanos.getAsLong())) {
            throw tooMany(
                    "You may submit " + allowance.bytesPerMinute() + " of payload in a minute.", bytes.secondsUntil(1));
        }
    }

    /// Payload is about to be read, or was read when its length was not announced. What is refused unread costs
    /// nobody anything, so it is not counted.
    public synchronized void comes(long payloadBytes) {
        bytes.take(payloadBytes);
    }

    /// A body begins to be read; [#uploadEnds] must follow unless this throws.
    ///
    /// @throws Refused when too many are being read
    public synchronized void uploadBegins() {
        if (uploadsOpen >= allowance.uploadsOpen()) {
            throw tooMany("You have " + uploadsOpen + " uploads open, which is all that you may.", 1);
        }
        uploadsOpen++;
    }

    public synchronized void uploadEnds() {
        uploadsOpen--;
    }

    /// A connection was opened; [#connectionEnds] must follow if this is true.
    ///
    /// @return false when there are too many: close it
    public synchronized boolean connectionBegins() {
        if (connectionsOpen >= allowance.connectionsOpen()) {
            return false;
        }
        connectionsOpen++;
        return true;
    }

    public synchronized void connectionEnds() {
        connectionsOpen--;
    }

    /// How to tell the party that it was refused. After [Patience#LATER], [#told] must follow.
    public synchronized Patience patience() {
        if (refusals.has(1, nanos.getAsLong())) {
            refusals.take(1);
            return Patience.AT_ONCE;
        }
        if (refusalsLater < REFUSALS_LATER_MAX) {
            refusalsLater++;
            return Patience.LATER;
        }
        return Patience.NEVER;
    }

    public synchronized void told() {
        refusalsLater--;
    }

    /// The field `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers): how much at once (`q`), gained anew
    /// within so many seconds (`w`).
    public synchronized String policy() {
        return policy;
    }

    /// The field `RateLimit`: how much is left (`r`), full again in so many seconds (`t`).
    public synchronized String left() {
        return "\"documents\";r=" + documents.left() + ";t=" + documents.secondsUntilFull() + ", \"bytes\";r="
                + bytes.left() + ";t=" + bytes.secondsUntilFull();
    }

    /// Whether nothing is open and nothing is remembered: then a new one is as good.
    synchronized boolean isIdle() {
        long now = nanos.getAsLong();
        return uploadsOpen + requestsOpen + connectionsOpen + refusalsLater == 0
                && documents.isFull(now)
                && requests.isFull(now)
                && bytes.isFull(now)
                && refusals.isFull(now);
    }

    private Refused tooManyDocuments(long least) {
        return tooMany(
                "You may submit " + allowance.documentsPerMinute() + " documents in a minute.",
                documents.secondsUntil(least));
    }

    private static Refused tooMany(String detail, long retrySeconds) {
        return new Refused(Problem.TOO_MANY_REQUESTS, detail).with("retryAfter", retrySeconds);
    }
}
