package aiguillage.hub.door;

import aiguillage.hub.entry.Evidence;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.flows.InForce;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Flow;
import aiguillage.hub.routing.Refusal;
import aiguillage.hub.routing.Route;
import aiguillage.hub.routing.Routing;
import aiguillage.hub.schema.PayloadCheck;
import aiguillage.hub.trust.Caller;
import aiguillage.protocol.CloudEvents;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.signature.Freshness;
import aiguillage.protocol.signature.MessageSignature;
import aiguillage.protocol.signature.SignedMessage;
import aiguillage.protocol.signature.Verdict;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of a document before its body is read: who sends it, what it says it is, who may have it.
///
/// @param routing who may have it by the table in force, or why nobody may
/// @param table where that table stands in the journal
/// @param asked what its flow asks of the payload, or null when it has no way
/// @param announced the payload's digest according to `Content-Digest`, or null
/// @param headers as received, names in lower case
/// @param arrived when its headers came: a signature is as fresh as it was then, however long the body takes
record Submission(
        Call call,
        Caller sender,
        Envelope envelope,
        Routing routing,
        long table,
        @Nullable PayloadCheck asked,
        @Nullable Digest announced,
        Map<String, String> headers,
        Instant arrived) {

    /// Reads the headers of a call and looks for the way of its document.
    ///
    /// @throws Refused when the envelope is malformed or names another sender
    static Submission of(Call call, Caller sender, InForce flows, Instant arrived) {
        Map<String, String> headers = call.headers();
        return routed(call, sender, envelope(headers, sender), flows, announced(headers), headers, arrived);
    }

    /// The same by another table.
    Submission by(InForce other) {
        return routed(call, sender, envelope, other, announced, headers, arrived);
    }

    private static Submission routed(
            Call call,
            Caller sender,
            Envelope envelope,
            InForce flows,
            @Nullable Digest announced,
            Map<String, String> headers,
            Instant arrived) {
        Routing routing = flows.table().route(envelope);
        PayloadCheck asked = routing instanceof Route route ? flows.check(route.flow()) : null;
        return new Submission(call, sender, envelope, routing, flows.position(), asked, announced, headers, arrived);
    }

    /// Why its flow does not take it, or null when it does as far as can be told without its body. It may still be
    /// one that the flow took earlier.
    ///
    /// @param bytes of its payload; -1 when unknown
    @Nullable
    Refused refusal(long bytes) {
        if (routing instanceof Refusal refusal) {
            return refused(refusal);
        }
        if (flow().terms().signed() && !isSigned()) {
            return new Refused(Problem.SIGNATURE_REQUIRED, "Flow " + envelope.flow() + " takes only signed documents.");
        }
        return bytes > payloadBytesMax() ? tooLarge() : null;
    }

    private static Envelope envelope(Map<String, String> headers, Caller sender) {
        Envelope envelope;
        try {
            envelope = CloudEvents.envelope(headers);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_ENVELOPE, sentence(e));
        }
        if (!envelope.sender().equals(sender.party())) {
            throw new Refused(
                    Problem.SENDER_MISMATCH,
                    "Your certificate is of " + sender.party() + ", ce-source is of " + envelope.sender() + ".");
        }
        if (envelope.flow().isNotices()) {
            throw new Refused(Problem.NOT_AUTHORISED, "Notices are the hub's own.");
        }
        return envelope;
    }

    private static Refused refused(Refusal refusal) {
        Problem problem = switch (refusal.kind()) {
            case SENDER_UNKNOWN -> Problem.PARTY_UNKNOWN;
            case FLOW_UNKNOWN -> Problem.NOT_AUTHORISED;
            case RECIPIENT_MISSING, RECIPIENT_UNKNOWN -> Problem.RECIPIENT_UNKNOWN;
            case ROUTE_REFUSES -> Problem.NO_ROUTE;
        };
        return new Refused(problem, refusal.reason());
    }

    private static @Nullable Digest announced(Map<String, String> headers) {
        String header = headers.get("content-digest");
        try {
            return header == null ? null : Digest.ofHeader(header);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.DIGEST_MISMATCH, "Content-Digest: " + sentence(e));
        }
    }

    private static String sentence(IllegalArgumentException e) {
        return e.getMessage() + ".";
    }

    /// The way of a document that has one: see [#refusal].
    Route route() {
        if (routing instanceof Route route) {
            return route;
        }
        throw noWay();
    }

    private AssertionError noWay() {
        return new AssertionError("a document without a way goes on: " + routing);
    }

    Flow flow() {
        return route().flow();
    }

    /// What its flow asks of the payload.
    PayloadCheck check() {
        if (asked == null) {
            throw noWay();
        }
        return asked;
    }

    boolean isSigned() {
        return headers.containsKey("signature");
    }

    Optional<String> mediaType() {
        return Optional.ofNullable(envelope.contentType());
    }

    /// Whether accepting it takes longer than a selector thread may be kept.
    boolean takesLong() {
        return isSigned() || check().looksInto(mediaType());
    }

    long payloadBytesMax() {
        return flow().terms().payloadMax().count();
    }

    Refused tooLarge() {
        return new Refused(
                        Problem.PAYLOAD_TOO_LARGE,
                        "Flow " + envelope.flow() + " takes payloads up to "
                                + flow().terms().payloadMax() + ".")
                .with("payloadBytesMax", payloadBytesMax());
    }

    /// Requires that the payload is the announced one and that the signature, where there is one, holds.
    ///
    /// @return the signature for third parties, or null when there is none
    @Nullable
    Evidence proven(Payload payload) {
        if (announced != null && !announced.equals(payload.digest())) {
            throw new Refused(Problem.DIGEST_MISMATCH, "Content-Digest names another payload than came.")
                    .with("announced", announced.toString())
                    .with("came", payload.digest().toString());
        }
        if (!isSigned()) {
            return null;
        }
        var message = new SignedMessage("POST", call.request().getHttpURI().getPath(), headers);
        return switch (MessageSignature.verify(message, sender.x509(), Freshness.DEFAULT, arrived)) {
            case Verdict.Valid valid -> new Evidence(valid.evidence().encoded());
            case Verdict.Invalid(var reason) -> throw new Refused(Problem.SIGNATURE_INVALID, reason);
            case Verdict.NotFresh(var reason) -> throw new Refused(Problem.SIGNATURE_NOT_FRESH, reason);
        };
    }
}
