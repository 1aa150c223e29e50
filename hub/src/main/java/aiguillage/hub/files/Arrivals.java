package aiguillage.hub.files;

import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.intake.Awaited;
import aiguillage.hub.intake.Received;
import aiguillage.hub.intake.Submission;
import aiguillage.hub.payload.Payloads;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.quota.Quota;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files that have arrived become documents; waits for what becomes of them. Safe from any thread.
final class Arrivals {

    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    /// How long a file's sender is kept waiting.
    static final Duration ANSWER_MAX = Duration.ofSeconds(60);

    private final FileParts hub;
    private final Staging staging;
    private final Results results;

    Arrivals(FileParts hub, Staging staging, Results results) {
        this.hub = hub;
        this.staging = staging;
        this.results = results;
    }

    /// A file that has arrived.
    ///
    /// @param name the last it was given
    /// @param part what it was on its way in
    record Arrived(PartyId party, FlowName flow, String name, Claimed claimed, Path part) {}

    /// Hands a file over to the hub. When this returns the hub has it, durably (I1), and its receipt is in
    /// `done`.
    ///
    /// @throws FileRefused when it was refused; why is in `refused`, too. The file is dropped, unless it
    ///     may be taken later as it is
    void take(Arrived arrived) throws IOException {
        boolean isOver = false;
        try {
            Became became = submitted(arrived);
            isOver = true;
            receipt(arrived, became);
        } catch (Refused why) {
            isOver = !Guard.isForNow(why.problem());
            byte[] text = RefusalText.of(arrived.name, why).getBytes(StandardCharsets.UTF_8);
            result(
                    arrived,
                    () -> results.write(arrived.party, "refused", arrived.flow, arrived.name + ".refused", text));
            hub.refusals().accept(why.problem());
            throw FileRefused.of(why);
        } finally {
            if (isOver) {
                staging.drop(arrived.claimed, arrived.part);
            } else {
                staging.giveBack(arrived.claimed, arrived.part);
            }
        }
    }

    /// What a file became.
    ///
    /// @param isReport whether that is of a flat file, and tells of many documents: no entry has it
    private record Became(Position document, byte[] receipt, boolean isReport) {}

    private void receipt(Arrived arrived, Became became) {
        String name = arrived.name + ".receipt";
        result(arrived, () -> {
            if (became.isReport) {
                results.write(arrived.party, "done", arrived.flow, name, became.receipt);
            } else {
                results.receipt(arrived.party, arrived.flow, name, became.document, became.receipt.length);
            }
            results.remove(arrived.party, "refused", arrived.flow, arrived.name + ".refused");
        });
    }

    @FunctionalInterface
    private interface Result {
        void write() throws IOException;
    }

    /// A result that cannot be written changes nothing about what became of the document: it is told by the
    /// answer.
    private static void result(Arrived arrived, Result result) {
        try {
            result.write();
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("party", arrived.party)
                    .addKeyValue("flow", arrived.flow)
                    .setCause(e)
                    .log("What became of a file could not be written for its sender. The answer told it; look at the"
                            + " disk.");
        }
    }

    private Became submitted(Arrived arrived) throws IOException {
        Quota quota = hub.quotas().of(arrived.party);
        quota.document();
        hub.stopping().requireOpen();
        long bytes = arrived.claimed.bytes();
        Digest digest = arrived.claimed.digest();
        Submission submission = hub.intake().submission(arrived.party, envelope(arrived, digest), digest, null);
        Refused refusal = submission.refusal(bytes);
        var reply = new Awaited();
        if (refusal != null || bytes > Payloads.INLINE_BYTES_MAX) {
            Optional<Recorded<Entry.DocumentAccepted>> before = hub.intake().before(submission);
            if (before.isPresent()) {
                quota.comes(bytes);
                hub.intake().repeated(submission, new Payload(digest, bytes, null), before.get(), reply);
                return became(submission, reply);
            }
        }
        if (refusal != null) {
            throw refusal;
        }
        hub.space().require(bytes);
        quota.comes(bytes);
        Received received;
        try (InputStream content = arrived.claimed.open()) {
            received = hub.intake().read(submission, content, bytes, _ -> {});
        }
        hub.intake().take(submission, received, reply);
        return became(submission, reply);
    }

    private static Envelope envelope(Arrived arrived, Digest digest) {
        return new Envelope(
                id(arrived, digest),
                arrived.party,
                arrived.flow,
                arrived.name,
                null,
                Names.mediaType(arrived.name),
                null,
                recipient(arrived.name));
    }

    /// The same party, flow, name and content are one document, however often the file is put (I2).
    static DocumentId id(Arrived arrived, Digest digest) {
        String text = arrived.party + "\n" + arrived.flow + "\n" + arrived.name + "\n" + digest;
        byte[] hash = Digest.of(text.getBytes(StandardCharsets.UTF_8)).bytes();
        return new DocumentId("file-"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(hash).replace('_', '.'));
    }

    /// A party's name before an `@` names the recipient, as in `dealer-7@claim-1.xml`. It does so whether the
    /// flow asks for one or not: a name says the same by every table, so that a file put again is the document
    /// it was (I2).
    static SortedMap<String, String> recipient(String name) {
        var extensions = new TreeMap<String, String>();
        int at = name.indexOf('@');
        try {
            if (at > 0) {
                extensions.put(Envelope.RECIPIENT, new PartyId(name.substring(0, at)).value());
            }
        } catch (IllegalArgumentException noParty) {
            return extensions; // as in `a price@noon.xml`
        }
        return extensions;
    }

    private Became became(Submission submission, Awaited reply) throws IOException {
        Awaited.Taken taken = awaited(reply);
        DocumentId id =
                hub.documents().document(taken.document()).entry().envelope().id();
        return new Became(
                taken.document(),
                taken.receipt(),
                !id.equals(submission.envelope().id()));
    }

    private Awaited.Taken awaited(Awaited reply) throws IOException {
        try {
            return reply.taken(ANSWER_MAX);
        } catch (TimeoutException e) {
            throw unknown("The hub did not answer within " + ANSWER_MAX.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown("The session ended before the hub answered");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.atError()
                    .setCause(cause)
                    .log("A file could not be taken. Its sender was told to put it again; read the cause.");
            hub.onFailure().accept(cause);
            throw unknown("The hub failed; its log has the cause");
        }
    }

    private static FileRefused unknown(String what) {
        return FileRefused.failed(
                what + ", so whether it has the file is not known. Put the file again: it takes one only once.");
    }
}
