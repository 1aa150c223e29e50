package aiguillage.hub.intake;

import aiguillage.format.Format;
import aiguillage.hub.document.Documents;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Evidence;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.flows.CurrentTable;
import aiguillage.hub.health.HubMetrics;
import aiguillage.hub.health.Space;
import aiguillage.hub.journal.Applied;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.journal.JournalFull;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.payload.Payloads;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.quota.Quotas;
import aiguillage.hub.schema.Fault;
import aiguillage.hub.schema.PayloadCheck;
import aiguillage.hub.schema.Verdict;
import aiguillage.hub.yard.Outcome;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes documents in: who has read this class knows the hub. Safe from any thread.
///
/// A door asks for a [Submission] before it reads a body, refuses what can be refused without it, reads it
/// ([#read], or by itself), and hands it over ([#take]). A document that its flow refuses may be one that it
/// took before: then the door reads it all the same and has it compared ([#before], [#repeated]).
public final class Intake {

    private final CurrentTable flows;
    private final Documents documents;
    private final Payloads payloads;
    private final Journal journal;
    private final Ledger ledger;
    private final Space space;
    private final HubMetrics metrics;
    private final InstantSource clock;
    private final Executor waiting;

    private final FlatIntake flat;

    /// Held while a payload is in memory as a tree, many times its size.
    private final Semaphore trees = new Semaphore(PayloadCheck.TREE_BYTES_MAX, true);

    /// @param waiting runs what may wait
    public Intake(
            CurrentTable flows,
            Documents documents,
            Payloads payloads,
            Journal journal,
            Ledger ledger,
            Space space,
            Quotas quotas,
            HubMetrics metrics,
            InstantSource clock,
            Executor waiting) {
        this.flows = flows;
        this.documents = documents;
        this.payloads = payloads;
        this.journal = journal;
        this.ledger = ledger;
        this.space = space;
        this.metrics = metrics;
        this.clock = clock;
        this.waiting = waiting;
        this.flat = new FlatIntake(this, documents, ledger, flows, quotas);
    }

    /// Looks for the way of a document by the table in force (I4, I6).
    ///
    /// @param caller who was identified (I8)
    /// @param announced the payload's digest as its sender said it, or null
    /// @param signed its signature, or null
    /// @throws Refused when it is of somebody else, or one that only the hub itself makes
    public Submission submission(
            PartyId caller, Envelope envelope, @Nullable Digest announced, @Nullable Signed signed) {
        if (FlatPart.isOne(envelope)) {
            throw new Refused(
                    Problem.BAD_ENVELOPE,
                    "The hub itself says of which flat file a document was made: leave the attribute " + FlatPart.DIGEST
                            + " out.");
        }
        if (envelope.extension(Envelope.REPLAY_OF) != null) {
            throw new Refused(
                    Problem.BAD_ENVELOPE,
                    "The hub itself says what it delivers once more: leave the attribute " + Envelope.REPLAY_OF
                            + " out.");
        }
        return Submission.of(caller, envelope, flows.inForce(), announced, signed);
    }

    /// Reads a payload to its end, in constant memory; waits.
    ///
    /// @param bytes its length, or -1 when that is not known
    /// @param comes told of bytes that came, as far as their number was not known before
    /// @throws Refused when it is larger than its flow takes, or there is no room for it
    /// @throws IOException when it breaks off, or the disk fails
    public Received read(Submission submission, InputStream body, long bytes, LongConsumer comes) throws IOException {
        return read(body, bytes, submission.payloadBytesMax(), submission::tooLarge, comes);
    }

    /// The same for what is no document yet, as a message that carries some.
    ///
    /// @param bytesMax the most that is taken
    /// @param tooLarge says that it is more
    public Received read(InputStream body, long bytes, long bytesMax, Supplier<Refused> tooLarge, LongConsumer comes)
            throws IOException {
        boolean isLarge = bytes > Payloads.INLINE_BYTES_MAX;
        byte[] head = isLarge ? new byte[0] : body.readNBytes(Payloads.INLINE_BYTES_MAX + 1);
        if (head.length > bytesMax) {
            throw tooLarge.get();
        }
        LongConsumer uncounted = bytes < 0 ? comes : _ -> {};
        if (!isLarge && head.length <= Payloads.INLINE_BYTES_MAX) {
            uncounted.accept(head.length);
            return new Received.Small(head);
        }
        try {
            return new Received.Large(payloads.store(head, body, bytesMax, some -> {
                space.take(some);
                uncounted.accept(some);
            }));
        } catch (Payloads.TooLarge e) {
            throw tooLarge.get();
        } catch (Payloads.DiskRefuses e) {
            space.look();
            if (space.isShort()) {
                throw new Refused(
                        Problem.DISK_FULL, "The disk became full while the document came in; nothing was kept.");
            }
            throw e;
        }
    }

    /// What was read, from its first byte on.
    public InputStream open(Received received) throws IOException {
        return open(received, 0, received.bytes());
    }

    /// A part of what was read.
    ///
    /// @param from the first byte wanted
    /// @param to behind the last
    public InputStream open(Received received, long from, long to) throws IOException {
        return switch (received) {
            case Received.Small(var bytes) -> new ByteArrayInputStream(bytes, (int) from, (int) (to - from));
            case Received.Large(var stored) -> payloads.read(stored.file(), stored.bytes(), from, to);
        };
    }

    /// Drops what was read and is not taken.
    public void drop(Received received) {
        if (received instanceof Received.Large(var stored)) {
            payloads.remove(stored.file());
        }
    }

    /// Takes a document in that [Submission#refusal] does not refuse. Does not wait unless it
    /// [Submission#takesLong].
    public void take(Submission submission, Received received, Reply reply) {
        guarded(reply, () -> {
            Format format = submission.flat();
            if (format != null) {
                flat.take(submission, received, format, reply);
                return;
            }
            switch (received) {
                case Received.Small(var bytes) -> takeSmall(submission, bytes, reply);
                case Received.Large(var stored) -> takeLarge(submission, stored, reply);
            }
        });
    }

    private void takeSmall(Submission submission, byte[] bytes, Reply reply) throws IOException {
        Payload payload = new Received.Small(bytes).payload();
        Evidence evidence = submission.proven(payload);
        switch (checked(submission, new ByteArrayInputStream(bytes), bytes.length)) {
            case Verdict.Valid(var keys) ->
                append(submission, accepted(submission, payload, keys, evidence), bytes, reply);
            case Verdict.Invalid invalid -> refuse(submission, payload, invalid, reply);
        }
    }

    private void takeLarge(Submission submission, Payloads.Stored stored, Reply reply) throws IOException {
        Payload payload = new Received.Large(stored).payload();
        try (InputStream bytes = payloads.read(stored.file(), stored.bytes(), 0, stored.bytes())) {
            Evidence evidence = submission.proven(payload);
            switch (checked(submission, bytes, stored.bytes())) {
                case Verdict.Valid(var keys) ->
                    append(submission, accepted(submission, payload, keys, evidence), null, reply);
                case Verdict.Invalid invalid -> {
                    payloads.remove(stored.file());
                    refuse(submission, payload, invalid, reply);
                }
            }
        } catch (Refused | IOException e) {
            payloads.remove(stored.file());
            throw e;
        }
    }

    /// Trees of all documents together have a bound: a document waits until there is room for its own.
    Verdict checked(Submission submission, InputStream payload, long bytes) throws IOException {
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
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// Whether a payload is as its flow asks, which nobody is told: [#take] says it of one that is not. For
    /// documents that come together, so that none goes to the journal before all are known to be good.
    public boolean isGood(Submission submission, Received received) throws IOException {
        try (InputStream payload = open(received)) {
            return checked(submission, payload, received.bytes()) instanceof Verdict.Valid;
        }
    }

    /// Records that the payload was refused, and why; then says so.
    private void refuse(Submission submission, Payload payload, Verdict.Invalid invalid, Reply reply) {
        Optional<Recorded<Entry.DocumentAccepted>> before = before(submission);
        if (before.isPresent()) {
            repeat(submission, payload, before.get(), reply); // it was valid when it was accepted
            return;
        }
        Fault first = invalid.first();
        var refused = new Refused(Problem.PAYLOAD_INVALID, first.toString()).with("faults", faults(invalid));
        recordRefused(submission, payload, first, refused, reply);
    }

    /// Records that a document was refused for what is in it, and where first; then says so.
    void recordRefused(Submission submission, Payload payload, Fault first, Refused refused, Reply reply) {
        Envelope envelope = submission.envelope();
        var entry = new Entry.DocumentRefused(
                now(),
                envelope.sender(),
                envelope.id().value(),
                envelope.flow().toString(),
                payload.digest(),
                Problem.PAYLOAD_INVALID.code(),
                "line " + first.line() + ", column " + first.column() + ": " + first.code());
        var _ = journal.append(entry)
                .whenCompleteAsync(
                        (applied, failure) -> reply.refused(failure == null ? refused : notWritten(failure)), waiting);
    }

    private static List<Map<String, Object>> faults(Verdict.Invalid invalid) {
        return invalid.faults().stream().map(Intake::particulars).toList();
    }

    /// A fault as answers have it.
    static Map<String, Object> particulars(Fault fault) {
        return Map.of(
                "line", fault.line(),
                "column", fault.column(),
                "path", fault.path(),
                "code", fault.code(),
                "expected", fault.sentence());
    }

    private void append(Submission submission, Entry.DocumentAccepted document, byte @Nullable [] inline, Reply reply) {
        long began = System.nanoTime();
        var _ = journal.append(document, inline, submission.table())
                .whenComplete((applied, failure) -> guarded(reply, () -> {
                    if (failure != null) {
                        if (failure instanceof JournalFull) {
                            removeFile(document);
                        } // else whether it is durable is not known: a file stays until the next start knows
                        throw notWritten(failure);
                    }
                    if (applied.outcome() instanceof Outcome.TableChanged) {
                        waiting.execute(() -> guarded(reply, () -> routeAgain(submission, document, inline, reply)));
                        return;
                    }
                    answer(submission, document, applied, reply);
                    metrics.receiptAfter(Duration.ofNanos(System.nanoTime() - began));
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
    private void routeAgain(
            Submission submission, Entry.DocumentAccepted document, byte @Nullable [] inline, Reply reply)
            throws IOException {
        Submission now = submission.by(flows.inForce());
        Payload payload = document.payload();
        Refused refusal = now.refusal(payload.bytes());
        if (refusal != null) {
            removeFile(document);
            repeat(now, payload, before(now).orElseThrow(() -> refusal), reply);
        } else if (inline != null) {
            takeSmall(now, inline, reply);
        } else {
            takeLarge(
                    now, new Payloads.Stored(String.valueOf(payload.file()), payload.digest(), payload.bytes()), reply);
        }
    }

    private void answer(Submission submission, Entry.DocumentAccepted document, Applied applied, Reply reply) {
        metrics.submitted(submission.envelope().flow(), applied.outcome());
        switch (Accepted.of(applied, ledger)) {
            case Accepted.WithReceipt(var isFirst, var position, var receipt) -> {
                if (!isFirst) {
                    removeFile(document); // I2: the same receipt
                }
                reply.accepted(isFirst, position, receipt);
            }
            case Accepted.IdTaken(var conflict) -> {
                removeFile(document);
                throw taken(submission, conflict.first(), document.payload().digest());
            }
        }
    }

    private void removeFile(Entry.DocumentAccepted document) {
        String file = document.payload().file();
        if (file != null) {
            payloads.remove(file);
        }
    }

    /// The document that this sender sent under this id before (I2). What was accepted once stays accepted,
    /// whatever its flow asks today: a retry is not judged again, only compared. To be asked only where a
    /// document would be refused, or is large: any other the yard recognises.
    ///
    /// @return the document; of a flat file that is not taken as such any more, one of those that were made of it
    public Optional<Recorded<Entry.DocumentAccepted>> before(Submission submission) {
        Optional<Recorded<Entry.DocumentAccepted>> itself =
                documents.sent(submission.envelope().id(), submission.envelope().sender());
        return itself.isPresent() || submission.flat() != null ? itself : flat.any(submission.envelope());
    }

    /// How many bytes came when a document was accepted: its own, or those of the flat file it was made of.
    public static long bytesCome(Recorded<Entry.DocumentAccepted> document) {
        return FlatPart.bytes(document.entry());
    }

    /// Answers for a document that came before: with the receipt of the first, or that this is another. Does
    /// not wait.
    ///
    /// @param payload what came now
    public void repeated(Submission submission, Payload payload, Recorded<Entry.DocumentAccepted> first, Reply reply) {
        guarded(reply, () -> repeat(submission, payload, first, reply));
    }

    private void repeat(Submission submission, Payload payload, Recorded<Entry.DocumentAccepted> first, Reply reply) {
        submission.proven(payload);
        requireSame(submission, payload, first);
        Envelope known = first.entry().envelope();
        metrics.submitted(submission.envelope().flow(), new Outcome.Repeated(first.position()));
        if (!known.id().equals(submission.envelope().id())) {
            flat.repeated(submission.envelope(), known, reply);
            return;
        }
        reply.accepted(false, first.position(), ledger.receipt(first.position()).toBytes());
    }

    /// Requires that what came is what came before under its id, itself or as a flat file (I2).
    ///
    /// @param payload what came now
    /// @param first see [#before]
    /// @throws Refused when it is another
    public void requireSame(Submission submission, Payload payload, Recorded<Entry.DocumentAccepted> first) {
        Entry.DocumentAccepted known = first.entry();
        boolean isSame = FlatPart.isOne(known.envelope())
                ? FlatPart.isOf(known.envelope(), submission.envelope(), payload.digest())
                : payload.digest().equals(known.payload().digest())
                        && submission
                                .envelope()
                                .contentDigest()
                                .equals(known.envelope().contentDigest());
        if (!isSame) {
            throw taken(submission, first.position(), payload.digest());
        }
    }

    /// That another document has this id.
    ///
    /// @param payload the digest of what was offered, or null when it was not read to its end
    public Refused taken(Submission submission, Position first, @Nullable Digest payload) {
        Entry.DocumentAccepted known = documents.document(first).entry();
        Envelope envelope = submission.envelope();
        return new Refused(
                        Problem.ID_TAKEN,
                        "Your document " + envelope.id() + " was accepted at " + known.time() + " with other content.")
                .with("accepted", digests(known.payload().digest(), known.envelope()))
                .with("offered", digests(payload, envelope));
    }

    private static Map<String, String> digests(@Nullable Digest payload, Envelope envelope) {
        var digests = new HashMap<String, String>();
        digests.put("envelope", envelope.contentDigest().toString());
        if (payload != null) {
            digests.put("payload", payload.toString());
        }
        return digests;
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private static void guarded(Reply reply, Step step) {
        try {
            step.run();
        } catch (Refused refused) {
            reply.refused(refused);
        } catch (IOException | RuntimeException | Error e) {
            reply.failed(e);
        }
    }
}
