package aiguillage.bench.bulk;

import aiguillage.bench.wire.Caller;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.json.JsonMapper;

/// One consumer: takes deliveries from its stream and acknowledges what it has taken, over a second connection, one
/// request at a time; while that is on its way it goes on taking.
final class Drain {

    private static final byte[] OPEN_STREAM =
            "GET /v1/inbox/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ID = "id: ".getBytes(StandardCharsets.US_ASCII);

    /// Taken together they are one request, and at the hub few commits.
    private static final long ACKNOWLEDGED_TOGETHER = 1_000;

    private final SSLContext centre;
    private final int port;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong last = new AtomicLong();
    private final JsonMapper json = new JsonMapper();

    Drain(SSLContext centre, int port) {
        this.centre = centre;
        this.port = port;
    }

    /// @return seconds until all are acknowledged, and bytes that came on the stream
    String run(long count) throws Exception {
        try (var stream = new Caller(centre, port);
                var acknowledging = new Caller(centre, port);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            long began = System.nanoTime();
            stream.send(OPEN_STREAM, OPEN_STREAM.length);
            Future<Void> acknowledged = threads.submit(() -> acknowledgeAll(acknowledging, count));
            long bytes = take(stream.body(), count);
            acknowledged.get();
            return BulkProcess.seconds(began) + " " + bytes;
        }
    }

    private long take(InputStream in, long count) throws IOException {
        var buffer = new byte[CopyProcess.BUFFER_BYTES];
        long bytes = 0;
        long deliveries = 0;
        long position = 0;
        int inId = -1; // how far into the word; −1 in another line, its length while the number is read
        while (true) {
            int got = in.read(buffer);
            if (got < 0) {
                throw new EOFException("the stream ended after " + deliveries + " of " + count + " deliveries");
            }
            bytes += got;
            for (int i = 0; i < got; i++) {
                byte b = buffer[i];
                if (b == '\n') {
                    if (inId == ID.length) {
                        deliveries++;
                        last.set(position);
                        taken.set(deliveries);
                        if (deliveries == count) {
                            return bytes;
                        }
                    }
                    inId = 0;
                    position = 0;
                } else if (inId >= 0) {
                    if (inId == ID.length) {
                        position = 10 * position + b - '0';
                    } else {
                        inId = b == ID[inId] ? inId + 1 : -1;
                    }
                }
            }
        }
    }

    /// The last position is read after how many were taken: it is never behind that.
    private Void acknowledgeAll(Caller caller, long count) throws IOException, InterruptedException {
        long done = 0;
        while (done < count) {
            long have = taken.get();
            if (have - done < Math.min(ACKNOWLEDGED_TOGETHER, count - done)) {
                Thread.sleep(1);
                continue;
            }
            done += acknowledge(caller, last.get());
        }
        return null;
    }

    private long acknowledge(Caller caller, long position) throws IOException {
        String body = "{\"acknowledgeUpTo\":{\"position\":" + position + "}}";
        byte[] request = ("POST /v1/inbox/acknowledgements HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
        caller.send(request, request.length);
        Caller.Head head = caller.head();
        byte[] answer = caller.body().readNBytes((int) head.length());
        if (head.status() != 200) {
            throw new IOException("acknowledging failed: " + head.text() + new String(answer, StandardCharsets.UTF_8));
        }
        return json.readTree(answer).path("acknowledged").asLong();
    }
}
