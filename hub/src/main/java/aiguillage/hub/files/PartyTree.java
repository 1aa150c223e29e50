package aiguillage.hub.files;

import aiguillage.hub.directory.Party;
import aiguillage.hub.files.Outgoing.Waiting;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Flow;
import aiguillage.hub.routing.Table;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// One party's tree: who has read this class knows the trees. What is in it comes from the table and the
/// mailbox at every look, so what a party may not see is not there for it (I4).
///
/// Each step waits as long as it takes, so it is for threads that may. For one session.
public final class PartyTree {

    static final String IN = "in";
    private static final String OUT = "out";
    private static final String DONE = "done";
    private static final String REFUSED = "refused";
    private static final List<String> BRANCHES = List.of(IN, OUT, DONE, REFUSED);

    /// Depths of paths.
    private static final int BRAND = 2;
    private static final int FLOW = 3;
    private static final int FILE = 4;

    private final PartyId party;
    private final FileParts hub;
    private final FileTrees trees;
    private final Guard guard;

    PartyTree(PartyId party, FileParts hub, FileTrees trees) {
        this.party = party;
        this.hub = hub;
        this.trees = trees;
        this.guard = new Guard(() -> hub.quotas().of(party), hub.refusals(), hub.onFailure());
    }

    /// How a file is opened for writing.
    ///
    /// @param isAnew whether what is there of it is dropped
    /// @param isAppended whether all is written at its end
    /// @param mayBeThere whether it goes on with a part that is there
    /// @param mayBeNew whether it begins one that is not there
    public record Mode(boolean isAnew, boolean isAppended, boolean mayBeThere, boolean mayBeNew) {

        /// Behind what is there.
        public static final Mode APPENDED = new Mode(false, true, true, true);

        /// Anywhere in what is there, or at its end.
        public static final Mode RESUMED = new Mode(false, false, true, true);
    }

    /// Counts what a door does for the party by itself as a request of the party's.
    ///
    /// @throws FileRefused when there are too many
    public void request() throws FileRefused {
        guard.counted(() -> null);
    }

    /// What a door refuses by itself, counted and in the words of files.
    public FileRefused refused(Refused refused) {
        return guard.told(refused);
    }

    /// What stands there.
    ///
    /// @throws FileRefused when nothing does
    public Node stat(TreePath path) throws FileRefused {
        return guard.counted(() -> found(path).orElseThrow(() -> FileRefused.notThere(path.toString())));
    }

    private Optional<Node> found(TreePath path) throws IOException {
        if (path.depth() < FILE) {
            return isFolder(path) ? Optional.of(Node.folder(path.last())) : Optional.empty();
        }
        if (path.depth() > FILE || !isFolder(folder(path))) {
            return Optional.empty();
        }
        FlowName flow = flow(path);
        return switch (path.branch()) {
            case IN ->
                trees.staging()
                        .find(party, flow, path.last())
                        .or(() -> trees.arrived(trees.staging().file(party, flow, path.last())));
            case OUT -> trees.outgoing().find(party, flow, path.last()).map(Waiting::node);
            default -> trees.results().find(party, path.branch(), flow, path.last());
        };
    }

    private static TreePath folder(TreePath file) {
        return new TreePath(file.names().subList(0, FLOW));
    }

    private boolean isFolder(TreePath path) {
        List<String> names = path.names();
        if (names.isEmpty()) {
            return true;
        }
        if (!BRANCHES.contains(path.branch())) {
            return false;
        }
        return switch (path.depth()) {
            case 1 -> true;
            case BRAND ->
                flows(path.branch()).stream()
                        .anyMatch(flow -> flow.brand().value().equals(path.last()));
            case FLOW -> path.flow().map(flows(path.branch())::contains).orElse(false);
            default -> false;
        };
    }

    private static FlowName flow(TreePath path) {
        return path.flow().orElseThrow(() -> new AssertionError("a folder of no flow was found: " + path));
    }

    /// The flows that have a folder in a branch: those that the party may send by, or those that it may come to
    /// read.
    private NavigableSet<FlowName> flows(String branch) {
        Table table = hub.flows().table();
        Optional<Party> self = table.party(party);
        var flows = new TreeSet<FlowName>();
        if (self.isEmpty()) {
            return flows;
        }
        if (branch.equals(OUT)) {
            flows.addAll(hub.mailboxes().counts(party).keySet());
        }
        for (Flow flow : table.flows()) {
            boolean isOpen = branch.equals(OUT) ? isReader(flow, self.get(), table) : flow.isOpenTo(self.get());
            if (isOpen) {
                flows.add(flow.name());
            }
        }
        return flows;
    }

    private boolean isReader(Flow flow, Party self, Table table) {
        return flow.mayReach(self)
                && (flow.copies().contains(party)
                        || flow.readers(table.directory()).contains(party));
    }

    /// What is in a folder.
    ///
    /// @throws FileRefused when it is none
    public Listing list(TreePath path) throws FileRefused {
        return opened(closed -> {
            if (path.depth() >= FILE || !isFolder(path)) {
                throw FileRefused.notThere("folder " + path);
            }
            Listing.Pages pages = switch (path.depth()) {
                case 0 -> folders(BRANCHES);
                case 1 ->
                    folders(flows(path.branch()).stream()
                            .map(flow -> flow.brand().value())
                            .distinct()
                            .toList());
                case BRAND ->
                    folders(flows(path.branch()).stream()
                            .filter(flow -> flow.brand().value().equals(path.last()))
                            .map(FlowName::kind)
                            .toList());
                default -> files(path.branch(), flow(path));
            };
            return new Listing(guard, pages, closed);
        });
    }

    private static Listing.Pages folders(List<String> names) {
        return Listing.of(names.stream().map(Node::folder).toList());
    }

    private Listing.Pages files(String branch, FlowName flow) throws IOException {
        return switch (branch) {
            case IN -> Listing.of(trees.staging().list(party, flow));
            case OUT -> trees.outgoing().list(party, flow);
            default -> Listing.of(trees.results().list(party, branch, flow));
        };
    }

    /// Opens a file for reading; that ends no delivery.
    public Reading read(TreePath path) throws FileRefused {
        return opened(closed -> {
            Node node = file(path);
            FlowName flow = flow(path);
            if (path.branch().equals(OUT)) {
                Waiting waiting = waiting(path);
                return new Reading(
                        waiting.node(), guard, from -> trees.outgoing().read(waiting, from), closed);
            }
            if (path.branch().equals(IN)) {
                throw FileRefused.notAllowed(
                        "What is on its way in is not given out again; resume it, or put it anew.");
            }
            byte[] content = trees.results().read(party, path.branch(), flow, path.last());
            var whole = new Node(node.name(), false, content.length, node.modified());
            Reading.Source source = from -> {
                int skipped = (int) Math.min(from, content.length);
                return new ByteArrayInputStream(content, skipped, content.length - skipped);
            };
            return new Reading(whole, guard, source, closed);
        });
    }

    private Node file(TreePath path) throws IOException {
        Node node = found(path).orElseThrow(() -> FileRefused.notThere(path.toString()));
        if (node.isFolder()) {
            throw FileRefused.failed(path + " is a folder.");
        }
        return node;
    }

    private Waiting waiting(TreePath path) throws FileRefused {
        return trees.outgoing()
                .find(party, flow(path), path.last())
                .orElseThrow(() -> FileRefused.notThere(path.toString()));
    }

    /// Opens a file for writing, in a folder of `/in`.
    public Writing write(TreePath path, Mode mode) throws FileRefused {
        return opened(closed -> {
            FlowName flow = requireIncoming(path);
            hub.stopping().requireOpen();
            hub.space().require(0);
            if (mode.isAppended() && !mode.isAnew()) {
                requireNotArrived(path, flow);
            }
            Part part = trees.staging().open(party, flow, path.last(), mode, bytesMax(flow));
            var file = trees.staging().file(party, flow, path.last());
            Runnable left = () -> {
                trees.staging().left(file, part);
                closed.run();
            };
            return new Writing(part, mode.isAppended(), guard, left, ended -> {
                if (TreePath.isTemporary(path.last())) {
                    ended.end();
                    trees.staging().finished(file, ended);
                } else {
                    trees.arrive(party, flow, file, path.last(), ended);
                }
            });
        });
    }

    /// What is put behind a file that the hub has would be a document of its own: the end of one.
    private void requireNotArrived(TreePath path, FlowName flow) throws IOException {
        boolean isThere = trees.staging().find(party, flow, path.last()).isPresent();
        if (!isThere
                && trees.arrived(trees.staging().file(party, flow, path.last())).isPresent()) {
            throw FileRefused.failed(
                    path + " has arrived; nothing is put behind it. Send a new file from its beginning.");
        }
    }

    private FlowName requireIncoming(TreePath path) throws FileRefused {
        if (!path.branch().equals(IN)) {
            throw FileRefused.notAllowed("Files are put into /in/<brand>/<kind>/ alone.");
        }
        if (path.depth() != FILE || !isFolder(folder(path))) {
            throw FileRefused.notAllowed("There is no such folder in /in, and none can be made: put files into one of"
                    + " those that /in shows.");
        }
        path.requireIncoming();
        return flow(path);
    }

    private long bytesMax(FlowName flow) throws FileRefused {
        return hub.flows()
                .table()
                .flow(flow)
                .map(known -> known.terms().payloadMax().count())
                .orElseThrow(() -> FileRefused.notThere("flow " + flow));
    }

    /// Renames a file that is on its way in, or moves a delivery into `/done` or `/refused`.
    public void rename(TreePath from, TreePath to) throws FileRefused {
        guard.counted(() -> {
            file(from);
            switch (from.branch()) {
                case IN -> renameIncoming(from, to);
                case OUT -> end(from, to);
                default -> throw FileRefused.notAllowed("Results are not renamed; fetch them, and remove them.");
            }
            return null;
        });
    }

    private void renameIncoming(TreePath from, TreePath to) throws IOException {
        FlowName flow = requireIncoming(to);
        if (!flow.equals(flow(from))) {
            throw FileRefused.notAllowed("A file stays in the folder of its flow.");
        }
        var old = trees.staging().file(party, flow, from.last());
        if (trees.staging().find(party, flow, from.last()).isEmpty()) {
            throw FileRefused.failed(from + " has arrived already; it has its receipt in /done.");
        }
        if (TreePath.isTemporary(to.last())) {
            trees.staging().rename(old, trees.staging().file(party, flow, to.last()));
            return;
        }
        trees.arrive(party, flow, old, to.last(), null);
    }

    private void end(TreePath from, TreePath to) throws IOException {
        Waiting waiting = waiting(from);
        if (to.branch().equals(DONE)) {
            trees.outgoing().acknowledge(party, waiting);
        } else if (to.branch().equals(REFUSED)) {
            trees.outgoing().reject(party, waiting, reason(from, to));
        } else {
            throw FileRefused.notAllowed(
                    "Move it into /done to acknowledge it, or into /refused/<why> to reject it; nowhere else.");
        }
    }

    /// The name in `/refused`, slashes and all, as far as it is another than the file's own.
    private static String reason(TreePath from, TreePath to) {
        List<String> names = to.names().subList(1, to.depth());
        boolean isInFlow = to.depth() == FILE
                && to.names().subList(1, FLOW).equals(from.names().subList(1, FLOW));
        String reason = isInFlow ? to.last() : String.join("/", names);
        return names.isEmpty() || to.last().equals(from.last()) ? "Its reader moved it into /refused." : reason;
    }

    /// Removes a file: a delivery is acknowledged by that, a part and a result go.
    public void remove(TreePath path) throws FileRefused {
        guard.counted(() -> {
            file(path);
            FlowName flow = flow(path);
            switch (path.branch()) {
                case IN -> {
                    if (!trees.staging().remove(trees.staging().file(party, flow, path.last()))) {
                        throw FileRefused.failed("The hub has it; what was accepted is not taken back.");
                    }
                }
                case OUT -> trees.outgoing().acknowledge(party, waiting(path));
                default -> trees.results().remove(party, path.branch(), flow, path.last());
            }
            return null;
        });
    }

    /// Opens something that holds a place of the party's until it is closed.
    @FunctionalInterface
    private interface Opening<T> {

        /// @param closed gives the place back
        T open(Runnable closed) throws IOException;
    }

    private <T> T opened(Opening<T> opening) throws FileRefused {
        return guard.counted(() -> {
            trees.openFiles().opened(party);
            boolean isOpen = false;
            try {
                T opened = opening.open(() -> trees.openFiles().closed(party));
                isOpen = true;
                return opened;
            } finally {
                if (!isOpen) {
                    trees.openFiles().closed(party);
                }
            }
        });
    }
}
