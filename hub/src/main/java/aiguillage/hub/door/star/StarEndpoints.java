package aiguillage.hub.door.star;

import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.Endpoint;
import aiguillage.hub.door.call.Operation;
import aiguillage.hub.door.call.Query;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.Brand;
import java.util.List;

/// The addresses of STAR's transport, on the main listener and on that for signed messages. They describe
/// themselves in WSDL.
public final class StarEndpoints {

    private static final String XML = "text/xml";

    private StarEndpoints() {}

    public static List<Endpoint> list(StarDoor star) {
        return List.of(
                message("/star").waits(call -> star.answer(call, null)),
                message("/star/{brand}").waits(call -> star.answer(call, brand(call))),
                description("/star").waits(call -> star.describe(call, null)),
                description("/star/{brand}").waits(call -> star.describe(call, brand(call))));
    }

    /// Those of the listener for signed messages.
    public static List<Endpoint> signed(StarDoor star, StarSignedDoor signed) {
        return List.of(
                message("/star").waits(call -> signed.answer(call, null)),
                message("/star/{brand}").waits(call -> signed.answer(call, brand(call))),
                description("/star").waits(call -> star.describe(call, null)),
                description("/star/{brand}").waits(call -> star.describe(call, brand(call))));
    }

    private static Operation message(String pattern) {
        return Operation.of(Operation.Access.PARTY, "POST", pattern, "PutMessage, ProcessMessage, PullMessage.")
                .takes(XML, null)
                .gives(200, XML, null, "The answer, in SOAP 1.1.")
                .gives(500, XML, null, "A fault, in SOAP 1.1.");
    }

    private static Operation description(String pattern) {
        return Operation.of(Operation.Access.PARTY, "GET", pattern, "The WSDL.")
                .asks(Query.WSDL)
                .gives(200, XML, null, "The WSDL, with this address.");
    }

    private static Brand brand(Call call) {
        try {
            return new Brand(call.variable());
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.NOT_FOUND, "There is no such brand.");
        }
    }
}
