package aiguillage.hub.door.call;

import aiguillage.hub.quota.Patience;
import aiguillage.hub.quota.Quota;
import aiguillage.hub.trust.Caller;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The party that makes a call, and what it may still ask.
public record Visitor(Caller caller, Quota quota, Slowness slowness) {

    /// Tells a party that it asked too often: at once, later, or by closing its connection.
    void refuse(Runnable tell, Runnable close) {
        Patience patience = quota.patience();
        switch (patience) {
            case AT_ONCE -> tell.run();
            case LATER ->
                slowness.later(() -> {
                    quota.told();
                    tell.run();
                });
            case NEVER -> close.run();
        }
    }

    /// Does things later, on threads that may wait.
    ///
    /// @param timer only hands over
    record Slowness(ScheduledExecutorService timer, Executor waiting) {

        /// How long whoever does not wait by itself is made to.
        static final long SECONDS = 2;

        private void later(Runnable what) {
            var _ = timer.schedule(() -> waiting.execute(what), SECONDS, TimeUnit.SECONDS);
        }
    }
}
