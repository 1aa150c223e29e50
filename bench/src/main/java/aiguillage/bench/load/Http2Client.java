package aiguillage.bench.load;

import aiguillage.bench.wire.Peer;
import aiguillage.bench.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One dealer on one HTTP/2 connection, with a fixed number of requests on their way at a time. Only its loop's
/// thread uses it.
///
/// It speaks as little of RFC 9113 as a fair measurement needs: it lets the server's header table be empty, so that
/// a status is the same bytes each time; its own header names and constant values go into the server's table with
/// the first request and are one byte each from then on; its windows are so large that the server never waits. It
/// keeps account of the server's windows and fails, rather than waits, when they do not suffice.
final class Http2Client implements Peer {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FRAME_HEAD_BYTES = 9;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final int WINDOW = 1 << 30;
    private static final int STREAM_WINDOW = 1 << 20;
    private static final int WINDOW_FIRST = 65_535;
    private static final int RECEIPT_EVERY = 1_000;

    private final Http2Request request;
    private final int requestsAtOnce;
    private final Crew.Window window;
    private final CompletableFuture<Crew.Counted> counted;
    private final Map<Integer, OnItsWay> onTheirWay = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128 << 10);
    private final List<Crew.Kept> kept = new ArrayList<>();
    private byte[] in = new byte[64 << 10];
    private int inLength;
    private int nextStream = 1;
    private long serverWindow = WINDOW_FIRST;
    private long taken;
    private boolean settled;
    private boolean begun;
    private long answered;
    private int[] micros = new int[1 << 16];
    private int inWindow;

    Http2Client(Http2Request request, int requestsAtOnce, Crew.Window window, CompletableFuture<Crew.Counted> counted) {
        this.request = request;
        this.requestsAtOnce = requestsAtOnce;
        this.window = window;
        this.counted = counted;
    }

    /// A request that is not answered yet.
    ///
    /// @param id the document's, when its receipt is to be kept
    /// @param receipt where the receipt is gathered, or null
    private record OnItsWay(
            long sentNanos, @Nullable String id, @Nullable ByteArrayOutputStream receipt) {}

    @Override
    public void open(Wire wire) throws IOException {
        out.writeBytes(PREFACE);
        // HEADER_TABLE_SIZE 0, ENABLE_PUSH 0, INITIAL_WINDOW_SIZE
        byte[] settings = {
            0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 4, (byte) (STREAM_WINDOW >> 24), (byte) (STREAM_WINDOW >> 16), 0, 0
        };
        frame(SETTINGS, 0, 0, settings);
        frame(WINDOW_UPDATE, 0, 0, number(WINDOW));
        flush(wire);
    }

    @Override
    public void came(Wire wire, ByteBuffer plain) throws IOException {
        int count = plain.remaining();
        if (inLength + count > in.length) {
            in = Arrays.copyOf(in, 2 * (inLength + count));
        }
        plain.get(in, inLength, count);
        inLength += count;
        int at = 0;
        while (inLength - at >= FRAME_HEAD_BYTES) {
            int length = (in[at] & 0xff) << 16 | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff);
            if (inLength - at < FRAME_HEAD_BYTES + length) {
                break;
            }
            frameCame(at, at + FRAME_HEAD_BYTES, length);
            at += FRAME_HEAD_BYTES + length;
        }
        System.arraycopy(in, at, in, 0, inLength - at);
        inLength -= at;
    }

    private void frameCame(int head, int at, int length) throws IOException {
        int flags = in[head + 4];
        int stream = numberAt(head + 5);
        switch (in[head + 3]) {
            case DATA -> data(stream, at, length, (flags & END_STREAM) != 0);
            case HEADERS -> headers(stream, at, length, (flags & END_STREAM) != 0);
            case SETTINGS -> {
                if ((flags & ACK) == 0) {
                    frame(SETTINGS, ACK, 0, new byte[0]);
                    settled = true;
                }
            }
            case PING -> {
                if ((flags & ACK) == 0) {
                    frame(PING, ACK, 0, Arrays.copyOfRange(in, at, at + length));
                }
            }
            case WINDOW_UPDATE -> serverWindow += stream == 0 ? numberAt(at) : 0;
            default ->
                throw new IOException("the server sent a frame of type " + in[head + 3] + ": "
                        + new String(in, at, length, StandardCharsets.ISO_8859_1));
        }
    }

    /// Once the server's window is known, which it tells right after its settings.
    private void begin() {
        if (begun || !settled || serverWindow <= (long) requestsAtOnce * Request.DOCUMENT_BYTES) {
            return;
        }
        begun = true;
        for (int i = 0; i < requestsAtOnce; i++) {
            request();
        }
    }

    /// Only the last window of a stream is ever needed: a request is smaller than any server's first window.
    private void request() {
        boolean wanted = (nextStream >> 1) % RECEIPT_EVERY == 0;
        byte[] headers = request.headers();
        byte[] body = request.body();
        frame(HEADERS, body.length == 0 ? END_HEADERS | END_STREAM : END_HEADERS, nextStream, headers);
        if (body.length > 0) {
            frame(DATA, END_STREAM, nextStream, body);
            serverWindow -= body.length;
        }
        onTheirWay.put(
                nextStream,
                new OnItsWay(
                        System.nanoTime(),
                        wanted ? request.lastId() : null,
                        wanted ? new ByteArrayOutputStream(2_048) : null));
        nextStream += 2;
    }

    private void headers(int stream, int at, int length, boolean last) throws IOException {
        if (!Http2Request.isStatus(in, at, length, request.statusWanted())) {
            throw new IOException("wanted " + request.statusWanted() + ", got the header "
                    + java.util.HexFormat.of().formatHex(in, at, at + length));
        }
        if (last) {
            answered(stream);
        }
    }

    private void data(int stream, int at, int length, boolean last) {
        OnItsWay one = onTheirWay.get(stream);
        if (one != null && one.receipt != null) {
            one.receipt.write(in, at, length);
        }
        taken += length;
        if (taken > WINDOW / 2) {
            frame(WINDOW_UPDATE, 0, 0, number((int) taken));
            taken = 0;
        }
        if (last) {
            answered(stream);
        }
    }

    private void answered(int stream) {
        OnItsWay one = onTheirWay.remove(stream);
        if (one == null) {
            throw new IllegalStateException("stream " + stream + " was answered twice");
        }
        long now = System.nanoTime();
        answered++;
        if (window.holds(now)) {
            if (inWindow == micros.length) {
                micros = Arrays.copyOf(micros, 2 * inWindow);
            }
            micros[inWindow++] = (int) ((now - one.sentNanos) / 1_000);
        }
        if (one.id != null && one.receipt != null) {
            kept.add(new Crew.Kept(one.id, one.receipt.toByteArray()));
        }
        if (!window.isOver()) {
            request();
        }
    }

    @Override
    public void rest(Wire wire) throws IOException {
        begin();
        if (serverWindow < 0) {
            throw new IOException("the server's window does not hold " + requestsAtOnce + " requests at once");
        }
        flush(wire);
        if (begun && onTheirWay.isEmpty()) {
            wire.close();
            counted.complete(new Crew.Counted(answered, Arrays.copyOf(micros, inWindow), kept));
        }
    }

    private void flush(Wire wire) throws IOException {
        if (out.size() > 0) {
            wire.send(ByteBuffer.wrap(out.toByteArray()));
            out.reset();
        }
    }

    @Override
    public void lost(Wire wire, IOException why) {
        counted.completeExceptionally(why);
    }

    private void frame(int type, int flags, int stream, byte[] content) {
        out.write(content.length >> 16);
        out.write(content.length >> 8);
        out.write(content.length);
        out.write(type);
        out.write(flags);
        out.writeBytes(number(stream));
        out.writeBytes(content);
    }

    private static byte[] number(int value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    private int numberAt(int at) {
        return ByteBuffer.wrap(in, at, 4).getInt();
    }
}
