package aiguillage.gateway.link;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;

/// The body of a hub's answer as it comes. Whoever reads waits for the line, and a line can die without a sign; the
/// client's own limit ends with the answer's headers. So somebody else looks, and cuts what has stood still for too
/// long.
final class WatchedBody extends InputStream {

    private static final long NOBODY_READS = Long.MIN_VALUE;

    private final InputStream in;
    private final Set<WatchedBody> open;
    private volatile long waitsSince = NOBODY_READS;
    private volatile boolean cut;

    /// @param open where it stands until it is closed
    WatchedBody(InputStream in, Set<WatchedBody> open) {
        this.in = in;
        this.open = open;
        open.add(this);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        waitsSince = System.nanoTime();
        try {
            return in.read(into, offset, length);
        } catch (IOException e) {
            throw cut ? new IOException("nothing came from the hub any more, in the middle of its answer", e) : e;
        } finally {
            waitsSince = NOBODY_READS;
        }
    }

    /// Ends a read that has waited for so long.
    void cutIfSilentFor(Duration silence) throws IOException {
        long since = waitsSince;
        if (since != NOBODY_READS && System.nanoTime() - since > silence.toNanos()) {
            cut = true;
            close();
        }
    }

    @Override
    public void close() throws IOException {
        open.remove(this);
        in.close();
    }
}
