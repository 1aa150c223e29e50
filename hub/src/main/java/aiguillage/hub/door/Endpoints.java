package aiguillage.hub.door;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.util.List;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Finds the endpoint of a request and has it answered. Every refusal and every failure ends here.
final class Endpoints {

    private final HubParts hub;
    private final List<Endpoint> endpoints;
    private final Pace pace;
    private final Executor waiting;

    /// @param waiting runs what may wait
    Endpoints(HubParts hub, List<Endpoint> endpoints, Pace pace, Executor waiting) {
        this.hub = hub;
        this.endpoints = List.copyOf(endpoints);
        this.pace = pace;
        this.waiting = waiting;
    }

    List<Endpoint> all() {
        return endpoints;
    }

    void answer(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        String method = request.getMethod();
        String allowed = null;
        for (Endpoint endpoint : endpoints) {
            List<String> variables = endpoint.match(path);
            if (variables != null && endpoint.method().equals(method)) {
                begin(endpoint, new Call(request, response, callback, variables, pace, hub.metrics()::refused));
                return;
            }
            if (variables != null) {
                allowed = allowed == null ? endpoint.method() : allowed + ", " + endpoint.method();
            }
        }
        var call = new Call(request, response, callback, List.of(), pace, hub.metrics()::refused);
        if (allowed == null) {
            call.refuse(new Refused(Problem.NOT_FOUND, "There is no such address here."));
        } else {
            response.getHeaders().put(HttpHeader.ALLOW, allowed);
            call.refuse(new Refused(Problem.METHOD_NOT_ALLOWED, "This address takes " + allowed + "."));
        }
    }

    private void begin(Endpoint endpoint, Call call) {
        if (endpoint.waits()) {
            waiting.execute(() -> guarded(endpoint, call));
        } else {
            guarded(endpoint, call);
        }
    }

    private void guarded(Endpoint endpoint, Call call) {
        try {
            call.requireOnly(endpoint.operation().queries());
            endpoint.door().answer(call);
        } catch (Refused refused) {
            call.refuse(refused);
        } catch (Exception | Error e) {
            hub.fail(call, e);
        }
    }
}
