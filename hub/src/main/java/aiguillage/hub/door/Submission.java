package aiguillage.hub.door;

import aiguillage.hub.flows.InForce;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Flow;
import aiguillage.hub.routing.Refusal;
import aiguillage.hub.routing.Route;
import aiguillage.hub.routing.Table;
import aiguillage.hub.schema.PayloadCheck;
import aiguillage.hub.trust.Caller;
import aiguillage.protocol.CloudEvents;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Envelope;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of a document before its body is read: who sends it, what it says it is, who may have it.
///
/// @param check what its flow asks of the payload
/// @param announced the payload's digest according to `Content-Digest`, or null
/// @param headers as received, names in lower case
/// @param arrived when its headers came: a signature is as fresh as it was then, however long the body takes
record Submission(
        Call call,
        Caller sender,
        Envelope envelope,
        Route route,
        PayloadCheck check,
        @Nullable Digest announced,
        Map<String, String> headers,
        Instant arrived) {

    /// Reads the headers of a call and finds the way of its document.
    ///
    /// @throws Refused when the envelope is malformed, names another sender, or has no way; or when a signature is
    ///     required and missing
    static Submission of(Call call, Caller sender, InForce flows, Instant arrived) {
        Map<String, String> headers = call.headers();
        Envelope envelope = envelope(headers, sender);
        Route route = route(flows.table(), envelope);
        var submission = new Submission(
                call, sender, envelope, route, flows.check(route.flow()), announced(headers), headers, arrived);
        if (route.flow().terms().signed() && !submission.isSigned()) {
            throw new Refused(Problem.SIGNATURE_REQUIRED, "Flow " + envelope.flow() + " takes only signed documents.");
        }
        return submission;
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

    private static Route route(Table table, Envelope envelope) {
        return switch (table.route(envelope)) {
            case Route route -> route;
            case Refusal(var kind, var reason) ->
                throw switch (kind) {
                    case SENDER_UNKNOWN -> new Refused(Problem.PARTY_UNKNOWN, reason);
                    case FLOW_UNKNOWN -> new Refused(Problem.NOT_AUTHORISED, reason);
                    case RECIPIENT_MISSING, RECIPIENT_UNKNOWN -> new Refused(Problem.RECIPIENT_UNKNOWN, reason);
                    case ROUTE_REFUSES -> new Refused(Problem.NO_ROUTE, reason);
                };
        };
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

    Flow flow() {
        return route.flow();
    }

    boolean isSigned() {
        return headers.containsKey("signature");
    }

    Optional<String> mediaType() {
        return Optional.ofNullable(envelope.contentType());
    }

    /// Whether accepting it takes longer than a selector thread may be kept.
    boolean takesLong() {
        return isSigned() || check.looksInto(mediaType());
    }

    long payloadBytesMax() {
        return flow().terms().payloadMax().count();
    }

    /// @param bytes as announced; -1 when unknown
    /// @throws Refused when that is more than the flow allows
    void requireFits(long bytes) {
        if (bytes > payloadBytesMax()) {
            throw tooLarge();
        }
    }

    Refused tooLarge() {
        return new Refused(
                        Problem.PAYLOAD_TOO_LARGE,
                        "Flow " + envelope.flow() + " takes payloads up to "
                                + flow().terms().payloadMax() + ".")
                .with("payloadBytesMax", payloadBytesMax());
    }
}
