package aiguillage.hub.door;

import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives out payloads, whole or one range of them (RFC 9110, section 14), in constant memory.
///
/// A payload that is not what was accepted is never given out whole; the log has the document and what to do. The
/// hub goes on: one file says nothing of the others. Of a range only the file's size is checked; who puts ranges
/// together compares the whole with `Repr-Digest`.
final class PayloadDoor {

    private static final Logger LOG = LoggerFactory.getLogger(PayloadDoor.class);

    private final HubParts hub;

    PayloadDoor(HubParts hub) {
        this.hub = hub;
    }

    /// @param from counted from 0
    /// @param to behind the last byte
    private record Range(long from, long to) {}

    void give(Call call, Recorded<Entry.DocumentAccepted> document) {
        Payload payload = document.entry().payload();
        String contentType = document.entry().envelope().contentType();
        call.response().getHeaders().put(HttpHeader.ACCEPT_RANGES, "bytes");
        Range range = range(call, payload.bytes());
        String type = contentType == null ? "application/octet-stream" : contentType;
        String file = payload.file();
        if (file == null) {
            byte[] bytes = hub.documents().inlinePayload(document.position());
            if (bytes == null) {
                throw gone();
            }
            digests(call, payload, range);
            int from = range == null ? 0 : (int) range.from;
            int to = range == null ? bytes.length : (int) range.to;
            call.answer(range == null ? 200 : 206, type, java.util.Arrays.copyOfRange(bytes, from, to));
        } else {
            requireFile(document, file);
            digests(call, payload, range);
            copy(call, document, type, range);
        }
    }

    /// `Content-Digest` is of the bytes in this answer, `Repr-Digest` of the whole payload (RFC 9530).
    private static void digests(Call call, Payload payload, @Nullable Range range) {
        call.response().getHeaders().put("Repr-Digest", payload.digest().toString());
        if (range == null) {
            call.response().getHeaders().put("Content-Digest", payload.digest().toString());
        }
    }

    private static Refused gone() {
        return new Refused(Problem.PAYLOAD_GONE, "Its receipt still proves what it was.");
    }

    private void requireFile(Recorded<Entry.DocumentAccepted> document, String file) {
        if (!hub.documents().knowsFile(file)) {
            throw gone();
        }
        long expected = document.entry().payload().bytes();
        try {
            long bytes = Files.size(hub.payloads().path(file));
            if (bytes != expected) {
                throw damaged(document, "it has " + bytes + " bytes, not " + expected);
            }
        } catch (IOException e) {
            if (!hub.documents().knowsFile(file)) {
                throw gone(); // its keeping ended this moment
            }
            throw damaged(document, "it cannot be read: " + e);
        }
    }

    private static Refused damaged(Recorded<Entry.DocumentAccepted> document, String what) {
        log(document, what);
        return new Refused(Problem.FAILED, "The hub's log has the cause.");
    }

    private static void log(Recorded<Entry.DocumentAccepted> document, String what) {
        LOG.atError()
                .addKeyValue("document", document.position())
                .addKeyValue("file", document.entry().payload().file())
                .addKeyValue("what", what)
                .log("A payload file is not what was accepted; it was not given out whole. Copy it back from the last"
                        + " backup's folder of payloads, and look at the disk.");
    }

    private void copy(Call call, Recorded<Entry.DocumentAccepted> document, String type, @Nullable Range wanted) {
        Payload payload = document.entry().payload();
        Range range = wanted == null ? new Range(0, payload.bytes()) : wanted;
        Content.Source file = Content.Source.from(
                hub.payloads().path(Objects.requireNonNull(payload.file())), range.from, range.to - range.from);
        Content.Source source = wanted == null ? new VerifiedSource(file, payload.digest()) : file;
        if (!call.claim()) {
            source.fail(new IOException("the call was answered meanwhile"));
            return;
        }
        call.response().setStatus(wanted == null ? 200 : 206);
        call.response().getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        call.response().getHeaders().put(HttpHeader.CONTENT_LENGTH, range.to - range.from);
        Content.copy(source, call.response(), Callback.from(call.callback()::succeeded, failure -> {
            if (failure instanceof VerifiedSource.Damaged) {
                log(document, String.valueOf(failure.getMessage()));
            }
            call.callback().failed(failure);
        }));
    }

    /// The one range asked for, or null for the whole; several ranges at once are answered with the whole, as RFC
    /// 9110 allows.
    private static @Nullable Range range(Call call, long size) {
        String header = call.header(HttpHeader.RANGE);
        if (header == null || !header.startsWith("bytes=") || header.contains(",")) {
            return null;
        }
        String[] ends = header.substring("bytes=".length()).strip().split("-", 2);
        if (ends.length != 2) {
            return null;
        }
        try {
            long from = ends[0].isEmpty() ? Math.max(0, size - Long.parseLong(ends[1])) : Long.parseLong(ends[0]);
            long last = ends[0].isEmpty() || ends[1].isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(ends[1]));
            if (from < 0 || from > last) {
                call.response().getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes */" + size);
                throw new Refused(Problem.RANGE_NOT_SATISFIABLE, "The payload has " + size + " bytes.");
            }
            call.response().getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes " + from + "-" + last + "/" + size);
            return new Range(from, last + 1);
        } catch (NumberFormatException e) {
            return null; // RFC 9110, 14.2: an invalid Range is passed over
        }
    }
}
