package aiguillage.simulation.world;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A download whose line breaks before its end.
final class BrokenOff extends InputStream {

    private final ByteArrayInputStream bytes;

    BrokenOff(byte[] bytes) {
        this.bytes = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() throws IOException {
        int one = bytes.read();
        if (one < 0) {
            throw new IOException("the download broke off");
        }
        return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = bytes.read(into, offset, length);
        if (count < 0) {
            throw new IOException("the download broke off");
        }
        return count;
    }
}
