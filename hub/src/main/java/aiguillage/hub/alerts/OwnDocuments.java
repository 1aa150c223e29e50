package aiguillage.hub.alerts;

import aiguillage.hub.intake.Awaited;
import aiguillage.hub.intake.Intake;
import aiguillage.hub.intake.Received;
import aiguillage.hub.intake.Submission;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Route;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Submits documents of the hub itself: the way every party's go, by the table in force. For that the hub is a party
/// in the flows file, under its own name. Safe from any thread; waits.
final class OwnDocuments {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PartyId hub;
    private final Intake intake;

    OwnDocuments(PartyId hub, Intake intake) {
        this.hub = hub;
        this.intake = intake;
    }

    /// @throws Refused when its flow does not take it
    private Submission required(Way.Flow way, String id, @Nullable Instant at, byte[] body) throws IOException {
        Submission submission = submission(way, id, at);
        require(submission, body.length);
        if (!intake.isGood(submission, new Received.Small(body))) {
            throw new Refused(
                    Problem.PAYLOAD_INVALID,
                    "Flow " + way.flow() + " has a schema that the JSON of alerts does not follow.");
        }
        return submission;
    }

    private Submission submission(Way.Flow way, String id, @Nullable Instant at) {
        var extensions = new TreeMap<String, String>();
        PartyId recipient = way.recipient();
        if (recipient != null) {
            extensions.put(Envelope.RECIPIENT, recipient.value());
        }
        var envelope =
                new Envelope(new DocumentId(id), hub, way.flow(), null, at, "application/json", null, extensions);
        return intake.submission(hub, envelope, null, null);
    }

    /// Requires that the flow takes it, and that nothing comes back: nobody reads a mailbox of the hub's own, and what
    /// waited there would meet rules itself.
    private void require(Submission submission, long bytes) {
        Refused refused = submission.refusal(bytes);
        if (refused != null) {
            throw new Refused(
                    refused.problem(),
                    refused.detail() + " Alerts are sent by the hub itself, as the party " + hub
                            + ": put it into the flows file, with a role that this flow is from.");
        }
        if (submission.routing() instanceof Route(var flow, var _)
                && !flow.terms().notices().isEmpty()) {
            throw new Refused(
                    Problem.BAD_REQUEST,
                    "Flow " + flow.name() + " tells its sender what became of documents, and nobody reads what the hub"
                            + " is told: write notices: [] into the flow.");
        }
        if (submission.isFlat()) {
            throw new Refused(
                    Problem.BAD_REQUEST,
                    "Flow " + submission.envelope().flow()
                            + " takes such documents as flat files, and alerts are JSON.");
        }
    }

    /// Why a flow does not take such a document now; null when it does.
    @Nullable
    String refusal(Way.Flow way, byte[] body) {
        try {
            var _ = required(way, "asked", null, body);
            return null;
        } catch (Refused e) {
            return e.detail();
        } catch (IOException e) {
            return "Whether flow " + way.flow() + " takes alerts cannot be told: " + e.getMessage();
        }
    }

    /// Submits one, and waits until it is durable (I1). One that was taken before is taken again (I2).
    ///
    /// @param id its own; also with the same content
    /// @throws IOException when it was not taken, and why
    void submit(Way.Flow way, String id, Instant at, byte[] body) throws IOException {
        try {
            // A refused document would be an entry, which rules count.
            Submission submission = required(way, id, at, body);
            var reply = new Awaited();
            intake.take(submission, new Received.Small(body), reply);
            reply.taken(PATIENCE);
        } catch (Refused e) {
            throw new IOException(e.detail(), e);
        } catch (TimeoutException e) {
            throw new IOException("the journal did not take the document within " + PATIENCE.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("the document could not be submitted: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the submission was interrupted", e);
        }
    }
}
