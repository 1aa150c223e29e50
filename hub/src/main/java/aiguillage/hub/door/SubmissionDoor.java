package aiguillage.hub.door;

import aiguillage.hub.document.Recorded;
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
import aiguillage.hub.schema.PayloadCheck;
import aiguillage.hub.schema.Verdict;
import aiguillage.hub.trust.Caller;
import aiguillage.hub.yard.Outcome;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Envelope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
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
    private final Repeats repeats;

    /// Held while a payload is in memory as a tree, many times its size.
    private final Semaphore trees = new Semaphore(PayloadCheck.TREE_BYTES_MAX, true);

    /// @param waiting runs what may wait
    SubmissionDoor(HubParts hub, Uploads uploads, Executor waiting) {
        this.hub = hub;
        this.uploads = uploads;
        this.waiting = waiting;
        this.repeats = new Repeats(hub, uploads);
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
        Submission submission;
        Refused refusal;
        try {
            quota.document();
            hub.stopping().requireOpen();
            hub.trust().requireKnownStatus(sender);
            submission = Submission.of(
                    call, sender, hub.flows().inForce(), hub.clock().instant()); // I4, I6: who may have it
            refusal = submission.refusal(length);
            if (refusal == null) {
                hub.space().require(Math.max(length, 0));
                quota.comes(Math.max(length, 0));
            }
        } finally {
            head.put(RATE_LIMIT, quota.left()); // what its sender may still send, whatever becomes of this one
        }
        if (refusal != null) {
            waiting.execute(() -> guarded(submission, () -> readRefused(submission, refusal, quota)));
            return;
        }
        if (length >= 0 && length <= Payloads.INLINE_BYTES_MAX) {
            readSmall(submission, (int) length);
        } else {
            waiting.execute(() -> guarded(submission, () -> readLarge(submission, length < 0 ? quota : null)));
        }
    }

    /// A flow's refusal holds for what is new.
    private void readRefused(Submission submission, Refused refusal, Quota quota) throws IOException {
        Recorded<Entry.DocumentAccepted> first = repeats.before(submission).orElseThrow(() -> refusal);
        quota.comes(first.entry().payload().bytes());
        repeats.read(submission, first);
    }

    private void readSmall(Submission submission, int length) {
        Uploads.Upload upload = uploads.begin(submission.call(), length);
        Content.Source.asByteArrayAsync(
                submission.call().request(),
                Math.max(length, 1),
                Promise.Invocable.from(Invocable.InvocationType.NON_BLOCKING, (payload, failure) -> {
                    boolean inTime = upload.end();
                    if (failure != null || !inTime) {
                        upload.free();
                        brokenOff(submission);
                    } else if (submission.takesLong()) {
                        waiting.execute(() -> acceptHeld(submission, payload, upload));
                    } else {
                        acceptHeld(submission, payload, upload);
                    }
                }));
    }

    /// From here on the journal counts what waits.
    private void acceptHeld(Submission submission, byte[] payload, Uploads.Upload upload) {
        guarded(submission, () -> acceptSmall(submission, payload));
        upload.free();
    }

    /// The body ended before its end: there is nobody left to tell, and nothing was kept.
    static void brokenOff(Submission submission) {
        submission
                .call()
                .refuse(new Refused(Problem.BAD_REQUEST, "The body broke off before its end; nothing was kept."));
    }

    /// @param uncounted whose bytes are counted as they come, since no length was announced; or null
    private void readLarge(Submission submission, @Nullable Quota uncounted) throws IOException {
        Optional<Recorded<Entry.DocumentAccepted>> before = repeats.before(submission);
        if (before.isPresent()) {
            repeats.read(submission, before.get());
            return;
        }
        boolean isLarge = submission.call().request().getLength() > Payloads.INLINE_BYTES_MAX;
        Uploads.Upload upload = uploads.beginStreamed(
                submission.call(),
                isLarge ? Uploads.STREAMED_BYTES : Uploads.STREAMED_BYTES + Payloads.INLINE_BYTES_MAX);
        Payloads.Stored stored;
        boolean inTime;
        try (InputStream body = Content.Source.asInputStream(submission.call().request())) {
            byte[] head = isLarge ? new byte[0] : body.readNBytes(Payloads.INLINE_BYTES_MAX + 1);
            if (head.length > submission.payloadBytesMax()) {
                throw submission.tooLarge();
            }
            if (!isLarge && head.length <= Payloads.INLINE_BYTES_MAX) {
                if (uncounted != null) {
                    uncounted.comes(head.length);
                }
                if (upload.end()) {
                    acceptSmall(submission, head);
                }
                return;
            }
            stored = hub.payloads().store(head, body, submission.payloadBytesMax(), bytes -> {
                hub.space().take(bytes);
                if (uncounted != null) {
                    uncounted.comes(bytes);
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
            upload.free();
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
        Evidence evidence = submission.proven(payload);
        switch (checked(submission, new ByteArrayInputStream(bytes), bytes.length)) {
            case Verdict.Valid(var keys) -> append(submission, accepted(submission, payload, keys, evidence), bytes);
            case Verdict.Invalid invalid -> refuse(submission, payload, invalid);
        }
    }

    private void acceptLarge(Submission submission, Payloads.Stored stored) throws IOException {
        var payload = new Payload(stored.digest(), stored.bytes(), stored.file());
        try (InputStream bytes = hub.payloads().read(stored.file(), stored.bytes(), 0, stored.bytes())) {
            Evidence evidence = submission.proven(payload);
            switch (checked(submission, bytes, stored.bytes())) {
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

    /// Trees of all documents together have a bound: a document waits until there is room for its own.
    private Verdict checked(Submission submission, InputStream payload, long bytes) throws IOException {
        PayloadCheck check = submission.check();
        int tree = check.makesTree(submission.mediaType()) ? (int) Math.min(bytes, PayloadCheck.TREE_BYTES_MAX) : 0;
        trees.acquireUninterruptibly(tree);
        try {
            return check.check(submission.mediaType(), payload);
        } finally {
            trees.release(tree);
        }
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
        Optional<Recorded<Entry.DocumentAccepted>> before = repeats.before(submission);
        if (before.isPresent()) {
            repeats.answer(submission, payload, before.get()); // it was valid when it was accepted
            return;
        }
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
                .whenCompleteAsync(
                        (applied, failure) -> guarded(submission, () -> {
                            throw failure == null ? refused : notWritten(failure);
                        }),
                        waiting);
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
                .append(document, inline, submission.table())
                .whenComplete((applied, failure) -> guarded(submission, () -> {
                    if (failure != null) {
                        if (failure instanceof JournalFull) {
                            removeFile(document);
                        } // else whether it is durable is not known: a file stays until the next start knows
                        throw notWritten(failure);
                    }
                    if (applied.outcome() instanceof Outcome.TableChanged) {
                        waiting.execute(() -> guarded(submission, () -> routeAgain(submission, document, inline)));
                        return;
                    }
                    answer(submission, document, applied);
                    hub.metrics().receiptAfter(Duration.ofNanos(System.nanoTime() - began));
                }));
    }

    private static Refused notWritten(Throwable failure) {
        if (failure instanceof JournalFull full) {
            Problem problem = full.isOfParty() ? Problem.TOO_MANY_REQUESTS : Problem.JOURNAL_BUSY;
            return new Refused(problem, String.valueOf(full.getMessage()));
        }
        return new Refused(Problem.STOPPING, "Send it again with the same id; the hub accepts a document only once.");
    }

    /// A new table came into force while the body came in: it decides, as if the document came now (I4, I6).
    private void routeAgain(Submission submission, Entry.DocumentAccepted document, byte @Nullable [] inline)
            throws IOException {
        Submission now = submission.by(hub.flows().inForce());
        Payload payload = document.payload();
        Refused refusal = now.refusal(payload.bytes());
        if (refusal != null) {
            removeFile(document);
            repeats.answer(now, payload, repeats.before(now).orElseThrow(() -> refusal));
        } else if (inline != null) {
            acceptSmall(now, inline);
        } else {
            acceptLarge(now, new Payloads.Stored(String.valueOf(payload.file()), payload.digest(), payload.bytes()));
        }
    }

    private void answer(Submission submission, Entry.DocumentAccepted document, Applied applied) {
        hub.metrics().submitted(submission.envelope().flow(), applied.outcome());
        switch (Accepted.of(applied, hub.ledger())) {
            case Accepted.WithReceipt(var status, var receipt) -> {
                if (status == Accepted.REPEATED) {
                    removeFile(document); // I2: the same receipt
                }
                receipt(submission, status, receipt);
            }
            case Accepted.IdTaken(var conflict) -> {
                removeFile(document);
                throw repeats.taken(
                        submission, conflict.first(), document.payload().digest());
            }
        }
    }

    private void removeFile(Entry.DocumentAccepted document) {
        String file = document.payload().file();
        if (file != null) {
            hub.payloads().remove(file);
        }
    }

    static void receipt(Submission submission, int status, byte[] receipt) {
        Call call = submission.call();
        call.response()
                .getHeaders()
                .put(
                        HttpHeader.LOCATION,
                        "/v1/documents/" + submission.envelope().id());
        call.answer(status, "application/json", receipt);
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
