package aiguillage.hub.door.rest;

import aiguillage.hub.document.Recorded;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.Uploads;
import aiguillage.hub.door.call.Visitor;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Evidence;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.intake.Intake;
import aiguillage.hub.intake.Received;
import aiguillage.hub.intake.Reply;
import aiguillage.hub.intake.Signed;
import aiguillage.hub.intake.Submission;
import aiguillage.hub.payload.Payloads;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.quota.Quota;
import aiguillage.hub.trust.Caller;
import aiguillage.protocol.CloudEvents;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.Position;
import aiguillage.protocol.signature.Freshness;
import aiguillage.protocol.signature.MessageSignature;
import aiguillage.protocol.signature.SignedMessage;
import aiguillage.protocol.signature.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/// `POST /v1/documents`: reads a document and hands it to the [Intake].
public final class SubmissionDoor {

    static final String RATE_LIMIT_POLICY = "RateLimit-Policy";
    static final String RATE_LIMIT = "RateLimit";

    private final HubParts hub;
    private final Intake intake;
    private final Uploads uploads;
    private final Executor waiting;

    /// @param waiting runs what may wait
    public SubmissionDoor(HubParts hub, Intake intake, Uploads uploads, Executor waiting) {
        this.hub = hub;
        this.intake = intake;
        this.uploads = uploads;
        this.waiting = waiting;
    }

    /// A call that brings a document.
    private record Coming(Call call, Submission submission) {

        long length() {
            return call.request().getLength();
        }
    }

    /// Takes a document in. Everything that can be refused without its body is refused before its body is read.
    ///
    /// @param visitor who sends it, identified before anything of the request was looked at (I8)
    void submit(Call call, Visitor visitor) {
        Caller sender = visitor.caller();
        Quota quota = visitor.quota();
        long length = call.request().getLength();
        HttpFields.Mutable head = call.response().getHeaders();
        head.put(RATE_LIMIT_POLICY, quota.policy());
        Coming coming;
        Refused refusal;
        try {
            quota.document();
            hub.stopping().requireOpen();
            hub.trust().requireKnownStatus(sender);
            coming = coming(call, sender, hub.clock().instant());
            refusal = coming.submission().refusal(length);
            if (refusal == null) {
                hub.space().require(Math.max(length, 0));
                quota.comes(Math.max(length, 0));
            }
        } finally {
            head.put(RATE_LIMIT, quota.left()); // what its sender may still send, whatever becomes of this one
        }
        if (refusal != null) {
            waiting.execute(() -> guarded(call, () -> readRefused(coming, refusal, quota)));
        } else if (length >= 0 && length <= Payloads.INLINE_BYTES_MAX) {
            readSmall(coming, (int) length);
        } else {
            waiting.execute(() -> guarded(call, () -> readLarge(coming, quota)));
        }
    }

    /// @param arrived when its headers came: a signature is as fresh as it was then, however long the body
    ///     takes
    private Coming coming(Call call, Caller sender, Instant arrived) {
        Map<String, String> headers = call.headers();
        Envelope envelope;
        try {
            envelope = CloudEvents.envelope(headers);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_ENVELOPE, e.getMessage() + ".");
        }
        if (!envelope.sender().equals(sender.party())) {
            throw new Refused(
                    Problem.SENDER_MISMATCH,
                    "Your certificate is of " + sender.party() + ", ce-source is of " + envelope.sender() + ".");
        }
        Signed signed = headers.containsKey("signature") ? () -> proven(call, sender, headers, arrived) : null;
        return new Coming(call, intake.submission(sender.party(), envelope, announced(headers), signed));
    }

    private static @Nullable Digest announced(Map<String, String> headers) {
        String header = headers.get("content-digest");
        try {
            return header == null ? null : Digest.ofHeader(header);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.DIGEST_MISMATCH, "Content-Digest: " + e.getMessage() + ".");
        }
    }

    private static Evidence proven(Call call, Caller sender, Map<String, String> headers, Instant arrived) {
        var message = new SignedMessage("POST", call.request().getHttpURI().getPath(), headers);
        return switch (MessageSignature.verify(message, sender.x509(), Freshness.DEFAULT, arrived)) {
            case Verdict.Valid valid -> new Evidence(valid.evidence().encoded());
            case Verdict.Invalid(var reason) -> throw new Refused(Problem.SIGNATURE_INVALID, reason);
            case Verdict.NotFresh(var reason) -> throw new Refused(Problem.SIGNATURE_NOT_FRESH, reason);
        };
    }

    /// A flow's refusal holds for what is new.
    private void readRefused(Coming coming, Refused refusal, Quota quota) throws IOException {
        Recorded<Entry.DocumentAccepted> first =
                intake.before(coming.submission()).orElseThrow(() -> refusal);
        quota.comes(Intake.bytesCome(first));
        readRepeated(coming, first);
    }

    /// Reads the body for its digest alone, keeps none of it, and answers.
    private void readRepeated(Coming coming, Recorded<Entry.DocumentAccepted> first) throws IOException {
        long bytesMax = Intake.bytesCome(first);
        if (coming.length() >= 0 && coming.length() != bytesMax) {
            throw intake.taken(coming.submission(), first.position(), null);
        }
        Uploads.Upload upload = uploads.beginStreamed(coming.call(), Uploads.STREAMED_BYTES);
        MessageDigest sha256 = Digest.sha256();
        long bytes = 0;
        boolean inTime;
        try (InputStream body = Content.Source.asInputStream(coming.call().request())) {
            var buffer = new byte[Uploads.STREAMED_BYTES];
            for (int n = body.read(buffer); n >= 0 && bytes <= bytesMax; n = body.read(buffer)) {
                sha256.update(buffer, 0, n);
                bytes += n;
            }
        } catch (IOException e) {
            brokenOff(coming.call());
            return;
        } finally {
            inTime = upload.end();
            upload.free();
        }
        if (inTime && bytes > bytesMax) {
            throw intake.taken(coming.submission(), first.position(), null);
        }
        if (inTime) {
            var payload = new Payload(new Digest(sha256.digest()), bytes, null);
            intake.repeated(coming.submission(), payload, first, reply(coming));
        }
    }

    private void readSmall(Coming coming, int length) {
        Uploads.Upload upload = uploads.begin(coming.call(), length);
        Content.Source.asByteArrayAsync(
                coming.call().request(),
                Math.max(length, 1),
                Promise.Invocable.from(Invocable.InvocationType.NON_BLOCKING, (payload, failure) -> {
                    boolean inTime = upload.end();
                    if (failure != null || !inTime) {
                        upload.free();
                        brokenOff(coming.call());
                    } else if (coming.submission().takesLong()) {
                        waiting.execute(() -> takeHeld(coming, payload, upload));
                    } else {
                        takeHeld(coming, payload, upload);
                    }
                }));
    }

    /// From here on the journal counts what waits.
    private void takeHeld(Coming coming, byte[] payload, Uploads.Upload upload) {
        intake.take(coming.submission(), new Received.Small(payload), reply(coming));
        upload.free();
    }

    /// The body ended before its end: there is nobody left to tell, and nothing was kept.
    private static void brokenOff(Call call) {
        call.refuse(new Refused(Problem.BAD_REQUEST, "The body broke off before its end; nothing was kept."));
    }

    private void readLarge(Coming coming, Quota quota) throws IOException {
        Optional<Recorded<Entry.DocumentAccepted>> before = intake.before(coming.submission());
        if (before.isPresent()) {
            readRepeated(coming, before.get());
            return;
        }
        boolean isLarge = coming.length() > Payloads.INLINE_BYTES_MAX;
        Uploads.Upload upload = uploads.beginStreamed(
                coming.call(), isLarge ? Uploads.STREAMED_BYTES : Uploads.STREAMED_BYTES + Payloads.INLINE_BYTES_MAX);
        try {
            Received received;
            boolean inTime;
            try (InputStream body = Content.Source.asInputStream(coming.call().request())) {
                received = intake.read(coming.submission(), body, coming.length(), quota::comes);
            } finally {
                inTime = upload.end();
            }
            if (inTime) {
                if (received instanceof Received.Large) {
                    upload.free(); // its bytes are in a file; small ones are held until the journal counts them
                }
                intake.take(coming.submission(), received, reply(coming));
            } else {
                intake.drop(received);
            }
        } catch (Payloads.DiskRefuses e) {
            throw e; // the disk failed, not the sender
        } catch (IOException e) {
            brokenOff(coming.call());
        } finally {
            upload.free();
        }
    }

    private Reply reply(Coming coming) {
        Call call = coming.call();
        return new Reply() {
            @Override
            public void accepted(boolean isFirst, Position document, byte[] receipt) {
                call.response()
                        .getHeaders()
                        .put(
                                HttpHeader.LOCATION,
                                "/v1/documents/"
                                        + coming.submission().envelope().id());
                call.answer(isFirst ? 201 : 200, "application/json", receipt);
            }

            @Override
            public void refused(Refused refused) {
                call.refuse(refused);
            }

            @Override
            public void failed(Throwable failure) {
                hub.fail(call, failure);
            }
        };
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void guarded(Call call, Step step) {
        try {
            step.run();
        } catch (Refused refused) {
            call.refuse(refused);
        } catch (IOException | RuntimeException | Error e) {
            hub.fail(call, e);
        }
    }
}
