package aiguillage.hub.door.rest;

import aiguillage.hub.document.Contents;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.Ranges;
import aiguillage.hub.door.call.Ranges.Range;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.Position;
import aiguillage.protocol.signature.EnvelopeEvidence;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Gives out payloads, whole or one range of them (RFC 9110, section 14), in constant memory.
public final class PayloadDoor {

    private final HubParts hub;

    public PayloadDoor(HubParts hub) {
        this.hub = hub;
    }

    void give(Call call, Recorded<Entry.DocumentAccepted> document) {
        Payload payload = document.entry().payload();
        String contentType = document.entry().envelope().contentType();
        call.response().getHeaders().put(HttpHeader.ACCEPT_RANGES, "bytes");
        Range range = Ranges.range(call, payload.bytes());
        String type = contentType == null ? "application/octet-stream" : contentType;
        String file = payload.file();
        if (file == null) {
            byte[] bytes = hub.documents().inlinePayload(document.position());
            if (bytes == null) {
                throw gone();
            }
            digests(call, payload, range);
            int from = range == null ? 0 : (int) range.from();
            int to = range == null ? bytes.length : (int) range.to();
            call.answer(range == null ? 200 : 206, type, Arrays.copyOfRange(bytes, from, to));
        } else {
            copy(call, document.position(), payload, type, range);
        }
    }

    /// `Content-Digest` is of the bytes in this answer, `Repr-Digest` of the whole payload (RFC 9530).
    private static void digests(Call call, Payload payload, @Nullable Range range) {
        call.response().getHeaders().put("Repr-Digest", payload.digest().toString());
        if (range == null) {
            call.response().getHeaders().put("Content-Digest", payload.digest().toString());
        }
    }

    /// Answers with the signed message that a document came in, byte for byte.
    ///
    /// @throws Refused when the payload is gone: nothing is left of the message but what stood around it
    void give(Call call, Recorded<Entry.DocumentAccepted> document, EnvelopeEvidence evidence) throws IOException {
        Payload payload = document.entry().payload();
        InputStream bytes = new Contents(hub.documents(), hub.payloads())
                .open(document.position(), payload, 0, payload.bytes())
                .orElseThrow(PayloadDoor::gone);
        InputStream message;
        try {
            message = evidence.message(bytes);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
        Content.Source source = Content.Source.from(Call.BUFFERS, message);
        if (!call.claim()) {
            source.fail(new IOException("answered already"));
            return;
        }
        Callback sent = Callback.from(call.callback()::succeeded, failure -> {
            call.callback().failed(failure);
            hub.stopIfDamaged(failure);
        });
        call.send(200, evidence.contentType(), evidence.messageBytes(payload.bytes()), source, sent);
    }

    private static Refused gone() {
        return new Refused(Problem.PAYLOAD_GONE, "Its receipt still proves what it was.");
    }

    private void copy(Call call, Position position, Payload payload, String type, @Nullable Range wanted) {
        Range range = wanted == null ? new Range(0, payload.bytes()) : wanted;
        InputStream bytes;
        try {
            bytes = new Contents(hub.documents(), hub.payloads())
                    .open(position, payload, range.from(), range.to())
                    .orElseThrow(PayloadDoor::gone);
        } catch (IOException e) {
            hub.fail(call, e);
            return;
        }
        Content.Source source = Content.Source.from(Call.BUFFERS, bytes);
        digests(call, payload, wanted);
        if (!call.claim()) {
            source.fail(new IOException("answered already"));
            return;
        }
        Callback sent = Callback.from(call.callback()::succeeded, failure -> {
            call.callback().failed(failure);
            hub.stopIfDamaged(failure);
        });
        call.send(wanted == null ? 200 : 206, type, range.to() - range.from(), source, sent);
    }
}
