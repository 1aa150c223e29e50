package aiguillage.gateway.replica;

import aiguillage.dataset.layer.Seal;
import aiguillage.protocol.DatasetName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What the stream tells of datasets.
public sealed interface DatasetNews {

    /// Where all of them stand. What is not among them is not this party's (any more).
    ///
    /// @param now the hub's time
    /// @param unreadable what else is this party's, and why it cannot be read: a newer hub may say more than this
    ///     gateway knows
    record Standing(Instant now, List<Subscription> datasets, Map<DatasetName, String> unreadable)
            implements DatasetNews {

        public Standing {
            datasets = List.copyOf(datasets);
            unreadable = Map.copyOf(unreadable);
        }
    }

    /// A version came.
    record Came(Offers offers) implements DatasetNews {}

    /// The versions behind this one were withdrawn.
    record Withdrawn(Instant now, DatasetName name, long left) implements DatasetNews {}

    /// A sealed version holds now.
    ///
    /// @param from what the layer was made for that this key opens
    record Opened(Instant now, DatasetName name, long version, long from, Seal seal) implements DatasetNews {}

    /// Something that cannot be read: whoever has replicas asks.
    record Unreadable(String reason) implements DatasetNews {}

    /// Who wants to know.
    interface Listener {

        /// A stream is open: what was told on the one before may be old.
        void begins();

        /// The hub is there: anything at all came from it.
        void heard();

        /// Must not wait.
        void told(DatasetNews news);
    }

    /// Where nobody wants to know.
    Listener NOBODY = new Listener() {
        @Override
        public void begins() {
            // nobody wants to know
        }

        @Override
        public void heard() {
            // nobody wants to know
        }

        @Override
        public void told(DatasetNews news) {
            // nobody wants to know
        }
    };
}
