package aiguillage.hub.files;

import java.io.IOException;
import java.io.InputStream;

/// A file that is read. Reading on where it stopped costs nothing; anywhere else it is opened anew. For one
/// thread.
public final class Reading implements AutoCloseable {

    private final Node node;
    private final Guard guard;
    private final Source source;
    private InputStream content = InputStream.nullInputStream();
    private long next = -1;

    /// Opens the content.
    @FunctionalInterface
    interface Source {
        InputStream open(long from) throws IOException;
    }

    Reading(Node node, Guard guard, Source source) {
        this.node = node;
        this.guard = guard;
        this.source = source;
    }

    public Node node() {
        return node;
    }

    /// @return as many bytes as there are, at most `bytesMax`; none at the end
    public byte[] read(long offset, int bytesMax) throws FileRefused {
        return guard.run(() -> readFrom(offset, bytesMax));
    }

    private byte[] readFrom(long offset, int bytesMax) throws IOException {
        if (offset < 0 || offset >= node.bytes()) {
            return new byte[0];
        }
        if (offset != next) {
            content.close();
            content = source.open(offset);
        }
        byte[] bytes = content.readNBytes(bytesMax);
        next = offset + bytes.length;
        return bytes;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
