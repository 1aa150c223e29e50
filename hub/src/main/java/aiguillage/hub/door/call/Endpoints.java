package aiguillage.hub.door.call;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.util.List;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Finds the endpoint of a request and has it answered. Every refusal and every failure ends here.
public final class Endpoints {

    private final HubParts hub;
    private final List<Endpoint> endpoints;
    private final Pace pace;
    private final Executor waiting;
    private final @Nullable PartyGate gate;

    /// @param waiting runs what may wait
    /// @param gate what parties pass first; null where callers are no parties
    public Endpoints(HubParts hub, List<Endpoint> endpoints, Pace pace, Executor waiting, @Nullable PartyGate gate) {
        this.hub = hub;
        this.gate = gate;
        this.endpoints = List.copyOf(endpoints);
        this.pace = pace;
        this.waiting = waiting;
    }

    public void answer(Request request, Response response, Callback callback) {
        if (gate == null) {
            answer(request, response, callback, null);
            return;
        }
        Visitor visitor = null;
        Callback counted;
        try {
            visitor = gate.visitor(request);
            counted = PartyGate.counted(visitor, callback);
        } catch (Refused refused) {
            call(request, response, callback, List.of(), visitor).refuse(refused);
            return;
        }
        answer(request, response, counted, visitor);
    }

    private Call call(
            Request request, Response response, Callback callback, List<String> variables, @Nullable Visitor visitor) {
        return new Call(request, response, callback, variables, pace, hub.metrics()::refused, visitor);
    }

    private void answer(Request request, Response response, Callback callback, @Nullable Visitor visitor) {
        String path = Request.getPathInContext(request);
        String method = request.getMethod();
        String allowed = null;
        for (Endpoint endpoint : endpoints) {
            List<String> variables = endpoint.match(path);
            if (variables != null && endpoint.method().equals(method)) {
                begin(endpoint, call(request, response, callback, variables, visitor));
                return;
            }
            if (variables != null) {
                allowed = allowed == null ? endpoint.method() : allowed + ", " + endpoint.method();
            }
        }
        Call call = call(request, response, callback, List.of(), visitor);
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
