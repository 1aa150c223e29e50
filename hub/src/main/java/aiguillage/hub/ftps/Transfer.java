package aiguillage.hub.ftps;

import aiguillage.hub.files.Reading;
import aiguillage.hub.files.Writing;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Data on their way through a data connection. For one thread, except [#interrupt], [#leaves] and
/// [#sweep].
final class Transfer {

    private static final int BUFFER_BYTES = 64 << 10;

    /// How soon programs leave that give up.
    static final Duration LEAVES_WITHIN = Duration.ofMillis(300);

    private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);

    private final DataConnection data;
    private final Runnable moves;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
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

    /// Reads to the end of the data, and ends the connection.
    ///
    /// @param from where in the file the first byte belongs
    /// @return how many bytes came
    /// @throws IOException when the line broke, or the other end wants to stop: what came is not all
    long receive(Writing file, long from) throws IOException {
        long at = from;
        if (from > 0) {
            file.write(at, ByteBuffer.allocate(0)); // before a byte comes: a hole is refused
        }
        InputStream in = data.in();
        var buffer = new byte[BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            file.write(at, ByteBuffer.wrap(buffer, 0, n));
            at += n;
            moves.run();
        }
        requireGoingOn();
        if (at == from) {
            file.write(at, ByteBuffer.allocate(0)); // all was there already, or it is empty
        }
        isEnded = true;
        try {
            data.end();
        } catch (IOException e) {
            LOG.atTrace().setCause(e).log("The other end closed first; its data ended by TLS.");
        }
        return at - from;
    }

    private void requireGoingOn() throws IOException {
        if (interrupted.getCount() == 0) {
            throw new IOException("interrupted by the other end");
        }
    }

    /// Programs that give up close data as they would at their end, and leave a moment later: waits for that
    /// moment.
    ///
    /// @throws IOException when the other end has left, or leaves in it
    void requireStanding() throws IOException {
        try {
            if (left.await(LEAVES_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the other end left without waiting for an answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the hub stops");
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
        interrupted.countDown();
        left.countDown();
        data.close();
    }

    void leaves() {
        left.countDown();
    }

    void sweep(long now) {
        data.sweep(now);
    }
}
