package aiguillage.hub.door;

import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.io.IOException;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Gives out payloads, whole or one range of them (RFC 9110, section 14), in constant memory.
final class PayloadDoor {

    private static final ByteBufferPool.Sized BUFFERS = new ByteBufferPool.Sized(null, false, 64 << 10);

    /// At most as many digits as a header line could be read in an instant.
    private static final Pattern ONE_RANGE = Pattern.compile("bytes=([0-9]{0,100})-([0-9]{0,100})");

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
            requireFile(file);
            digests(call, payload, range);
            copy(
                    call,
                    file,
                    type,
                    payload.bytes(),
                    range == null ? new Range(0, payload.bytes()) : range,
                    range != null);
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

    private void requireFile(String file) {
        if (!hub.documents().knowsFile(file)) {
            throw gone();
        }
    }

    private void copy(Call call, String file, String type, long bytes, Range range, boolean partial) {
        Content.Source source;
        try {
            source = Content.Source.from(BUFFERS, hub.payloads().read(file, bytes, range.from, range.to));
        } catch (IOException e) {
            requireFile(file); // its keeping may just have ended
            hub.fail(call, e);
            return;
        }
        if (!call.claim()) {
            source.fail(new IOException("answered already"));
            return;
        }
        call.response().setStatus(partial ? 206 : 200);
        call.response().getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        call.response().getHeaders().put(HttpHeader.CONTENT_LENGTH, range.to - range.from);
        Content.copy(source, call.response(), Callback.from(call.callback()::succeeded, failure -> {
            call.callback().failed(failure);
            hub.stopIfDamaged(failure);
        }));
    }

    /// The one range asked for, or null for the whole; several ranges at once are answered with the whole, as RFC
    /// 9110 allows.
    private static @Nullable Range range(Call call, long size) {
        String header = call.header(HttpHeader.RANGE);
        Matcher asked = header == null ? null : ONE_RANGE.matcher(header);
        if (asked == null || !asked.matches() || asked.group().equals("bytes=-")) {
            return null; // RFC 9110, 14.2: an invalid Range is passed over
        }
        String first = asked.group(1);
        String end = asked.group(2);
        long from = first.isEmpty() ? Math.max(0, size - number(end)) : number(first);
        long last = first.isEmpty() || end.isEmpty() ? size - 1 : Math.min(size - 1, number(end));
        if (from > last) {
            call.response().getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes */" + size);
            throw new Refused(Problem.RANGE_NOT_SATISFIABLE, "The payload has " + size + " bytes.");
        }
        call.response().getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes " + from + "-" + last + "/" + size);
        return new Range(from, last + 1);
    }

    /// However many digits: more than any payload has is as good as the most there is.
    private static long number(String digits) {
        return new BigInteger(digits).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    }
}
