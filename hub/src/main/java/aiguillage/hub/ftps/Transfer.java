package aiguillage.hub.ftps;

import aiguillage.hub.files.Reading;
import aiguillage.hub.files.Writing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Data on their way through a data connection. For one thread, except [#interrupt].
final class Transfer {

    private static final int BUFFER_BYTES = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);

    private final DataConnection data;
    private final Runnable moves;
    private volatile boolean isInterrupted;
    private boolean isEnded;

    /// @param moves runs whenever something went through
    Transfer(DataConnection data, Runnable moves) {
        this.data = data;
        this.moves = moves;
    }

    void send(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(Reading file, long from) throws IOException {
        long at = from;
        for (byte[] bytes = file.read(at, BUFFER_BYTES); bytes.length > 0; bytes = file.read(at, BUFFER_BYTES)) {
            write(bytes);
            at += bytes.length;
        }
    }

    private void write(byte[] bytes) throws IOException {
        OutputStream out = data.out();
        out.write(bytes);
        moves.run();
    }

    /// Reads to the end of the data, and ends the connection. When this returns, all has come.
    ///
    /// @param from where in the file the first byte belongs
    /// @throws IOException when the line broke, or the other end wants to stop: what came is not all
    void receive(Writing file, long from) throws IOException {
        long at = from;
        file.write(at, ByteBuffer.allocate(0)); // before a byte came: a hole is refused, and all may be there already
        InputStream in = data.in();
        var buffer = new byte[BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            file.write(at, ByteBuffer.wrap(buffer, 0, n));
            at += n;
            moves.run();
        }
        requireGoingOn();
        isEnded = true;
        try {
            data.end();
        } catch (IOException e) {
            LOG.atTrace().setCause(e).log("The other end closed first; all has come."); // as TLS said
        }
    }

    private void requireGoingOn() throws IOException {
        if (isInterrupted) {
            throw new IOException("interrupted by the other end");
        }
    }

    /// All has gone through: tells the other end by TLS.
    void end() throws IOException {
        if (isEnded) {
            return;
        }
        isEnded = true;
        requireGoingOn();
        data.end();
    }

    void interrupt() {
        isInterrupted = true;
        data.close();
    }
}
