package aiguillage.hub.door.call;

import aiguillage.hub.presence.Door;
import aiguillage.hub.presence.Presence;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.quota.Quota;
import aiguillage.hub.quota.Quotas;
import aiguillage.hub.trust.Caller;
import aiguillage.hub.trust.Trust;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/// What every request on the main listener passes first: who is it (I8), and may it ask so often? Nothing of the
/// request but its TLS session is looked at. Does not wait.
public final class PartyGate {

    private final Trust trust;
    private final Quotas quotas;
    private final Presence presence;
    private final Visitor.Slowness slowness;

    /// @param waiting runs what may wait
    public PartyGate(Trust trust, Quotas quotas, Presence presence, ScheduledExecutorService timer, Executor waiting) {
        this.trust = trust;
        this.quotas = quotas;
        this.presence = presence;
        this.slowness = new Visitor.Slowness(timer, waiting);
    }

    /// @throws Refused when the caller is no party that may ask
    Visitor visitor(Request request) {
        Caller caller = trust.identify(Sessions.of(request));
        requireWellFormed(request);
        presence.heard(
                caller.party(),
                Door.of(Request.getPathInContext(request)),
                request.getHeaders().get(HttpHeader.USER_AGENT));
        return new Visitor(caller, quotas.of(caller.party()), slowness);
    }

    /// A party that proved itself otherwise than by its connection.
    public Visitor visitor(Caller caller, Request request) {
        presence.heard(caller.party(), Door.STAR, request.getHeaders().get(HttpHeader.USER_AGENT));
        return new Visitor(caller, quotas.of(caller.party()), slowness);
    }

    /// HTTP/2 has its own way to say where a body ends; a second one is for whoever would be fooled behind us
    /// (RFC 9113, 8.2.2), and so is a line end inside of a value (8.2.1). The server lets both pass.
    private static void requireWellFormed(Request request) {
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            return;
        }
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue();
            if (field.getHeader() == HttpHeader.TRANSFER_ENCODING || (value != null && endsALine(value))) {
                throw new Refused(Problem.BAD_REQUEST, "A header of the request is not one of HTTP/2.");
            }
        }
    }

    private static boolean endsALine(String value) {
        return value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf('\0') >= 0;
    }

    /// Counts a request until it is answered.
    ///
    /// @return completes the request in the place of `callback`
    /// @throws Refused when there are too many
    static Callback counted(Visitor visitor, Callback callback) {
        Quota quota = visitor.quota();
        quota.requestBegins();
        return new Callback.Nested(callback) {
            @Override
            public void completed() {
                quota.requestEnds();
            }
        };
    }
}
