package aiguillage.hub.intake;

import aiguillage.format.Format;
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
import aiguillage.protocol.Digest;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.PartyId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of a document before its body is read: what it says it is, who may have it. Its sender was
/// identified.
///
/// @param routing who may have it by the table in force, or why nobody may
/// @param table where that table stands in the journal
/// @param asked what its flow asks of the payload, or null when it has no way
/// @param flat the format of flat files in which it comes, or null when it is a document as it is
/// @param announced the payload's digest as its sender said it, or null
/// @param signed its signature, or null when it has none
public record Submission(
        Envelope envelope,
        Routing routing,
        long table,
        @Nullable PayloadCheck asked,
        @Nullable Format flat,
        @Nullable Digest announced,
        @Nullable Signed signed) {

    /// Looks for the way of a document.
    ///
    /// @param caller who was identified
    /// @throws Refused when it is of somebody else, or one that only the hub itself makes
    public static Submission of(
            PartyId caller, Envelope envelope, InForce flows, @Nullable Digest announced, @Nullable Signed signed) {
        if (!envelope.sender().equals(caller)) {
            throw new Refused(
                    Problem.SENDER_MISMATCH,
                    "You are known here as " + caller + ", and the document says that it is of " + envelope.sender()
                            + ".");
        }
        if (envelope.flow().isNotices()) {
            throw new Refused(Problem.NOT_AUTHORISED, "Notices are the hub's own.");
        }
        return routed(envelope, flows, announced, signed);
    }

    /// The same by another table.
    Submission by(InForce other) {
        return routed(envelope, other, announced, signed);
    }

    private static Submission routed(
            Envelope envelope, InForce flows, @Nullable Digest announced, @Nullable Signed signed) {
        Routing routing = flows.table().route(envelope);
        PayloadCheck asked = routing instanceof Route route ? flows.check(route.flow()) : null;
        Format flat = routing instanceof Route route && !FlatPart.isOne(envelope)
                ? flows.flat(route.flow(), envelope).orElse(null)
                : null;
        return new Submission(envelope, routing, flows.position(), asked, flat, announced, signed);
    }

    /// Why its flow does not take it, or null when it does as far as can be told without its body. It may still
    /// be one that the flow took earlier.
    ///
    /// @param bytes of its payload; -1 when unknown
    public @Nullable Refused refusal(long bytes) {
        return refusal(routing, bytes, signed != null);
    }

    /// The same, of any document.
    static @Nullable Refused refusal(Routing routing, long bytes, boolean isSigned) {
        return switch (routing) {
            case Refusal refusal -> refused(refusal);
            case Route(var flow, var _) -> {
                if (flow.terms().signed() && !isSigned) {
                    yield new Refused(
                            Problem.SIGNATURE_REQUIRED, "Flow " + flow.name() + " takes only signed documents.");
                }
                yield bytes > flow.terms().payloadMax().count() ? tooLarge(flow) : null;
            }
        };
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

    Optional<String> mediaType() {
        return Optional.ofNullable(envelope.contentType());
    }

    /// Whether taking it takes longer than a selector thread may be kept.
    public boolean takesLong() {
        return signed != null || flat != null || check().looksInto(mediaType());
    }

    /// Whether its flow takes only signed documents.
    public boolean isSignatureRequired() {
        return routing instanceof Route route && route.flow().terms().signed();
    }

    /// Whether it comes as a flat file, of which the hub makes documents.
    public boolean isFlat() {
        return flat != null;
    }

    /// What its flow takes at most.
    public long payloadBytesMax() {
        return flow().terms().payloadMax().count();
    }

    /// That its payload is larger than its flow takes.
    public Refused tooLarge() {
        return tooLarge(flow());
    }

    private static Refused tooLarge(Flow flow) {
        return new Refused(
                        Problem.PAYLOAD_TOO_LARGE,
                        "Flow " + flow.name() + " takes payloads up to "
                                + flow.terms().payloadMax() + ".")
                .with("payloadBytesMax", flow.terms().payloadMax().count());
    }

    /// Requires that the payload is the announced one and that the signature, where there is one, holds.
    ///
    /// @return the signature for third parties, or null when there is none
    @Nullable
    Evidence proven(Payload payload) {
        if (announced != null && !announced.equals(payload.digest())) {
            throw new Refused(
                            Problem.DIGEST_MISMATCH,
                            "Content-Digest, or what announced it otherwise, is of another payload than came.")
                    .with("announced", announced.toString())
                    .with("came", payload.digest().toString());
        }
        return signed == null ? null : signed.proven();
    }
}
