package aiguillage.gateway.link;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// Reads server-sent events (WHATWG HTML, 9.2). One event has at most [#EVENT_BYTES_MAX] bytes; memory holds one.
final class EventReader {

    static final int EVENT_BYTES_MAX = 1 << 20;

    private static final Duration COME_BACK_MAX = Duration.ofMinutes(15);

    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Deque<Read> ready = new ArrayDeque<>();
    private final StringBuilder data = new StringBuilder();
    private String id = "";
    private String event = "";
    private boolean lastWasReturn;

    EventReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /// Waits for the next event, comment or `retry`.
    Read next() throws IOException {
        while (ready.isEmpty()) {
            take(line());
        }
        return ready.removeFirst();
    }

    private void take(String text) throws IOException {
        if (text.isEmpty()) {
            if (!data.isEmpty() || !event.isEmpty()) {
                ready.add(new Read.Event(id, event, data.toString()));
            }
            data.setLength(0);
            event = "";
            return;
        }
        if (text.startsWith(":")) {
            ready.add(new Read.Comment());
            return;
        }
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "id" -> id = value;
            case "event" -> event = value;
            case "data" -> {
                data.append(data.isEmpty() ? "" : "\n").append(value);
                limit(data.length());
            }
            case "retry" -> retry(value);
            default -> {
                // The standard says: fields of other names are passed over.
            }
        }
    }

    private void retry(String value) {
        if (value.matches("[0-9]{1,9}")) {
            Duration wait = Duration.ofMillis(Long.parseLong(value));
            ready.add(new Read.Retry(wait.compareTo(COME_BACK_MAX) > 0 ? COME_BACK_MAX : wait));
        }
    }

    private String line() throws IOException {
        line.reset();
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("the hub ended the stream");
            }
            boolean secondOfPair = lastWasReturn && b == '\n';
            lastWasReturn = b == '\r';
            if (secondOfPair) {
                continue;
            }
            if (b == '\n' || b == '\r') {
                return line.toString(StandardCharsets.UTF_8);
            }
            line.write(b);
            limit(line.size());
        }
    }

    private static void limit(int size) throws IOException {
        if (size > EVENT_BYTES_MAX) {
            throw new IOException("the hub sent an event of more than " + EVENT_BYTES_MAX + " bytes");
        }
    }

    /// What was read.
    sealed interface Read {
        record Event(String id, String event, String data) implements Read {}

        record Comment() implements Read {}

        record Retry(Duration delay) implements Read {}
    }
}
