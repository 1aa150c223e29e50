package aiguillage.conformance.driver;

import aiguillage.protocol.FlowName;
import java.time.Duration;
import java.util.List;

/// A dealer's system at one door: one session of one party. A line that broke is opened again by the next step.
/// For one thread.
public interface DealerDriver extends AutoCloseable {

    /// Sends a document.
    Said submit(Offer offer, Manner manner);

    /// All that waits on a flow, in the door's order; changes nothing.
    ///
    /// @throws NotLetIn when the party is shut out
    List<Waiting> pull(FlowName flow);

    /// Says that a delivery is safe here.
    Said acknowledge(Waiting waiting);

    /// Says that a delivery cannot be used.
    Said reject(Waiting waiting, String reason);

    /// What the sender was told of its documents of a flow, as JSON each.
    List<String> notices(FlowName flow);

    @Override
    void close();

    /// A party that may not read was told so.
    final class NotLetIn extends RuntimeException {

        private static final long serialVersionUID = 1;

        public NotLetIn(String how) {
            super(how);
        }
    }

    /// Whoever runs the player wants to go on without this situation.
    final class Skipped extends RuntimeException {

        private static final long serialVersionUID = 1;

        public Skipped() {
            super("skipped");
        }
    }

    /// Nothing of what was asked for came, for as long as it was waited for.
    final class NothingCame extends RuntimeException {

        private static final long serialVersionUID = 1;

        public NothingCame(Duration waited) {
            super("nothing came within " + waited.toSeconds() + " s");
        }
    }

    /// The other end does not speak as the protocol demands.
    final class Unintelligible extends RuntimeException {

        private static final long serialVersionUID = 1;

        public Unintelligible(String what) {
            super(what);
        }

        public Unintelligible(String what, Throwable cause) {
            super(what, cause);
        }
    }
}
