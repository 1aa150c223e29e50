package aiguillage.hub.files;

import java.io.IOException;
import java.io.InputStream;

/// A file that is read. Reading on where it stopped costs little; anywhere else it is opened anew, which is a
/// request of the party's. For one thread.
public final class Reading implements AutoCloseable {

    /// So many reads, one behind the other, are one request: whoever reads a large file byte by byte asks
    /// often.
    private static final int READS_PER_REQUEST = 32;

    private final Node node;
    private final Guard guard;
    private final Source source;
    private final Runnable closed;
    private InputStream content = InputStream.nullInputStream();
    private long next = -1;
    private int reads;
    private boolean isClosed;

    /// Opens the content.
    @FunctionalInterface
    interface Source {
        InputStream open(long from) throws IOException;
    }

    /// @param closed runs once, at its end
    Reading(Node node, Guard guard, Source source, Runnable closed) {
        this.node = node;
        this.guard = guard;
        this.source = source;
        this.closed = closed;
    }

    public Node node() {
        return node;
    }

    /// @return as many bytes as there are, at most `bytesMax`; none at the end
    public byte[] read(long offset, int bytesMax) throws FileRefused {
        reads++;
        return offset != next || reads % READS_PER_REQUEST == 0
                ? guard.counted(() -> readFrom(offset, bytesMax))
                : guard.run(() -> readFrom(offset, bytesMax));
    }

    private byte[] readFrom(long offset, int bytesMax) throws IOException {
        if (offset < 0 || offset >= node.bytes()) {
            return new byte[0];
        }
        if (offset != next) {
            next = -1; // until it is open there
            content.close();
            content = source.open(offset);
        }
        byte[] bytes = content.readNBytes(bytesMax);
        next = offset + bytes.length;
        return bytes;
    }

    /// Closed once more it does nothing.
    @Override
    public void close() throws IOException {
        if (isClosed) {
            return;
        }
        isClosed = true;
        closed.run();
        content.close();
    }
}
