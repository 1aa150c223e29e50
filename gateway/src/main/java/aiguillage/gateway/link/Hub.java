package aiguillage.gateway.link;

import aiguillage.gateway.inbox.Fetcher;
import aiguillage.gateway.inbox.Result.Rejection;
import aiguillage.gateway.outbox.Submitter;
import aiguillage.gateway.status.Trouble;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a gateway asks of a hub. Over HTTP it is [HttpHub]; a simulation has its own.
public interface Hub extends Submitter, Fetcher {

    /// Opens the permanent stream; everything pending comes first.
    Stream open() throws IOException, InterruptedException;

    /// Ends deliveries. Repeating it is harmless.
    void acknowledge(List<Position> handedOver, List<Rejection> rejected) throws IOException, InterruptedException;

    /// The address in use.
    String address();

    /// Ends the wait for a payload or an answer of which nothing has come for so long.
    default void cutSilent(Duration silence) {
        // a hub that is not at the end of a line never falls silent
    }

    /// The hub's deliveries as they come.
    interface Stream extends AutoCloseable {

        /// Waits for the next event.
        ///
        /// @throws IOException when the line broke, or somebody closed the stream
        HubEvent next() throws IOException;

        /// May be called from another thread, to end a wait.
        @Override
        void close();
    }

    /// The hub answered, and the answer is no.
    final class HubSaid extends IOException {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final Trouble.Kind trouble;
        private final transient @Nullable Duration after;

        HubSaid(int status, Trouble.Kind trouble, String message, @Nullable Duration after) {
            super(message);
            this.status = status;
            this.trouble = trouble;
            this.after = after;
        }

        public int status() {
            return status;
        }

        /// What it means for people.
        Trouble.Kind trouble() {
            return trouble;
        }

        /// What the hub asked for in `Retry-After`, or null.
        public @Nullable Duration after() {
            return after;
        }
    }
}
