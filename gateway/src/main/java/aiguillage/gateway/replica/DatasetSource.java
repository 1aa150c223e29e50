package aiguillage.gateway.replica;

import aiguillage.dataset.layer.Seal;
import aiguillage.protocol.DatasetName;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What replicas ask of a hub. Every call may wait; each throws [NotOurs], [Said], or another [IOException] when the
/// line broke.
public interface DatasetSource {

    /// All datasets that this party reads.
    DatasetNews.Standing standing() throws IOException, InterruptedException;

    /// What brings a replica to where the dataset stands.
    ///
    /// @param after the number of its newest version; 0: it has none
    /// @param scope of its rows, or null when it has none
    Offers offers(DatasetName name, long after, @Nullable String scope) throws IOException, InterruptedException;

    /// A version's layer from this byte on.
    ///
    /// @param from the version that it was made for
    InputStream layer(DatasetName name, long version, long from, long offset) throws IOException, InterruptedException;

    /// The key of a sealed version's layer, or empty before the version holds.
    Optional<Seal> seal(DatasetName name, long version, long from) throws IOException, InterruptedException;

    /// The hash of each bucket of the rows in a version.
    List<byte[]> buckets(DatasetName name, long version) throws IOException, InterruptedException;

    /// The rows of one bucket, as a layer.
    InputStream bucket(DatasetName name, long version, int bucket) throws IOException, InterruptedException;

    /// The key with which the hub's statements are checked, as text.
    String ledgerKey() throws IOException, InterruptedException;

    /// There is no such thing for this party (any more).
    final class NotOurs extends IOException {
        private static final long serialVersionUID = 1L;

        public NotOurs(String message, IOException cause) {
            super(message, cause);
        }
    }

    /// The hub answered, and the answer is: not now.
    final class Said extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient @Nullable Duration after;

        public Said(String message, @Nullable Duration after, IOException cause) {
            super(message, cause);
            this.after = after;
        }

        /// What the hub asked for in `Retry-After`, or null.
        public @Nullable Duration after() {
            return after;
        }
    }

    /// The hub cannot be reached; the line has told people why.
    final class Unreachable extends IOException {
        private static final long serialVersionUID = 1L;

        public Unreachable(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
