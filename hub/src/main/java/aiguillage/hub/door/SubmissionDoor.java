package aiguillage.hub.door;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Evidence;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.journal.Applied;
import aiguillage.hub.journal.JournalFull;
import aiguillage.hub.payload.Payloads;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.quota.Quota;
import aiguillage.hub.schema.Fault;
import aiguillage.hub.schema.Verdict;
import aiguillage.hub.trust.Caller;
import aiguillage.hub.yard.Outcome;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.signature.Freshness;
import aiguillage.protocol.signature.MessageSignature;
import aiguillage.protocol.signature.SignedMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/// `POST /v1/documents`: who has read this class knows the hub.
final class SubmissionDoor {

    static final String RATE_LIMIT_POLICY = "RateLimit-Policy";
    static final String RATE_LIMIT = "RateLimit";

    private final HubParts hub;
    private final Uploads uploads;
    private final Executor waiting;

    /// @param waiting runs what may wait
    SubmissionDoor(HubParts hub, Uploads uploads, Executor waiting) {
        this.hub = hub;
        this.uploads = uploads;
        this.waiting = waiting;
    }

    /// Takes a document in. Everything that can be refused without its body is refused before its body is read.
    ///
    /// @param visitor who sends it, identified before anything of the request was looked at (I8)
    void submit(Call call, Visitor visitor) {
        Caller sender = visitor.caller();
        long length = call.request().getLength();
        count(call, visitor.quota(), length);
        hub.stopping().requireOpen();
        hub.trust().requireKnownStatus(sender);
        Submission submission =
                Submission.of(call, sender, hub.flows().inForce(), hub.clock().instant()); // I4, I6: who may have it
        submission.requireFits(length);
        hub.space().require(Math.max(length, 0));
        if (length >= 0 && length <= Payloads.INLINE_BYTES_MAX) {
            readSmall(submission, (int) length);
        } else {
            waiting.execute(() ->
                    guarded(submission, () -> readLarge(submission, length < 0 ? visitor.quota() : null)));
        }
    }

    /// Counts the document, and says in the answer's head what its sender may still send.
    private static void count(Call call, Quota quota, long length) {
        HttpFields.Mutable head = call.response().getHeaders();
        head.put(RATE_LIMIT_POLICY, quota.policy());
        try {
            quota.document(length);
        } finally {
            head.put(RATE_LIMIT, quota.left());
        }
    }

    private void readSmall(Submission submission, int length) {
        Uploads.Upload upload = uploads.begin(submission.call());
        Content.Source.asByteArrayAsync(
                submission.call().request(),
                Math.max(length, 1),
                Promise.Invocable.from(Invocable.InvocationType.NON_BLOCKING, (payload, failure) -> {
                    boolean inTime = upload.end();
                    if (failure != null || !inTime) {
                        brokenOff(submission);
                    } else if (submission.takesLong()) {
                        waiting.execute(() -> guarded(submission, () -> acceptSmall(submission, payload)));
                    } else {
                        guarded(submission, () -> acceptSmall(submission, payload));
                    }
                }));
    }

    /// The body ended before its end: there is nobody left to tell, and nothing was kept.
    private static void brokenOff(Submission submission) {
        submission
                .call()
                .refuse(new Refused(Problem.BAD_REQUEST, "The body broke off before its end; nothing was kept."));
    }

    /// @param uncounted whose bytes are counted as they come, since no length was announced; or null
    private void readLarge(Submission submission, @Nullable Quota uncounted) throws IOException {
        Uploads.Upload upload = uploads.begin(submission.call());
        Payloads.Stored stored;
        boolean inTime;
        try (InputStream body = Content.Source.asInputStream(submission.call().request())) {
            byte[] head = body.readNBytes(Payloads.INLINE_BYTES_MAX + 1);
            if (head.length > submission.payloadBytesMax()) {
                throw submission.tooLarge();
            }
            if (head.length <= Payloads.INLINE_BYTES_MAX) {
                if (uncounted != null) {
                    uncounted.came(head.length);
                }
                if (upload.end()) {
                    acceptSmall(submission, head);
                }
                return;
            }
            stored = hub.payloads().store(head, body, submission.payloadBytesMax(), bytes -> {
                hub.space().take(bytes);
                if (uncounted != null) {
                    uncounted.came(bytes);
                }
            });
        } catch (Payloads.TooLarge e) {
            throw submission.tooLarge();
        } catch (Payloads.DiskRefuses e) {
            throw diskRefuses(e);
        } catch (IOException e) {
            brokenOff(submission);
            return;
        } finally {
            inTime = upload.end();
        }
        if (inTime) {
            acceptLarge(submission, stored);
        } else {
            hub.payloads().remove(stored.file());
        }
    }

    /// The hub's disk failed, not the sender: the sender tries again later.
    private Refused diskRefuses(Payloads.DiskRefuses e) throws IOException {
        hub.space().look();
        if (hub.space().isShort()) {
            return new Refused(Problem.DISK_FULL, "The disk became full while the document came in; nothing was kept.");
        }
        throw e;
    }

    private void acceptSmall(Submission submission, byte[] bytes) throws IOException {
        var payload = new Payload(Digest.of(bytes), bytes.length, null);
        Evidence evidence = proven(submission, payload);
        switch (submission.check().check(submission.mediaType(), new ByteArrayInputStream(bytes))) {
            case Verdict.Valid(var keys) -> append(submission, accepted(submission, payload, keys, evidence), bytes);
            case Verdict.Invalid invalid -> refuse(submission, payload, invalid);
        }
    }

    private void acceptLarge(Submission submission, Payloads.Stored stored) throws IOException {
        var payload = new Payload(stored.digest(), stored.bytes(), stored.file());
        try (InputStream bytes = hub.payloads().read(stored.file(), stored.bytes(), 0, stored.bytes())) {
            Evidence evidence = proven(submission, payload);
            switch (submission.check().check(submission.mediaType(), bytes)) {
                case Verdict.Valid(var keys) -> append(submission, accepted(submission, payload, keys, evidence), null);
                case Verdict.Invalid invalid -> {
                    hub.payloads().remove(stored.file());
                    refuse(submission, payload, invalid);
                }
            }
        } catch (Refused | IOException e) {
            hub.payloads().remove(stored.file());
            throw e;
        }
    }

    /// Requires that the payload is the announced one and that the signature, where there is one, holds.
    ///
    /// @return the signature for third parties, or null when there is none
    private @Nullable Evidence proven(Submission submission, Payload payload) {
        Digest announced = submission.announced();
        if (announced != null && !announced.equals(payload.digest())) {
            throw new Refused(Problem.DIGEST_MISMATCH, "Content-Digest names another payload than came.")
                    .with("announced", announced.toString())
                    .with("came", payload.digest().toString());
        }
        if (!submission.isSigned()) {
            return null;
        }
        var message = new SignedMessage(
                "POST", submission.call().request().getHttpURI().getPath(), submission.headers());
        return switch (MessageSignature.verify(
                message, submission.sender().x509(), Freshness.DEFAULT, submission.arrived())) {
            case aiguillage.protocol.signature.Verdict.Valid valid ->
                new Evidence(valid.evidence().encoded());
            case aiguillage.protocol.signature.Verdict.Invalid(var reason) ->
                throw new Refused(Problem.SIGNATURE_INVALID, reason);
        };
    }

    private Entry.DocumentAccepted accepted(
            Submission submission, Payload payload, Map<String, List<String>> keys, @Nullable Evidence evidence) {
        return submission.route().accepted(now(), submission.envelope(), payload, keys, evidence);
    }

    private Instant now() {
        return hub.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// Records that the payload was refused, and why; then says so.
    private void refuse(Submission submission, Payload payload, Verdict.Invalid invalid) {
        Envelope envelope = submission.envelope();
        Fault first = invalid.first();
        var entry = new Entry.DocumentRefused(
                now(),
                envelope.sender(),
                envelope.id().value(),
                envelope.flow().toString(),
                payload.digest(),
                Problem.PAYLOAD_INVALID.code(),
                "line " + first.line() + ", column " + first.column() + ": " + first.code());
        var refused = new Refused(Problem.PAYLOAD_INVALID, first.toString()).with("faults", faults(invalid));
        var _ = hub.journal()
                .append(entry)
                .whenCompleteAsync((applied, failure) -> submission.call().refuse(refused), waiting);
    }

    private static List<Map<String, Object>> faults(Verdict.Invalid invalid) {
        return invalid.faults().stream()
                .map(fault -> Map.<String, Object>of(
                        "line", fault.line(),
                        "column", fault.column(),
                        "path", fault.path(),
                        "code", fault.code(),
                        "expected", fault.sentence()))
                .toList();
    }

    private void append(Submission submission, Entry.DocumentAccepted document, byte @Nullable [] inline) {
        long began = System.nanoTime();
        var _ = hub.journal()
                .append(document, inline)
                .whenComplete((applied, failure) -> guarded(submission, () -> {
                    if (failure != null) {
                        notWritten(document, failure);
                    }
                    answer(submission, document, applied);
                    hub.metrics().receiptAfter(Duration.ofNanos(System.nanoTime() - began));
                }));
    }

    private void notWritten(Entry.DocumentAccepted document, Throwable failure) {
        if (failure instanceof JournalFull full) {
            removeFile(document);
            Problem problem = full.isOfParty() ? Problem.TOO_MANY_REQUESTS : Problem.JOURNAL_BUSY;
            throw new Refused(problem, String.valueOf(full.getMessage()));
        }
        // Whether it is durable is not known: a file stays; the next start removes it if the journal does not know
        // it.
        throw new Refused(Problem.STOPPING, "Send it again with the same id; the hub accepts a document only once.");
    }

    private void answer(Submission submission, Entry.DocumentAccepted document, Applied applied) {
        Call call = submission.call();
        hub.metrics().submitted(submission.envelope().flow(), applied.outcome());
        switch (Accepted.of(applied, hub.ledger())) {
            case Accepted.WithReceipt(var status, var receipt) -> {
                if (status == Accepted.REPEATED) {
                    removeFile(document);
                }
                receipt(call, status, receipt, submission.envelope());
            }
            case Accepted.IdTaken(var conflict) -> {
                removeFile(document);
                throw conflict(document, conflict);
            }
        }
    }

    private void removeFile(Entry.DocumentAccepted document) {
        String file = document.payload().file();
        if (file != null) {
            hub.payloads().remove(file);
        }
    }

    private static void receipt(Call call, int status, byte[] receipt, Envelope envelope) {
        call.response().getHeaders().put(HttpHeader.LOCATION, "/v1/documents/" + envelope.id());
        call.answer(status, "application/json", receipt);
    }

    private Refused conflict(Entry.DocumentAccepted offered, Outcome.Conflict conflict) {
        Instant first = hub.documents().document(conflict.first()).entry().time();
        Envelope envelope = offered.envelope();
        return new Refused(
                        Problem.ID_TAKEN,
                        "Your document " + envelope.id() + " was accepted at " + first + " with other content.")
                .with("accepted", digests(conflict.payload(), conflict.envelope()))
                .with("offered", digests(offered.payload().digest(), envelope.contentDigest()));
    }

    private static Map<String, String> digests(Digest payload, Digest envelope) {
        return Map.of("payload", payload.toString(), "envelope", envelope.toString());
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void guarded(Submission submission, Step step) {
        try {
            step.run();
        } catch (Refused refused) {
            submission.call().refuse(refused);
        } catch (IOException | RuntimeException | Error e) {
            hub.fail(submission.call(), e);
        }
    }
}
