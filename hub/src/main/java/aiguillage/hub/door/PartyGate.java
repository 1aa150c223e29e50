package aiguillage.hub.door;

import aiguillage.hub.problem.Refused;
import aiguillage.hub.quota.Quota;
import aiguillage.hub.quota.Quotas;
import aiguillage.hub.trust.Caller;
import aiguillage.hub.trust.Trust;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/// What every request on the main listener passes first: who is it (I8), and may it ask so often? Nothing of the
/// request but its TLS session is looked at. Does not wait.
final class PartyGate {

    private final Trust trust;
    private final Quotas quotas;
    private final Visitor.Slowness slowness;

    /// @param waiting runs what may wait
    PartyGate(Trust trust, Quotas quotas, ScheduledExecutorService timer, Executor waiting) {
        this.trust = trust;
        this.quotas = quotas;
        this.slowness = new Visitor.Slowness(timer, waiting);
    }

    /// @throws Refused when the caller is no party that may ask
    Visitor visitor(Request request) {
        Caller caller = trust.identify(Sessions.of(request));
        return new Visitor(caller, quotas.of(caller.party()), slowness);
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
