package aiguillage.hub.door;

import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.yard.Outcome;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// Documents that came before (I2). What was accepted once stays accepted, whatever its flow asks today: a retry is
/// not judged again, only compared. Asked only where a document would be refused, or is large: any other the yard
/// recognises. Safe from any thread that may wait.
final class Repeats {

    private final HubParts hub;
    private final Uploads uploads;

    Repeats(HubParts hub, Uploads uploads) {
        this.hub = hub;
        this.uploads = uploads;
    }

    /// The document that this sender sent under this id before.
    Optional<Recorded<Entry.DocumentAccepted>> before(Submission submission) {
        return hub.documents()
                .sent(submission.envelope().id(), submission.sender().party());
    }

    /// Reads the body for its digest alone, keeps none of it, and answers.
    void read(Submission submission, Recorded<Entry.DocumentAccepted> first) throws IOException {
        long bytesMax = first.entry().payload().bytes();
        long length = submission.call().request().getLength();
        if (length >= 0 && length != bytesMax) {
            throw taken(submission, first.position(), null);
        }
        Uploads.Upload upload = uploads.beginStreamed(submission.call(), Uploads.STREAMED_BYTES);
        MessageDigest sha256 = Digest.sha256();
        long bytes = 0;
        boolean inTime;
        try (InputStream body = Content.Source.asInputStream(submission.call().request())) {
            var buffer = new byte[Uploads.STREAMED_BYTES];
            for (int n = body.read(buffer); n >= 0 && bytes <= bytesMax; n = body.read(buffer)) {
                sha256.update(buffer, 0, n);
                bytes += n;
            }
        } catch (IOException e) {
            SubmissionDoor.brokenOff(submission);
            return;
        } finally {
            inTime = upload.end();
            upload.free();
        }
        if (inTime && bytes > bytesMax) {
            throw taken(submission, first.position(), null);
        }
        if (inTime) {
            answer(submission, new Payload(new Digest(sha256.digest()), bytes, null), first);
        }
    }

    /// Gives the receipt of the first, or says that this is another.
    void answer(Submission submission, Payload payload, Recorded<Entry.DocumentAccepted> first) {
        submission.proven(payload);
        Entry.DocumentAccepted known = first.entry();
        boolean isSame = payload.digest().equals(known.payload().digest())
                && submission.envelope().contentDigest().equals(known.envelope().contentDigest());
        if (!isSame) {
            throw taken(submission, first.position(), payload.digest());
        }
        hub.metrics().submitted(submission.envelope().flow(), new Outcome.Repeated(first.position()));
        SubmissionDoor.receipt(
                submission, 200, hub.ledger().receipt(first.position()).toBytes());
    }

    /// Another document has this id.
    ///
    /// @param payload the digest of what was offered, or null when it was not read to its end
    Refused taken(Submission submission, Position first, @Nullable Digest payload) {
        Entry.DocumentAccepted known = hub.documents().document(first).entry();
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
}
