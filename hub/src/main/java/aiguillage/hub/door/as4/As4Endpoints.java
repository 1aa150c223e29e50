package aiguillage.hub.door.as4;

import aiguillage.hub.door.call.Endpoint;
import aiguillage.hub.door.call.Operation;
import java.util.List;

/// The addresses of AS4 on the main listener.
public final class As4Endpoints {

    private static final String SOAP = "application/soap+xml";

    private As4Endpoints() {}

    public static List<Endpoint> list(As4Door as4) {
        return List.of(
                Operation.of(Operation.Access.PARTY, "POST", "/as4", "A message of AS4.")
                        .takes(Operation.ANY, null)
                        .gives(200, Operation.ANY, null, "A receipt, an error, or the message that was pulled.")
                        .gives(202, SOAP, null, "The receipt or error was taken.")
                        .waits(as4::answer),
                Operation.of(Operation.Access.PARTY, "GET", "/as4/certificates", "The hub's certificates for AS4.")
                        .gives(200, Operation.TEXT, null, "PEM, each behind a line that says what it is for.")
                        .waits(as4::certificates));
    }
}
