package aiguillage.hub.files;

import aiguillage.hub.memory.Latest;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Every party's tree. Safe from any thread.
public final class FileTrees {

    /// Of all parties together.
    private static final int ARRIVED_MAX = 10_000;

    private final FileParts hub;
    private final Staging staging;
    private final Results results;
    private final Arrivals arrivals;
    private final Outgoing outgoing;
    private final OpenFiles openFiles = new OpenFiles();

    /// The latest files that the hub took, with what they were: programs that put a file ask for its size
    /// afterwards.
    private final Map<Path, Node> arrived = Latest.put(ARRIVED_MAX);

    /// @param incoming the folder of parts
    /// @param results the folder of reports and refusals; receipts are listed in one beside it
    public FileTrees(FileParts hub, Path incoming, Path results) throws IOException {
        this.hub = hub;
        this.staging = new Staging(incoming, hub.space());
        this.results = new Results(results, new Receipts(receipts(results), hub.receipts(), hub.clock()));
        this.arrivals = new Arrivals(hub, staging, this.results);
        this.outgoing = new Outgoing(hub);
    }

    private static Path receipts(Path results) {
        return results.resolveSibling("receipts");
    }

    /// A party's tree, for one session.
    public PartyTree of(PartyId party) {
        return new PartyTree(party, hub, this);
    }

    Staging staging() {
        return staging;
    }

    Results results() {
        return results;
    }

    OpenFiles openFiles() {
        return openFiles;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    /// Hands a file over to the hub, and remembers what it was.
    ///
    /// @param staged where it is
    /// @param name the last it was given
    /// @param writer who has written it to its end; null: nobody is writing it
    void arrive(PartyId party, FlowName flow, Path staged, String name, @Nullable Part writer) throws IOException {
        Claimed claimed = staging.claim(staged, writer);
        long bytes = claimed.bytes();
        arrivals.take(new Arrivals.Arrived(party, flow, name, claimed, staged));
        synchronized (arrived) {
            arrived.put(
                    staging.file(party, flow, name),
                    new Node(name, false, bytes, hub.clock().instant()));
        }
    }

    Optional<Node> arrived(Path file) {
        synchronized (arrived) {
            return Optional.ofNullable(arrived.get(file));
        }
    }

    /// Removes parts and results whose time is over; to be called once in a while.
    public void sweep() throws IOException {
        Instant now = hub.clock().instant();
        staging.sweep(now);
        results.sweep(now);
    }
}
