package aiguillage.hub.door.enrolment;

import aiguillage.hub.door.call.Endpoint;
import aiguillage.hub.door.call.OpenApi;
import aiguillage.hub.door.call.Operation;
import aiguillage.hub.problem.Problem;
import aiguillage.pki.est.EstMessages;
import java.util.ArrayList;
import java.util.List;

/// The addresses of the enrolment listener, for whoever has no certificate yet or needs the next.
public final class EnrolmentEndpoints {

    private static final String TITLE = "Aiguillage hub: the enrolment listener (EST, RFC 7030)";
    private static final String CERTIFICATES = "application/pkcs7-mime";
    private static final String ENCODING = "Content-Transfer-Encoding";

    private EnrolmentEndpoints() {}

    /// @param status what the public is told of the hub
    public static List<Endpoint> list(EstDoor est, List<Endpoint> status) {
        var list = new ArrayList<Endpoint>();
        list.add(Operation.of(
                        Operation.Access.ANYBODY, "GET", "/.well-known/est/cacerts", "The authority's certificates.")
                .gives(200, CERTIFICATES, "Base64", "A certs-only PKCS#7, in base64.", ENCODING)
                .waits(est::certificates));
        list.add(enrolment(Operation.Access.CODE, "simpleenroll", "A first certificate, for a code.")
                .says("WWW-Authenticate")
                .waits(est::enrol));
        list.add(enrolment(Operation.Access.PARTY, "simplereenroll", "The next certificate.")
                .waits(est::renew));
        list.addAll(status);
        list.add(OpenApi.endpoint(TITLE, Operation.Access.ANYBODY, list));
        return list;
    }

    private static Operation enrolment(Operation.Access access, String name, String summary) {
        Operation operation = Operation.of(access, "POST", "/.well-known/est/" + name, summary)
                .takes(EstMessages.REQUEST_TYPE, "Base64")
                .gives(200, CERTIFICATES, "Base64", "The certificate and those above it, in base64.", ENCODING);
        return access == Operation.Access.CODE
                ? operation.refuses(Problem.TOO_MANY_REQUESTS, Problem.AUTHORITY_UNUSABLE, Problem.JOURNAL_BUSY)
                : operation.refuses(
                        Problem.TOO_MANY_REQUESTS,
                        Problem.AUTHORITY_UNUSABLE,
                        Problem.JOURNAL_BUSY,
                        Problem.REVOCATION_UNKNOWN);
    }
}
