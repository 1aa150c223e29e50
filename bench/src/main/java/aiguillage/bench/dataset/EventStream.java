package aiguillage.bench.dataset;

import aiguillage.bench.wire.Peer;
import aiguillage.bench.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One gateway's stream: takes it out of its chunks (RFC 9112, 7.1) and cuts it into events. Only its loop's
/// thread uses it.
final class EventStream implements Peer {

    private static final byte[] OPEN =
            "GET /v1/inbox/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String EVENT = "event: ";
    private static final String DATA = "data: ";
    private static final int HEAD_LINES_MAX = 64;

    private final Taker taker;
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream(64);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(64);
    private State state = State.HEAD;
    private int headLines;
    private int left;
    private long bytes;
    private @Nullable String event;

    private enum State {
        HEAD,
        SIZE,
        CHUNK,
        CHUNK_END
    }

    /// Who has the stream. Called by the loop's thread: must not wait.
    interface Taker {

        /// It is open.
        void opened();

        /// An event came.
        void came(String event, String data);

        /// It is over.
        void lost(IOException why);
    }

    EventStream(Taker taker) {
        this.taker = taker;
    }

    /// All bytes that came so far, with HTTP's.
    long bytes() {
        return bytes;
    }

    @Override
    public void open(Wire opened) throws IOException {
        opened.send(ByteBuffer.wrap(OPEN));
    }

    @Override
    public void came(Wire by, ByteBuffer plain) throws IOException {
        bytes += plain.remaining();
        while (plain.hasRemaining()) {
            byte next = plain.get();
            switch (state) {
                case HEAD -> head(next);
                case SIZE -> size(next);
                case CHUNK -> chunk(next);
                case CHUNK_END -> state = next == '\n' ? State.SIZE : State.CHUNK_END;
            }
        }
    }

    private void head(byte next) throws IOException {
        frame.write(next);
        if (next != '\n') {
            return;
        }
        headLines++;
        String head = frame.toString(StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        if (head.endsWith("\r\n\r\n")) {
            requireStream(head);
            frame.reset();
            state = State.SIZE;
            taker.opened();
        } else if (headLines > HEAD_LINES_MAX) {
            throw new IOException("a head without an end: " + head);
        }
    }

    private static void requireStream(String head) throws IOException {
        if (!head.startsWith("http/1.1 200") || !head.contains("transfer-encoding: chunked")) {
            throw new IOException("no stream was opened: " + head);
        }
    }

    private void size(byte next) throws IOException {
        if (next != '\n') {
            frame.write(next);
            return;
        }
        left = Integer.parseInt(frame.toString(StandardCharsets.US_ASCII).strip(), 16);
        frame.reset();
        state = State.CHUNK;
        if (left == 0) {
            throw new IOException("the server ended the stream");
        }
    }

    private void chunk(byte next) {
        if (next != '\n') {
            line.write(next);
        } else {
            line(line.toString(StandardCharsets.UTF_8));
            line.reset();
        }
        left--;
        state = left == 0 ? State.CHUNK_END : State.CHUNK;
    }

    private void line(String text) {
        if (text.startsWith(EVENT)) {
            event = text.substring(EVENT.length());
        } else if (text.startsWith(DATA) && event != null) {
            taker.came(event, text.substring(DATA.length()));
            event = null;
        }
    }

    @Override
    public void lost(Wire by, IOException why) {
        taker.lost(why);
    }
}
