package aiguillage.hub.door.as4;

import aiguillage.hub.as4.As4Fault;
import aiguillage.hub.as4.EbmsError;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;

/// How the hub's refusals are said in AS4, and AS4's errors are counted among the hub's refusals.
final class As4Refusals {

    private As4Refusals() {}

    /// The error of ebMS that says a problem.
    static EbmsError error(Problem problem) {
        return switch (problem) {
            case BAD_REQUEST, BAD_ENVELOPE, HEADERS_TOO_LARGE -> EbmsError.INVALID_HEADER;
            case CERTIFICATE_UNUSABLE,
                    CERTIFICATE_EXPIRED,
                    CERTIFICATE_REVOKED,
                    PARTY_SUSPENDED,
                    REVOCATION_UNKNOWN,
                    DIGEST_MISMATCH,
                    SIGNATURE_INVALID,
                    SIGNATURE_NOT_FRESH -> EbmsError.FAILED_AUTHENTICATION;
            case SIGNATURE_REQUIRED -> EbmsError.POLICY_NONCOMPLIANCE;
            case NOT_AUTHORISED, PARTY_UNKNOWN, NO_ROUTE -> EbmsError.PROCESSING_MODE_MISMATCH;
            case SENDER_MISMATCH, ID_TAKEN, RECIPIENT_UNKNOWN -> EbmsError.VALUE_INCONSISTENT;
            case CODE_REFUSED,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    TOO_SLOW,
                    VERSION_OVERTAKEN,
                    TABLE_OVERTAKEN,
                    SECOND_PERSON_NEEDED,
                    STILL_SEALED,
                    PAYLOAD_GONE,
                    PAYLOAD_TOO_LARGE,
                    RANGE_NOT_SATISFIABLE,
                    PAYLOAD_INVALID,
                    PUBLICATION_REFUSED,
                    TOO_MANY_REQUESTS,
                    JOURNAL_BUSY,
                    STOPPING,
                    AUTHORITY_UNUSABLE,
                    DATASET_UNUSABLE,
                    DISK_FULL,
                    FAILED -> EbmsError.OTHER;
        };
    }

    /// The problem as which an error is counted.
    static Refused refused(As4Fault fault) {
        Problem problem = switch (fault.error()) {
            case FAILED_AUTHENTICATION, FAILED_DECRYPTION, POLICY_NONCOMPLIANCE -> Problem.SIGNATURE_INVALID;
            case PROCESSING_MODE_MISMATCH -> Problem.NOT_AUTHORISED;
            case VALUE_NOT_RECOGNIZED,
                    VALUE_INCONSISTENT,
                    OTHER,
                    EMPTY_MESSAGE_PARTITION_CHANNEL,
                    MIME_INCONSISTENCY,
                    INVALID_HEADER,
                    EXTERNAL_PAYLOAD_ERROR,
                    INVALID_RECEIPT,
                    DECOMPRESSION_FAILURE -> Problem.BAD_REQUEST;
        };
        return new Refused(problem, fault.detail());
    }

    /// The status under which an error is sent: what passes is sent again by gateways only when the status says
    /// so.
    static int status(Problem problem) {
        return problem.status() == 429 || problem.status() >= 500 ? problem.status() : 200;
    }

    /// Sentences: what happened, the particulars, what to do.
    static String sentences(Refused refused) {
        var text = new StringBuilder(refused.problem().what())
                .append(' ')
                .append(refused.detail())
                .append(' ')
                .append(refused.problem().remedy());
        refused.fieldFaults().forEach(fault -> text.append(' ').append(fault.text()));
        return text.toString();
    }
}
